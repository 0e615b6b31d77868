import { InputError, listNames } from "../errors.ts";
import { refuse } from "./checks.ts";
import { readColumns, type InputColumn, type ReadColumn } from "./input-columns.ts";
import { RowEncoder } from "./row-encoder.ts";

/** One input of a model. */
export interface ModelInput {
  readonly name: string;
  /** Numbers that it takes a row, where that is known. */
  readonly width?: number;
}

/** The columns of each input of a model: one list for a model of one input, or a list by the input's name. */
export type InputColumns = readonly InputColumn[] | Readonly<Record<string, readonly InputColumn[]>>;

/** An input with the columns that feed it. */
export interface PlannedInput<Input extends ModelInput> {
  readonly input: Input;
  readonly encoder: RowEncoder;
}

/**
 * Decides which columns feed which input. Without `columns`, a model of one input gets the table's columns in their order, and a model whose
 * inputs are all named as columns gets one column an input.
 * @throws InputError when inputs and columns do not match, in names or in number
 */
export function planInputs<Input extends ModelInput>(
  call: string,
  inputs: readonly Input[],
  columns: InputColumns | undefined,
  batchColumns: readonly string[],
  missing: "refuse" | "pass",
): PlannedInput<Input>[] {
  const lists = columns === undefined ? chooseColumns(call, inputs, batchColumns) : readLists(call, inputs, columns);
  return inputs.map((input, i) => {
    const encoder = new RowEncoder(call, lists[i], missing);
    if (input.width === undefined || input.width === encoder.width) return { input, encoder };
    throw new InputError({
      call,
      argument: "columns",
      expected: `${input.width} numbers a row for the model's input ${JSON.stringify(input.name)}`,
      received: `${encoder.width} (${listNames(encoder.columns.map(({ name }) => name))})`,
      mend: "List the model's columns in its order in `columns`; indicators count as one each.",
    });
  });
}

function chooseColumns(call: string, inputs: readonly ModelInput[], batchColumns: readonly string[]): ReadColumn[][] {
  if (inputs.length === 1) return [readColumns(call, "columns", batchColumns)];
  if (inputs.every(({ name }) => batchColumns.includes(name))) return inputs.map(({ name }) => readColumns(call, "columns", [name]));
  throw new InputError({
    call,
    argument: "columns",
    expected: `a list of columns for each of the model's inputs ${listNames(inputs.map(({ name }) => name))}`,
    received: "nothing",
    mend: 'Write { columns: { inputName: ["age", "amount"], … } }.',
  });
}

function readLists(call: string, inputs: readonly ModelInput[], columns: InputColumns): ReadColumn[][] {
  const names = inputs.map(({ name }) => name);
  if (Array.isArray(columns)) {
    if (inputs.length === 1) return [readColumns(call, "columns", columns as readonly InputColumn[])];
    const mend = 'Write { columns: { inputName: ["age", "amount"], … } }.';
    throw refuse(call, "columns", `a list for each of the inputs ${listNames(names)}`, columns, mend);
  }
  if (typeof columns !== "object" || columns === null) throw refuse(call, "columns", "a list of columns", columns, "See InputColumn.");
  const byInput = columns as Readonly<Record<string, readonly InputColumn[]>>;
  const unknown = Object.keys(byInput).find((name) => !names.includes(name));
  const without = names.find((name) => !Object.hasOwn(byInput, name));
  if (unknown !== undefined || without !== undefined) {
    const received = unknown === undefined ? `none for ${JSON.stringify(without)}` : JSON.stringify(unknown);
    const mend = "Name the inputs as the model does.";
    throw new InputError({ call, argument: "columns", expected: `lists for the inputs ${listNames(names)}`, received, mend });
  }
  return names.map((name) => readColumns(call, `columns.${name}`, byInput[name]));
}

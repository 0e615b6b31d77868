import { InputError, describeReceived } from "../../../errors.ts";
import { applyDesign, Table } from "../../../table/index.ts";
import type { Column, Design, DesignRecipe, RecipeInput } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";

/** An input of a model with values that it takes: codes of the input's levels where it is categorical. */
export interface GridAxis {
  readonly input: RecipeInput;
  readonly values: readonly number[];
}

/** Cells that a grid may have. */
const MOST_CELLS = 2_000_000;

/** Number of combinations of the axes' values. */
export function gridSize(axes: readonly GridAxis[]): number {
  return axes.reduce((size, { values }) => size * values.length, 1);
}

/** Position of an axis's value in a row of the grid: the last axis varies fastest. */
export function gridPlace(axes: readonly GridAxis[], axis: number, row: number): number {
  const each = gridSize(axes.slice(axis + 1));
  return Math.floor(row / each) % axes[axis].values.length;
}

/** The design of all combinations of the axes' values. @throws InputError where there are too many */
export function gridDesign(call: string, { recipe }: GlmFit, axes: readonly GridAxis[]): Design {
  const length = gridSize(axes);
  if (length > MOST_CELLS) {
    throw new InputError({
      call,
      argument: "at",
      expected: `such that at most ${MOST_CELLS} combinations are averaged over`,
      received: `${length} (${axes
        .filter(({ values }) => values.length > 1)
        .map(({ input }) => JSON.stringify(input.name))
        .join(", ")})`,
      mend: "Fix some of these columns with `at`.",
    });
  }
  const columns = axes.map(({ input, values }, axis): Column => {
    const { name, description, levels } = input;
    const each = gridSize(axes.slice(axis + 1));
    const at = (row: number): number => values[Math.floor(row / each) % values.length];
    return input.kind === "numeric"
      ? { kind: "numeric", name, description, values: Float64Array.from({ length }, (_, row) => at(row)) }
      : { kind: "categorical", name, description, levels, codes: Int32Array.from({ length }, (_, row) => at(row)) };
  });
  // A model of an intercept alone reads no column; a table has at least one.
  const rows: Column = { kind: "numeric", name: " ", description: {}, values: new Float64Array(length) };
  return applyDesign(call, recipe, Table.of(columns.length > 0 ? columns : [rows], call), { missing: "fail", unseenLevels: "fail" });
}

/** The levels that a model knows of an input, as values of its column; null for a number that stands in no factor(). */
export function levelsOfInput({ variables }: DesignRecipe, input: RecipeInput): number[] | null {
  const factor = variables.find((variable) => variable.kind === "factor" && unquote(variable.expression) === input.name);
  if (factor?.kind !== "factor") return input.kind === "categorical" ? input.levels.map((_, code) => code) : null;
  return factor.levels.map((level) => (input.kind === "categorical" ? input.levels.indexOf(level) : Number(level)));
}

/** What a value of an axis is called. */
export function nameValue({ kind, levels }: RecipeInput, value: number): string | number {
  return kind === "categorical" ? levels[value] : value;
}

/** Only texts, numbers and booleans name a level. */
function levelText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The values that a caller gives for an input. @throws {@link InputError} for an unknown level or no number */
export function readValues(call: string, input: RecipeInput, given: unknown): number[] {
  const list: unknown[] = Array.isArray(given) || ArrayBuffer.isView(given) ? Array.from(given as unknown as ArrayLike<unknown>) : [given];
  const values = list.map((value) =>
    input.kind === "categorical" ? input.levels.indexOf(levelText(value)) : typeof value === "number" ? value : NaN,
  );
  const odd = values.findIndex((value, k) =>
    input.kind === "categorical" ? value < 0 : typeof list[k] !== "number" || !Number.isFinite(value),
  );
  if (odd < 0 && values.length > 0) return values;
  const expected =
    input.kind === "categorical"
      ? `levels among ${input.levels
          .slice(0, 8)
          .map((level) => JSON.stringify(level))
          .join(", ")}`
      : "finite numbers";
  const received = values.length === 0 ? "none" : describeReceived(list[odd]);
  throw new InputError({ call, argument: `at.${input.name}`, expected, received, mend: "Give one value or an array of them." });
}

function unquote(expression: string): string {
  return /^`.*`$/.test(expression) ? expression.slice(1, -1).replace(/\\(.)/g, "$1") : expression;
}

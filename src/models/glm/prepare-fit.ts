import { describeReceived, InputError, type Warning } from "../../errors.ts";
import { learnDesign, toTable } from "../../table/index.ts";
import type { DesignRecipe, ModelFormula, Table, TableLike } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { resolveFamily } from "../families/resolve-family.ts";
import type { TrainingData } from "./glm-fit.ts";
import { checkGlmOptions } from "./glm-options.ts";
import type { GlmOptions, RowNumbers } from "./glm-options.ts";
import { codeResponse, describeOddResponse } from "./read-response.ts";
import { FINITE, NOT_NEGATIVE, POSITIVE, readRowNumbers } from "./row-numbers.ts";
import type { NumberRule } from "./row-numbers.ts";

/** A checked fit that has not begun. */
export interface PreparedFit extends Pick<TrainingData, "table" | "design" | "problem" | "frequencies"> {
  readonly formula: string;
  readonly recipe: DesignRecipe;
  readonly warnings: readonly Warning[];
}

/** Reads and checks all that a fit needs. @throws {@link InputError} as `fitGlm` says */
export function prepareFit(call: string, formula: ModelFormula, data: TableLike, options: GlmOptions): PreparedFit {
  checkGlmOptions(call, options);
  const family = resolveFamily(call, options.family, options.link);
  const table = toTable(data, call);
  const given = readGivenRows(call, table, options, family);
  const learned = learnDesign(call, formula, table, {
    ...(options.contrasts ? { contrasts: options.contrasts } : {}),
    missing: options.missing ?? "drop",
    alongside: Object.entries(given).flatMap(([name, values]) => (values === null ? [] : [{ name, values }])),
  });
  const { recipe, design } = learned;
  const rows = design.rows;
  const pick = (values: Float64Array | null): Float64Array | null =>
    values && (rows ? Float64Array.from(rows, (row) => values[row]) : values);
  const [prior, frequencies, offset, exposure] = [pick(given.weights), pick(given.frequencies), pick(given.offset), pick(given.exposure)];
  const coded = codeResponse(call, learned.response, family);
  const weights = joinWeights(design.matrix.numRows, [coded.trials, prior, frequencies]);
  checkWeights(call, weights);
  const odd = describeOddResponse(coded, joinWeights(design.matrix.numRows, [coded.trials, prior]), family);
  const problem = {
    matrix: design.matrix,
    response: coded.values,
    weights,
    offset: addOffsets([design.offset, offset, exposure && exposure.map(Math.log)]),
    family,
  };
  return {
    formula: recipe.formula,
    recipe,
    design,
    table: rows ? table.take(rows) : table,
    problem,
    frequencies,
    warnings: [
      ...droppedRows(table, rows),
      ...(odd === null ? [] : [{ name: "notWhole", message: odd }]),
      ...constantResponse(problem, learned.response.label),
    ],
  };
}

/** What the options say of each row; NaN is missing. */
interface GivenRows {
  readonly weights: Float64Array | null;
  readonly frequencies: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly exposure: Float64Array | null;
}

function readGivenRows(call: string, table: Table, { weights, frequencies, offset, exposure }: GlmOptions, { link }: Family): GivenRows {
  const read = (argument: string, given: RowNumbers | undefined, rule: NumberRule): Float64Array | null =>
    given === undefined ? null : readRowNumbers(call, argument, given, table, rule);
  if (exposure !== undefined && link.name !== "log") {
    throw new InputError({
      call,
      argument: "exposure",
      expected: "left out unless the link is log",
      received: `${describeReceived(exposure)} and the link "${link.name}"`,
      mend: 'Use link: "log", or weight the rows by their exposure.',
    });
  }
  return {
    weights: read("weights", weights, NOT_NEGATIVE),
    frequencies: read("frequencies", frequencies, NOT_NEGATIVE),
    offset: read("offset", offset, FINITE),
    exposure: read("exposure", exposure, POSITIVE),
  };
}

/** The product of what is given; ones where nothing is. */
function joinWeights(numRows: number, parts: readonly (Float64Array | null)[]): Float64Array {
  const weights = new Float64Array(numRows).fill(1);
  for (const part of parts) if (part) for (let row = 0; row < numRows; row++) weights[row] *= part[row];
  return weights;
}

function checkWeights(call: string, weights: Float64Array): void {
  if (weights.some((weight) => weight > 0)) return;
  throw new InputError({
    call,
    argument: "weights",
    expected: "above 0 for at least one row",
    received: "0 for every row",
    mend: "Give the rows that are to count a weight above 0.",
  });
}

function addOffsets(parts: readonly (Float64Array | null)[]): Float64Array | null {
  const given = parts.filter((part) => part !== null);
  if (given.length <= 1) return given[0] ?? null;
  return given[0].map((_, row) => given.reduce((sum, part) => sum + part[row], 0));
}

function droppedRows(table: Table, rows: Int32Array | null): Warning[] {
  if (rows === null) return [];
  const count = table.numRows - rows.length;
  const message = `${count} of ${table.numRows} rows miss a value that the model needs and were left out.`;
  return [{ name: "missingRows", message }];
}

function constantResponse({ response, weights }: { response: Float64Array; weights: Float64Array }, label: string): Warning[] {
  const first = response[weights.findIndex((weight) => weight > 0)];
  if (response.some((value, row) => weights[row] > 0 && value !== first)) return [];
  const message = `The response ${JSON.stringify(label)} is ${first} in every row: there is nothing to explain.`;
  return [{ name: "constantResponse", message, subjects: [label] }];
}

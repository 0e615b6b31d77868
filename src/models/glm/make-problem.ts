import { InputError } from "../../errors.ts";
import type { Design, DesignResponse, NumbersAlongside, Table } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import type { GlmProblem } from "./glm-fit.ts";
import type { RowNumbers, RowOptions } from "./glm-options.ts";
import { codeResponse, describeOddResponse } from "./read-response.ts";
import { FINITE, NOT_NEGATIVE, POSITIVE, readRowNumbers } from "./row-numbers.ts";
import type { NumberRule } from "./row-numbers.ts";

/** The rows of a design as numbers to fit to. */
export interface MadeProblem {
  readonly problem: GlmProblem;
  /** How often each row counts; null: once. */
  readonly frequencies: Float64Array | null;
  /** What is odd about the response though a fit can live with it; null where nothing is. */
  readonly oddity: string | null;
}

/** Joins a design and its response with what the options say of the rows. @throws {@link InputError} when the family does not allow the response */
export function makeProblem(
  call: string,
  { design, response }: { readonly design: Design; readonly response: DesignResponse },
  given: GivenRows,
  family: Family,
): MadeProblem {
  const { rows, matrix } = design;
  const pick = (values: Float64Array | null): Float64Array | null =>
    values && (rows ? Float64Array.from(rows, (row) => values[row]) : values);
  const [prior, frequencies, offset, exposure] = [pick(given.weights), pick(given.frequencies), pick(given.offset), pick(given.exposure)];
  const coded = codeResponse(call, response, family);
  const weights = joinWeights(matrix.numRows, [coded.trials, prior, frequencies]);
  const single = frequencies ? joinWeights(matrix.numRows, [coded.trials, prior]) : weights;
  return {
    problem: {
      matrix,
      response: coded.values,
      weights,
      frequencies,
      offset: addOffsets([design.offset, offset, exposure && logarithms(exposure)]),
      family,
    },
    frequencies,
    oddity: describeOddResponse(coded, single, family),
  };
}

/** What is given of each row, for a design to look for missing values in. */
export function alongsideOf(given: GivenRows): NumbersAlongside[] {
  return Object.entries(given).flatMap(([name, values]: [string, Float64Array | null]) => (values === null ? [] : [{ name, values }]));
}

/** What the options say of each row; NaN is missing. */
export interface GivenRows {
  readonly weights: Float64Array | null;
  readonly frequencies: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly exposure: Float64Array | null;
}

export function readGivenRows(call: string, table: Table, { weights, frequencies, offset, exposure }: RowOptions): GivenRows {
  const read = (argument: string, given: RowNumbers | undefined, rule: NumberRule): Float64Array | null =>
    given === undefined ? null : readRowNumbers(call, argument, given, table, rule);
  return {
    weights: read("weights", weights, NOT_NEGATIVE),
    frequencies: read("frequencies", frequencies, NOT_NEGATIVE),
    offset: read("offset", offset, FINITE),
    exposure: read("exposure", exposure, POSITIVE),
  };
}

/** Holds columns of offsets and exposures to their rules before the formula takes its logarithm. @throws {@link InputError} naming the row */
export function checkExposure(call: string, table: Table, { offset, exposure }: RowOptions): void {
  if (typeof offset === "string") readRowNumbers(call, "offset", offset, table, FINITE);
  if (typeof exposure === "string") readRowNumbers(call, "exposure", exposure, table, POSITIVE);
}

/** The product of what is given; ones where nothing is. */
function joinWeights(numRows: number, parts: readonly (Float64Array | null)[]): Float64Array {
  const weights = new Float64Array(numRows).fill(1);
  for (const part of parts) if (part) for (let row = 0; row < numRows; row++) weights[row] *= part[row];
  return weights;
}

export function checkWeights(call: string, weights: Float64Array): void {
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
  const sum = given[0].slice();
  for (const part of given.slice(1)) for (let row = 0; row < sum.length; row++) sum[row] += part[row];
  return sum;
}

function logarithms(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let row = 0; row < out.length; row++) out[row] = Math.log(values[row]);
  return out;
}

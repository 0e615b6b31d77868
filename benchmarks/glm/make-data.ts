import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { poissonQuantile, uniform } from "../draw.ts";

/** Where data are written for every engine to read. */
export const folder = resolve(import.meta.dirname, "../models");

/** Rows that all engines read from the same files: columns one after the other. */
export interface DataSet {
  readonly name: string;
  readonly numRows: number;
  readonly numColumns: number;
  /** Numbers of levels of the factors, if there are any. */
  readonly levels: readonly number[];
}

/** What a response is made of: the dense columns, or the factors too. */
export type ResponseName = "gaussian" | "binomial" | "poisson" | "poissonOfFactors";

/**
 * Writes NAME.x (float64), NAME.codes (int32) and a response each to NAME.RESPONSE (float64), unless they are there already. Numbers are a
 * hash of their position, so that they are the same on every machine.
 */
export function makeData(data: DataSet, responses: readonly ResponseName[]): void {
  mkdirSync(folder, { recursive: true });
  const path = (part: string): string => resolve(folder, `${data.name}.${part}`);
  if (["x", "codes", ...responses].every((part) => existsSync(path(part)))) return;
  const x = denseColumns(data);
  const codes = factorCodes(data);
  writeFileSync(path("x"), x);
  writeFileSync(path("codes"), codes);
  for (const response of responses) writeFileSync(path(response), drawResponse(data, x, codes, response));
}

/** Uniform columns of standard deviation 1, each sharing half of itself with the one before. */
function denseColumns({ numRows, numColumns }: DataSet): Float64Array {
  const x = uniform(numRows * numColumns, 1);
  for (let at = 0; at < x.length; at++) x[at] = Math.sqrt(12) * (x[at] - 0.5);
  for (let at = numRows; at < x.length; at++) x[at] = 0.5 * x[at - numRows] + Math.sqrt(0.75) * x[at];
  return x;
}

/** Codes whose lower levels are more frequent, as those of regions and makes of cars are. */
function factorCodes({ numRows, levels }: DataSet): Int32Array {
  const codes = new Int32Array(numRows * levels.length);
  levels.forEach((count, f) => {
    const drawn = uniform(numRows, 100 + f);
    for (let row = 0; row < numRows; row++) codes[f * numRows + row] = Math.floor(count * drawn[row] ** 1.5);
  });
  return codes;
}

function drawResponse({ numRows, numColumns, levels }: DataSet, x: Float64Array, codes: Int32Array, response: ResponseName): Float64Array {
  const eta = new Float64Array(numRows).fill(response === "binomial" ? -0.5 : 0.5);
  for (let j = 0; j < Math.min(numColumns, 20); j++) {
    const slope = ((j % 2 === 0 ? 1 : -1) * 0.2) / (1 + j / 5);
    for (let row = 0; row < numRows; row++) eta[row] += slope * x[j * numRows + row];
  }
  if (response === "poissonOfFactors") {
    levels.forEach((count, f) => {
      const effects = uniform(count, 200 + f);
      for (let row = 0; row < numRows; row++) eta[row] += 0.8 * (effects[codes[f * numRows + row]] - 0.5);
    });
  }
  const drawn = uniform(numRows, 300);
  if (response === "binomial") return eta.map((value, row) => (drawn[row] < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  if (response === "gaussian") return eta.map((value, row) => value + Math.sqrt(12) * (drawn[row] - 0.5));
  return eta.map((value, row) => poissonQuantile(drawn[row], Math.exp(value)));
}

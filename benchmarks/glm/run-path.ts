import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { median } from "../median.ts";
import type { PathCase } from "./cases.ts";
import { folder, makeData, type DataSet } from "./make-data.ts";
import { startEngine } from "./peers.ts";

/** What one path measured. */
export interface PathResult {
  readonly family: string;
  readonly numSteps: number;
  readonly seconds: { readonly vitrine: number; readonly glmnet: number };
  readonly ratio: number;
  /** Largest difference of a coefficient from glmnet's. */
  readonly difference: number;
  /** By how much the objective of each exceeds the lower of both, at most over the path, as a share of the null deviance. */
  readonly excess: { readonly vitrine: number; readonly glmnet: number };
}

interface Answer {
  readonly seconds: number;
  readonly lambdas: readonly number[];
  readonly coefficients: readonly number[];
}

const L1_RATIO = 0.5;
const NUM_STEPS = 100;
/** The last strength as a share of the first: glmnet's own where there are more rows than columns. */
const SMALLEST = 1e-4;
/** Objectives are compared at every so manieth step. */
const COMPARED = 9;
/** glmnet stops at changes of 1e-7 of the null deviance; vitrine must not end higher than that. */
const AGREEMENT = 1e-6;

/** Times a path beside glmnet's at its default threshold: a hundred steps from the strength at which glmnet has all coefficients at zero. */
export async function runPath({ family, data, rounds }: PathCase): Promise<PathResult> {
  makeData(data, ["gaussian", "binomial", "poisson"]);
  const vitrine = startEngine("node");
  const r = startEngine("r");
  for (const engine of [vitrine, r]) await engine.ask({ do: "open", data, response: family, useColumns: true, useFactors: false });
  const request = { do: "path", family, l1Ratio: L1_RATIO };
  const [largest] = (await r.ask<Answer>(request)).lambdas;
  const lambdas = Array.from({ length: NUM_STEPS }, (_, step) => largest * SMALLEST ** (step / (NUM_STEPS - 1)));
  const ask = { ...request, lambdas };
  const [own, other] = [await vitrine.ask<Answer>(ask), await r.ask<Answer>(ask)];
  const difference = own.coefficients.reduce((most, value, at) => Math.max(most, Math.abs(value - other.coefficients[at])), 0);
  const excess = compareObjectives(family, data, lambdas, [own.coefficients, other.coefficients]);
  if (!(excess.vitrine < AGREEMENT) || own.coefficients.length !== other.coefficients.length) {
    throw new Error(`${family} path: vitrine's objective ends ${excess.vitrine} of the null deviance above glmnet's`);
  }
  const seconds = { vitrine: [] as number[], glmnet: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    seconds.vitrine.push((await vitrine.ask<Answer>(ask)).seconds);
    seconds.glmnet.push((await r.ask<Answer>(ask)).seconds);
  }
  vitrine.close();
  r.close();
  const medians = { vitrine: median(seconds.vitrine), glmnet: median(seconds.glmnet) };
  return { family, numSteps: lambdas.length, seconds: medians, ratio: medians.glmnet / medians.vitrine, difference, excess };
}

function compareObjectives(
  family: string,
  data: DataSet,
  lambdas: readonly number[],
  both: readonly [readonly number[], readonly number[]],
): PathResult["excess"] {
  const { numRows, numColumns } = data;
  const x = readDoubles(`${data.name}.x`);
  const y = readDoubles(`${data.name}.${family}`);
  const columns = Array.from({ length: numColumns }, (_, j) => x.subarray(j * numRows, (j + 1) * numRows));
  const spreads = columns.map(spreadOf);
  // glmnet brings a gaussian response to unit spread before it applies the squares.
  const squares = family === "gaussian" ? (1 - L1_RATIO) / spreadOf(y) : 1 - L1_RATIO;
  const objective = (step: number, coefficients: readonly number[]): number => {
    const [intercept, ...slopes] = coefficients.slice(step * (numColumns + 1), (step + 1) * (numColumns + 1));
    const eta = new Float64Array(numRows).fill(intercept);
    slopes.forEach((slope, j) => {
      if (slope !== 0) for (let row = 0; row < numRows; row++) eta[row] += slope * columns[j][row];
    });
    const scaled = slopes.map((slope, j) => Math.abs(slope * spreads[j]));
    return (
      halfDeviance(family, y, eta) / numRows + lambdas[step] * scaled.reduce((sum, b) => sum + L1_RATIO * b + 0.5 * squares * b * b, 0)
    );
  };
  const mean = y.reduce((sum, value) => sum + value, 0) / numRows;
  const link = { gaussian: mean, binomial: Math.log(mean / (1 - mean)), poisson: Math.log(mean) }[family]!;
  const atNull = halfDeviance(family, y, new Float64Array(numRows).fill(link)) / numRows;
  const excess = { vitrine: 0, glmnet: 0 };
  for (let step = 0; step < lambdas.length; step += COMPARED) {
    const [own, other] = both.map((coefficients) => objective(step, coefficients));
    excess.vitrine = Math.max(excess.vitrine, (own - other) / atNull);
    excess.glmnet = Math.max(excess.glmnet, (other - own) / atNull);
  }
  return excess;
}

function halfDeviance(family: string, y: Float64Array, eta: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    if (family === "gaussian") sum += 0.5 * (y[i] - eta[i]) ** 2;
    else if (family === "binomial") sum += Math.log1p(Math.exp(-Math.abs(eta[i]))) + Math.max(eta[i], 0) - y[i] * eta[i];
    else sum += Math.exp(eta[i]) - y[i] - (y[i] > 0 ? y[i] * (eta[i] - Math.log(y[i])) : 0);
  }
  return sum;
}

/** Standard deviation, divided by n. */
function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function readDoubles(file: string): Float64Array {
  const bytes = readFileSync(resolve(folder, file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

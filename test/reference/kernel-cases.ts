import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Matrix, Table } from "../../src/table/index.ts";
import type { ExactValues } from "./tree-cases.ts";

/** A model as data. See test/reference/kernelshap/PROVENANCE.md. */
type KernelModel =
  | {
      readonly type: "terms";
      readonly intercept: number;
      readonly terms: readonly { readonly fn: string; readonly idx: readonly number[]; readonly coef: number; readonly thr?: number }[];
      readonly out?: string;
    }
  | {
      readonly type: "mlp";
      readonly W1: readonly (readonly number[])[];
      readonly b1: readonly number[];
      readonly W2: readonly (readonly number[])[];
      readonly b2: readonly number[];
      readonly out: string;
    };

/** One case: a model, rows, a background and exact values. */
export interface KernelCase {
  readonly name: string;
  readonly model: KernelModel;
  readonly X: readonly (readonly number[])[];
  readonly background: readonly (readonly number[])[];
  readonly backgroundWeights: readonly number[] | null;
  readonly link: "identity" | "logit";
  readonly groups: null;
  readonly exact: readonly ExactValues[];
}

const folder = resolve(import.meta.dirname, "kernelshap");

export const kernelCases: readonly KernelCase[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as KernelCase);

export function rowsToMatrix(rows: readonly (readonly number[])[]): Matrix {
  return { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
}

/** The model of a case as a function of tables. */
export function predictCase({ model }: KernelCase): (batch: Table) => Float64Array {
  const predictRow = model.type === "terms" ? predictTerms(model) : predictNetwork(model);
  return ({ values, numRows, numColumns }) =>
    Float64Array.from(
      Array.from({ length: numRows }, (_, i) => predictRow([...values.subarray(i * numColumns, (i + 1) * numColumns)])).flat(),
    );
}

function predictTerms({ intercept, terms, out }: Extract<KernelModel, { type: "terms" }>): (x: readonly number[]) => number[] {
  return (x) => {
    let sum = intercept;
    for (const { fn, idx, coef, thr = 0 } of terms) {
      const own = idx.map((j) => x[j]);
      sum += coef * functions[fn](own, thr);
    }
    return [out === "sigmoid" ? 1 / (1 + Math.exp(-sum)) : sum];
  };
}

const total = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0);
const functions: Readonly<Record<string, (x: readonly number[], threshold: number) => number>> = {
  prod: (x) => x.reduce((product, value) => product * value, 1),
  sin: (x) => Math.sin(total(x)),
  max: (x) => Math.max(...x),
  step: (x, threshold) => (x.every((value) => value > threshold) ? 1 : 0),
  exp: (x) => Math.exp(-total(x.map(Math.abs))),
};

function predictNetwork({ W1, b1, W2, b2, out }: Extract<KernelModel, { type: "mlp" }>): (x: readonly number[]) => number[] {
  return (x) => {
    const hidden = b1.map((bias, h) => Math.tanh(x.reduce((sum, value, j) => sum + value * W1[j][h], bias)));
    const scores = b2.map((bias, o) => hidden.reduce((sum, value, h) => sum + value * W2[h][o], bias));
    if (out === "softmax") {
      const top = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - top));
      return odds.map((one) => one / total(odds));
    }
    return out === "sigmoid" ? scores.map((score) => 1 / (1 + Math.exp(-score))) : scores;
  };
}

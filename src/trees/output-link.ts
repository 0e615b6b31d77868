import { log1pExp } from "../numeric/index.ts";

/** What turns a model's raw sum into its response. */
export type LinkName = keyof typeof UNITS;

/** The least that one output of `cumulativeSoftplus` is above the one before: XGBoost's, a float32. */
export const LEAST_STEP: number = Math.fround(1e-6);

/** From the raw scale, on which trees add up, to the response. */
export interface OutputLink {
  /**
   * With `x` the raw sum: `identity` x; `logistic` 1 / (1 + exp(-slope x)); `softmax` exp(x) / sum of exp(x) over the outputs;
   * `exp` exp(x); `hinge` 1 if x > 0, else 0; `square` sign(x) x²; `log1pExp` log(1 + exp(x)); `halving` 2^(-x); `sort` the outputs of a row in
   * ascending order; `cumulativeSoftplus` x for the first output, and each other one 1e-6 + log(1 + exp(x)) above the one before;
   * `softmaxZero` softmax of the outputs that are not 0 to 1e-7, the others about 0; `probit` the normal quantile, by Winitzki's
   * approximation, as onnxruntime has both.
   */
  readonly name: LinkName;
  /** The unit of the raw scale in words, for example `log-odds`; empty where it is the response's own. */
  readonly units: string;
  /** Steepness of `logistic`; 1 for others. */
  readonly slope: number;
  /** Raw sums are divided by this first, where the response averages over trees; else 1. */
  readonly divisor: number;
  /** The response; `raw` and the result are rows × numOutputs, row-major. `raw` is left as it is. */
  apply(raw: Float64Array, numOutputs: number): Float64Array;
}

export interface OutputLinkOptions {
  /** @defaultValue what the link makes of the response, for example `log-odds` for `logistic` */
  readonly units?: string;
  /** Steepness of `logistic`. @defaultValue 1 */
  readonly slope?: number;
  /** Raw sums are divided by this first, where the response averages over trees. @defaultValue 1 */
  readonly divisor?: number;
}

const UNITS = {
  identity: "",
  logistic: "log-odds",
  softmax: "log-probability, up to a constant",
  exp: "log of the mean",
  hinge: "margin",
  square: "signed square root",
  log1pExp: "log of (exp(response) - 1)",
  halving: "-log2 of the response",
  sort: "",
  cumulativeSoftplus: "response, then logs of (exp(step) - 1)",
  softmaxZero: "log-probability, up to a constant; 0 for none",
  probit: "probability",
};

/** All links by name. */
export const LINK_NAMES: readonly LinkName[] = Object.keys(UNITS) as LinkName[];

/** Makes an {@link OutputLink}; everything is computed in float64. */
export function outputLink(name: LinkName, options: OutputLinkOptions = {}): OutputLink {
  const { slope = 1, divisor = 1 } = options;
  const scaled = slope === 1 ? UNITS[name] : `${UNITS[name]} / ${slope}`;
  const units = options.units ?? (divisor === 1 ? scaled : `${scaled} summed over ${divisor} iterations`.trim());
  return {
    name,
    units,
    slope,
    divisor,
    apply(raw, numOutputs) {
      const values = raw.map((x) => x / divisor);
      if (!(name in ROW_LINKS)) return values.map(scalarLink(name as Exclude<LinkName, RowLink>, slope));
      for (let start = 0; start < values.length; start += numOutputs) {
        ROW_LINKS[name as RowLink](values.subarray(start, start + numOutputs));
      }
      return values;
    },
  };
}

/** Links that take all outputs of a row together, in place. */
const ROW_LINKS = { softmax: softmaxRow, sort: sortRow, cumulativeSoftplus: climbRow, softmaxZero: softmaxZeroRow } as const;
type RowLink = keyof typeof ROW_LINKS;

function scalarLink(name: Exclude<LinkName, RowLink>, slope: number): (x: number) => number {
  switch (name) {
    case "identity":
      return (x) => x;
    case "logistic":
      return (x) => 1 / (1 + Math.exp(-slope * x));
    case "exp":
      return Math.exp;
    case "hinge":
      return (x) => (x > 0 ? 1 : 0);
    case "square":
      return (x) => Math.sign(x) * x * x;
    case "log1pExp":
      return log1pExp;
    case "halving":
      return (x) => 2 ** -x;
    case "probit":
      return probit;
  }
}

function softmaxRow(row: Float64Array): void {
  let largest = -Infinity;
  for (const x of row) largest = Math.max(largest, x);
  let total = 0;
  for (let k = 0; k < row.length; k++) total += row[k] = Math.exp(row[k] - largest);
  for (let k = 0; k < row.length; k++) row[k] /= total;
}

/** @see `write_scores` of onnxruntime's ml_common.h: what is 0 to 1e-7 stays so, scaled as the others are. */
function softmaxZeroRow(row: Float64Array): void {
  let largest = -Infinity;
  for (const x of row) largest = Math.max(largest, x);
  let total = 0;
  for (let k = 0; k < row.length; k++) {
    if (Math.abs(row[k]) > 1e-7) total += row[k] = Math.exp(row[k] - largest);
    else row[k] *= Math.exp(-largest);
  }
  if (total > 0) for (let k = 0; k < row.length; k++) row[k] /= total;
}

/**
 * Normal quantile, to 2e-3 in the inverse error function: the approximation is a part of what ONNX models predict.
 *
 * @see Winitzki (2008), "A handy approximation for the error function and its inverse"
 */
function probit(p: number): number {
  const a = 0.147;
  const x = 2 * p - 1;
  const log = Math.log((1 - x) * (1 + x));
  const half = 2 / (Math.PI * a) + log / 2;
  return Math.SQRT2 * Math.sign(x) * Math.sqrt(Math.sqrt(half * half - log / a) - half);
}

function sortRow(row: Float64Array): void {
  row.sort();
}

function climbRow(row: Float64Array): void {
  for (let k = 1; k < row.length; k++) row[k] = row[k - 1] + LEAST_STEP + log1pExp(row[k]);
}

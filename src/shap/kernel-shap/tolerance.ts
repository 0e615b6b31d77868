import { describeReceived, InputError } from "../../errors.ts";

/** When the values are good enough; where several are given, each must hold. */
export interface Tolerance {
  /** Largest standard error of a row, as a share of the range of its values. */
  readonly relative?: number;
  /** Largest standard error, in the model's units. */
  readonly absolute?: number;
  /** The row's so many strongest features are told apart from the others at 95 %. */
  readonly topFeatures?: number;
}

const MEND = "Give a share such as 0.01, or { relative }, { absolute } or { topFeatures }.";

/** @throws InputError when it is no positive number, and none made of such */
export function readTolerance(tolerance: unknown, call = "kernelShap"): Tolerance | null {
  if (tolerance === undefined) return null;
  if (typeof tolerance === "number") return checkNumbers({ relative: tolerance }, call);
  if (typeof tolerance !== "object" || tolerance === null) throw fail(call, "tolerance", "a number or an object", tolerance);
  const unknown = Object.keys(tolerance).find((name) => !["relative", "absolute", "topFeatures"].includes(name));
  if (unknown !== undefined) throw fail(call, "tolerance", 'made of "relative", "absolute", "topFeatures"', unknown);
  if (Object.keys(tolerance).length === 0) throw fail(call, "tolerance", 'made of "relative", "absolute", "topFeatures"', "none of them");
  return checkNumbers(tolerance as Tolerance, call);
}

function checkNumbers(tolerance: Tolerance, call: string): Tolerance {
  for (const name of ["relative", "absolute"] as const) {
    const value: unknown = tolerance[name];
    if (value === undefined || (typeof value === "number" && value > 0 && value < Infinity)) continue;
    throw fail(call, `tolerance.${name}`, "a number above 0", value);
  }
  const top: unknown = tolerance.topFeatures;
  if (top === undefined || (Number.isInteger(top) && (top as number) > 0)) return tolerance;
  throw fail(call, "tolerance.topFeatures", "a whole number of at least 1", top);
}

function fail(call: string, argument: string, expected: string, received: unknown): InputError {
  return new InputError({ call, argument, expected, received: describeReceived(received), mend: MEND });
}

/** 97.5 % quantile of the normal distribution. */
const NORMAL_QUANTILE = 1.959963984540054;

/**
 * How far the standard errors of one row and output are from what is asked: the largest error over the largest that is allowed; at most 1 when
 * it is met. Standard errors fall as 1 / √coalitions, so that its square forecasts how many times as many coalitions it takes.
 * @param values - one a player
 */
export function excessOfErrors(tolerance: Tolerance, values: Float64Array, standardErrors: Float64Array): number {
  const largest = standardErrors.reduce((most, error) => Math.max(most, error), 0);
  if (largest === 0) return 0;
  let excess = 0;
  if (tolerance.absolute !== undefined) excess = Math.max(excess, largest / tolerance.absolute);
  if (tolerance.relative !== undefined) {
    const range = values.reduce((most, value) => Math.max(most, value), 0) - values.reduce((least, value) => Math.min(least, value), 0);
    excess = Math.max(excess, largest / (tolerance.relative * range));
  }
  if (tolerance.topFeatures !== undefined) excess = Math.max(excess, excessOfRanking(tolerance.topFeatures, values, standardErrors));
  return excess;
}

/** The half-width of the interval between the k strongest and the next, over their distance; 1 or less when they are told apart. */
function excessOfRanking(k: number, values: Float64Array, standardErrors: Float64Array): number {
  const order = [...values.keys()].sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
  const inside = order.slice(0, k);
  let worst = 0;
  for (const one of inside) {
    for (const other of order.slice(k)) {
      const error = Math.hypot(standardErrors[one], standardErrors[other]);
      const distance = Math.abs(values[one]) - Math.abs(values[other]);
      if (error > 0) worst = Math.max(worst, (NORMAL_QUANTILE * error) / distance);
    }
  }
  return worst;
}

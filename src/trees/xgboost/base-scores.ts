import { damagedFile } from "../damaged-file.ts";
import { LEAST_STEP } from "../output-link.ts";

/**
 * How an objective's base score, which the file gives on the response scale, becomes a raw score. `cumulativeSoftplus`: outputs after the
 * first are raised by the softplus of their own score above the one before.
 */
export type Margin = "identity" | "logit" | "log" | "cumulativeSoftplus";

/** What raw sums start from; one an output. */
export interface BaseScores {
  readonly double: Float64Array;
  /** The same, computed in float32 as XGBoost does. */
  readonly single: Float32Array;
}

/** @throws InputError for a base score that the objective cannot have. */
export function readBaseScores(call: string, objective: string, margin: Margin, text: string | number, numOutputs: number): BaseScores {
  const scores = parseBaseScores(call, text, numOutputs);
  const bad = margin === "log" ? scores.find((score) => score <= 0) : undefined;
  if (bad !== undefined) throw damagedFile(call, "base_score", `above 0 for objective ${objective}`, String(bad));
  if (margin === "cumulativeSoftplus" && scores.some((score, k) => k > 0 && !(score - scores[k - 1] > LEAST_STEP))) {
    throw damagedFile(call, "base_score", `ascending for objective ${objective}`, JSON.stringify(text));
  }
  return {
    double: scores.map((_, k) => toMargin(margin, scores, k, Number)),
    single: Float32Array.from(scores, (_, k) => toMargin(margin, scores, k, Math.fround)),
  };
}

/** One number, as texts up to XGBoost 3.0 give it, or a list in brackets of one number or one an output. */
function parseBaseScores(call: string, text: string | number, numOutputs: number): Float64Array {
  const numbers = String(text)
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .split(",");
  const scores = Float64Array.from(numbers, (number) => (number.trim() === "" ? NaN : Math.fround(Number(number))));
  if (!scores.every(Number.isFinite) || (scores.length !== 1 && scores.length !== numOutputs)) {
    const expected = numOutputs === 1 ? "one number" : `one number or ${numOutputs}`;
    throw damagedFile(call, "base_score", expected, JSON.stringify(text));
  }
  return scores.length === numOutputs ? scores : new Float64Array(numOutputs).fill(scores[0]);
}

/** @param round - What every step is rounded with: `Math.fround` gives XGBoost's own float32 result. */
function toMargin(margin: Margin, scores: Float64Array, k: number, round: (x: number) => number): number {
  const score = scores[k];
  if (margin === "identity" || (margin === "cumulativeSoftplus" && k === 0)) return score;
  if (margin === "log") return round(Math.log(score));
  if (margin === "cumulativeSoftplus") return inverseSoftplus(round(round(score - scores[k - 1]) - LEAST_STEP), round);
  const probability = Math.min(Math.max(score, Math.fround(1e-6)), Math.fround(1 - 1e-6));
  return -round(Math.log(round(round(1 / probability) - 1)));
}

/** log(exp(x) - 1), in the form that no large x overflows. */
function inverseSoftplus(x: number, round: (x: number) => number): number {
  return round(x + round(Math.log(-round(Math.expm1(-x)))));
}

import type { FittedRows } from "./family.ts";

/** Mean and variance of a response under its weights, as if all rows had one mean: where the search for a family's own parameters starts. */
export function responseMoments({ response, weights }: Pick<FittedRows, "response" | "weights">): {
  readonly mean: number;
  readonly variance: number;
} {
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < response.length; i++) {
    total += weights[i];
    sum += weights[i] * response[i];
  }
  const mean = sum / total;
  for (let i = 0; i < response.length; i++) squares += weights[i] * (response[i] - mean) * (response[i] - mean);
  return { mean, variance: squares / total };
}

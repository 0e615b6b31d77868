import { createRandom, randomNormal } from "../../src/numeric/index.ts";
import { categorical, type TableLike } from "../../src/table/index.ts";

/** Rows with a curve of x for each of two groups, a line of z, and counts about their exponential. */
export function curvedRows(numRows = 300, seed = 3): TableLike {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: numRows }, () => random.next());
  const z = Float64Array.from({ length: numRows }, () => random.next());
  const groups = Array.from({ length: numRows }, () => (random.next() < 0.5 ? "a" : "b"));
  const predictor = x.map((value, i) => (groups[i] === "a" ? Math.sin(6 * value) : 2 * value * value) + 0.5 * z[i]);
  return {
    x,
    z,
    g: categorical(groups, ["a", "b"]),
    y: predictor.map((value) => value + 0.3 * randomNormal(random)),
    count: predictor.map((value) => Math.max(0, Math.round(Math.exp(1 + value) + randomNormal(random)))),
  };
}

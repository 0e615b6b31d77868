import type { Scores } from "./scores.ts";

/** Sums of two, side by side; null where a link stands between. */
export function addScores(one: Scores, other: Scores): Scores | null {
  if (!isPlain(one) || !isPlain(other) || one.bases.length !== other.bases.length) return null;
  return {
    ...one,
    forests: [...one.forests, ...other.forests],
    bases: one.bases.map((base, k) => base + other.bases[k]),
    isSingle: false,
    warnings: [...one.warnings, ...other.warnings],
  };
}

/** Scores and constants, one an output or one for all. */
export function shiftScores(scores: Scores, by: ArrayLike<number>): Scores | null {
  if (!isPlain(scores)) return null;
  const bases = spread(scores.bases.length, by);
  return bases === null ? null : { ...scores, bases: scores.bases.map((base, k) => base + bases[k]) };
}

/** Scores times constants; an exponential times a constant from above 0 is that of a shifted sum. */
export function multiplyScores(scores: Scores, by: ArrayLike<number>): Scores | null {
  const factors = spread(scores.bases.length, by);
  if (factors === null || factors.some((factor) => !Number.isFinite(factor))) return null;
  const [factor] = factors;
  if (factors.every((one) => one === 1)) return scores;
  if (scores.link === "exp" && factors.every((one) => one > 0)) {
    return { ...scores, bases: scores.bases.map((base, k) => base + Math.log(factors[k])), isSingle: false };
  }
  if (!isPlain(scores) || factors.some((one) => one !== factor)) return null;
  return {
    ...scores,
    forests: scores.forests.map((weighed) => ({ ...weighed, scale: weighed.scale * factor })),
    bases: scores.bases.map((base) => base * factor),
    isSingle: false,
  };
}

function isPlain({ link, hiddenColumn }: Scores): boolean {
  return link === "identity" && hiddenColumn === null;
}

function spread(count: number, values: ArrayLike<number>): number[] | null {
  if (values.length !== 1 && values.length !== count) return null;
  return Array.from({ length: count }, (_, k) => values[values.length === 1 ? 0 : k]);
}

import type { ResponseProblem } from "./family.ts";

/** Means that are finite. */
export function isFiniteMean(mean: number): boolean {
  return Number.isFinite(mean);
}

/** Means that are finite and above 0. */
export function isPositiveMean(mean: number): boolean {
  return mean > 0 && mean < Infinity;
}

/** Means strictly between 0 and 1. */
export function isProbability(mean: number): boolean {
  return mean > 0 && mean < 1;
}

export function checkFinite(response: number): ResponseProblem | null {
  if (Number.isFinite(response)) return null;
  return { expected: "finite numbers", mend: "Remove the row or mend its value." };
}

/** Counts and other amounts of at least 0. */
export function checkNotNegative(response: number): ResponseProblem | null {
  if (response >= 0 && response < Infinity) return null;
  return {
    expected: "finite numbers of at least 0",
    mend: "Remove the row, or choose a family that allows it: gaussian takes any number.",
  };
}

export function checkPositive(response: number): ResponseProblem | null {
  if (response > 0 && response < Infinity) return null;
  const mend = "Remove the row, or choose a family that allows it: tweedie with a power between 1 and 2 takes zeros, gaussian any number.";
  return { expected: "finite numbers above 0", mend };
}

export function checkProportion(response: number): ResponseProblem | null {
  if (response >= 0 && response <= 1) return null;
  return { expected: "proportions from 0 to 1", mend: "Give 0 and 1, or successes / trials with the trials as weights." };
}

/** A sentence about a count that is no whole number, as R's `dpois` has it: within 1e-7 relative. */
export function warnFraction(response: number): string | null {
  if (isWhole(response)) return null;
  return "Some responses are no whole numbers: estimates are those of the quasi family, and the likelihood of counts does not exist.";
}

/** A sentence about successes (proportion × trials) that are no whole number, within R's 1e-3. */
export function warnSuccesses(response: number, trials: number): string | null {
  const successes = response * trials;
  if (Math.abs(successes - Math.round(successes)) <= 1e-3) return null;
  return "Some successes (proportion × weight) are no whole numbers: standard errors and likelihood are those of fractional counts.";
}

export function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= 1e-7 * Math.max(1, Math.abs(value));
}

/** Where no doubt is possible. */
export function warnNever(): null {
  return null;
}

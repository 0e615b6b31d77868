import { InputError, describeReceived } from "../errors.ts";

/** Where the true value plausibly lies, given how few or many rows there were. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** The confidence level: 0.95 throughout. */
  readonly level: 0.95;
  /** How it was computed, for the method section. */
  readonly method: string;
}

/** A value and what the sample says about its uncertainty. */
export interface Estimate {
  readonly value: number;
  /** In the units of `value`; null where the sample does not give one. */
  readonly standardError: number | null;
  /** Null where the sample does not give one: no spread, or a single row of a class. */
  readonly interval: Interval | null;
}

/** The standard normal quantile at 0.975, for two-sided 95% intervals. */
export const NORMAL_QUANTILE = 1.959963984540054;

/** An interval at the one level that this room uses. */
export function makeInterval(low: number, high: number, method: string): Interval {
  return { low, high, level: 0.95, method };
}

/**
 * A value with the interval `value ± 1.96 standard errors`, cut at the bounds that the value cannot pass.
 * A standard error of zero (or none) gives no interval: a sample without spread says nothing about its uncertainty.
 */
export function estimateFromError(
  value: number,
  standardError: number | null,
  method: string,
  lowest: number = -Infinity,
  highest: number = Infinity,
): Estimate {
  if (standardError === null || !(standardError > 0)) return { value, standardError, interval: null };
  const half = NORMAL_QUANTILE * standardError;
  return { value, standardError, interval: makeInterval(Math.max(lowest, value - half), Math.min(highest, value + half), method) };
}

/**
 * Wilson's score interval (95%) for a share: `events` out of `total`. Stays within [0, 1] and contains `events / total`.
 *
 * @throws InputError when the counts are not whole numbers with 0 ≤ events ≤ total and total ≥ 1.
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953.
 */
export function wilsonInterval(events: number, total: number): Interval {
  if (!Number.isSafeInteger(total) || total < 1) {
    throw new InputError({
      call: "wilsonInterval",
      argument: "total",
      expected: "a whole number of at least 1",
      received: describeReceived(total),
      mend: "Give the number of rows.",
    });
  }
  if (!Number.isSafeInteger(events) || events < 0 || events > total) {
    throw new InputError({
      call: "wilsonInterval",
      argument: "events",
      expected: `a whole number from 0 to total (${total})`,
      received: describeReceived(events),
      mend: "Give the number of rows with the event.",
    });
  }
  const share = events / total;
  const z2 = NORMAL_QUANTILE ** 2 / total;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = Math.sqrt(share * (1 - share) * z2 + (z2 * z2) / 4) / (1 + z2);
  // At the ends the formula gives 0 and 1 but for rounding, which could leave the share itself outside.
  return makeInterval(events === 0 ? 0 : centre - half, events === total ? 1 : centre + half, "Wilson score");
}

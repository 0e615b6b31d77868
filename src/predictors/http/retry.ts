import type { HttpClock } from "./http-types.ts";

/** How long and how often to try again. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number;
  /** Milliseconds before the second attempt; doubled each time. */
  readonly retryDelay: number;
  /** Milliseconds that a wait never exceeds. */
  readonly longestDelay: number;
  /** Numbers in [0, 1) that spread waits, so that many callers do not come back at the same moment. */
  readonly random: () => number;
}

/** Whether an answer may be another one next time: 408, 429 and what is wrong on the service's side for now. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * Milliseconds to wait before the next attempt: exponential backoff, the upper half of it at random ("equal jitter").
 * @param failures - attempts that failed so far, from 1
 * @see Brooker (2015), https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff({ retryDelay, longestDelay, random }: RetryPolicy, failures: number): number {
  const whole = Math.min(longestDelay, retryDelay * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * random();
}

/**
 * Milliseconds that the service asks to wait: `Retry-After` in seconds or as a date; 0 where it says nothing that can be read.
 * @see RFC 9110, section 10.2.3
 */
export function readRetryAfter(header: string | null, clock: HttpClock): number {
  if (header === null) return 0;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - clock.now());
}

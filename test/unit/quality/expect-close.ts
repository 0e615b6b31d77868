import { expect } from "vitest";

/** Fails unless `actual` is within `tolerance` of `expected`, relative to the larger of 1 and the size of `expected`. */
export function expectClose(actual: number | null | undefined, expected: number, tolerance: number): void {
  const scale = Math.max(1, Math.abs(expected));
  expect(Math.abs((actual ?? Number.NaN) - expected) / scale, `${actual} should be ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** The message of the error that `act` throws. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
}

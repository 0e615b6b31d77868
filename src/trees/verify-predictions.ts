import { describeReceived, InputError } from "../errors.ts";
import type { PredictionScale } from "./ensemble-parts.ts";

/** How the library's predictions are compared. */
export interface VerifyOptions {
  /**
   * Largest difference, relative to the expected value where that is beyond ±1, absolute within.
   * @defaultValue 1e-6, some ten times the rounding of float32
   */
  readonly tolerance?: number;
  /** The scale of the expected values. @defaultValue `"response"` */
  readonly scale?: PredictionScale;
}

/** How far predictions are from what the library itself predicted. */
export interface Verification {
  /** Whether every difference is within the tolerance. */
  readonly ok: boolean;
  readonly maxAbsoluteError: number;
  /** Largest difference over the size of the expected value, which counts as 1 at least. */
  readonly maxRelativeError: number;
  /** The row with the largest relative error. */
  readonly worstRow: number;
  readonly numRows: number;
  readonly tolerance: number;
  /** The scale that was compared. */
  readonly scale: PredictionScale;
  /** What makes all rows agree, in a sentence: base score, missing values, columns, …; absent where they do agree, or no cause was found. */
  readonly diagnosis?: string;
}

/** What is compared: rows × outputs, row-major, both. */
interface Compared {
  readonly predictions: Float64Array;
  readonly expected: ArrayLike<number>;
  readonly numOutputs: number;
  readonly scale: PredictionScale;
}

/** @throws InputError where the lengths differ, an expected value is not a finite number, or the tolerance is negative. */
export function comparePredictions(call: string, compared: Compared, tolerance = 1e-6): Verification {
  checkArguments(call, compared, tolerance);
  const { predictions, expected, numOutputs, scale } = compared;
  let maxAbsoluteError = 0;
  let maxRelativeError = 0;
  let worst = 0;
  for (const [cell, prediction] of predictions.entries()) {
    const error = Math.abs(prediction - expected[cell]);
    const relative = error / Math.max(1, Math.abs(expected[cell]));
    maxAbsoluteError = Math.max(maxAbsoluteError, error);
    if (!(relative > maxRelativeError)) continue;
    maxRelativeError = relative;
    worst = cell;
  }
  return {
    ok: maxRelativeError <= tolerance,
    maxAbsoluteError,
    maxRelativeError,
    worstRow: Math.floor(worst / numOutputs),
    numRows: predictions.length / numOutputs,
    tolerance,
    scale,
  };
}

function checkArguments(call: string, { predictions, expected, numOutputs }: Compared, tolerance: number): void {
  const fail = (argument: string, wanted: string, received: string, mend: string): InputError =>
    new InputError({ call, argument, expected: wanted, received, mend });
  const numRows = predictions.length / numOutputs;
  if (expected?.length !== predictions.length) {
    const wanted = `${numRows} × ${numOutputs} predictions, row after row`;
    const received = expected?.length === undefined ? describeReceived(expected) : String(expected.length);
    throw fail("expected", wanted, received, "Give one prediction a row and output, as ensemble.outputNames lists them.");
  }
  for (let cell = 0; cell < expected.length; cell++) {
    if (Number.isFinite(expected[cell])) continue;
    throw fail(`expected[${cell}]`, "a finite number", describeReceived(expected[cell]), "Flatten nested lists first.");
  }
  if (!(tolerance >= 0 && tolerance < Infinity))
    throw fail("tolerance", "a number from 0", describeReceived(tolerance), "Leave it out for 1e-6.");
}

/** @throws InputError for anything but the two scales; nothing is the response. */
export function checkScale(call: string, scale: unknown = "response"): PredictionScale {
  if (scale === "raw" || scale === "response") return scale;
  throw new InputError({
    call,
    argument: "scale",
    expected: '"raw" or "response"',
    received: describeReceived(scale),
    mend: 'Leave it out for the response, or say "raw" for the sum of leaves.',
  });
}

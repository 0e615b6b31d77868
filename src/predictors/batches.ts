import type { Limiter } from "./limiter.ts";

/** Rows from `start` up to `end` of a batch. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Cuts a batch into parts of at most `size` rows. */
export function cutRows(numRows: number, size: number): RowRange[] {
  return Array.from({ length: Math.ceil(numRows / size) }, (_, i) => ({ start: i * size, end: Math.min(numRows, (i + 1) * size) }));
}

/**
 * Predicts part by part, as many at once as the limiter lets, and puts the parts together in their order.
 * The first part that fails ends the others.
 */
export async function predictParts(
  parts: readonly RowRange[],
  limiter: Limiter,
  signal: AbortSignal | undefined,
  predict: (part: RowRange, signal: AbortSignal) => Promise<Float64Array>,
): Promise<Float64Array> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const predictOrStop = async (part: RowRange): Promise<Float64Array> => {
    try {
      return await predict(part, either);
    } catch (error) {
      // Before the limiter hands the place on: the next part must not begin.
      stop.abort(error);
      throw error;
    }
  };
  return concatenate(await Promise.all(parts.map((part) => limiter.run(() => predictOrStop(part), either))));
}

/** Numbers one after another. */
export function concatenate(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0];
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

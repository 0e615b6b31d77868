import { BlockDiagonal } from "../../../numeric/index.ts";
import { alignPenalties } from "./align-block.ts";
import { denseDeterminant, diagonalDeterminant, type PenaltyDeterminant } from "./penalty-determinant.ts";
import type { PenaltySystem, PlacedBlock } from "./penalty-system.ts";

/** One λS among all working coordinates. */
export interface PenaltyTerm {
  readonly start: number;
  readonly width: number;
  readonly isDiagonal: boolean;
  /** S, width × width, row-major; or its diagonal alone. */
  readonly values: Float64Array;
  /** λ. */
  readonly smoothing: number;
  /** Position of its parameter; −1 where λ is fixed. */
  readonly parameter: number;
}

/** All penalties at given smoothing parameters, in coordinates that suit these. */
export interface PenaltyFrame {
  readonly width: number;
  /** Frame to working coordinates; null where they are the same. */
  readonly rotation: BlockDiagonal | null;
  readonly terms: readonly PenaltyTerm[];
  /** log |Σ λS|₊ over all blocks. */
  readonly logDeterminant: number;
  /** Its derivative by the log λ of each term. */
  readonly slopes: Float64Array;
  /** Its second derivatives; terms × terms. */
  readonly curvatures: Float64Array;
}

/** @param smoothing λ of each parameter */
export function frameAt(system: PenaltySystem, smoothing: Float64Array): PenaltyFrame {
  const parts = system.blocks.map((block) => frameBlock(block, smoothing));
  const terms = parts.flatMap((part) => part.terms);
  const count = terms.length;
  const slopes = new Float64Array(count);
  const curvatures = new Float64Array(count * count);
  let at = 0;
  for (const { determinant } of parts) {
    const own = determinant.first.length;
    slopes.set(determinant.first, at);
    for (let k = 0; k < own; k++) curvatures.set(determinant.second.subarray(k * own, (k + 1) * own), (at + k) * count + at);
    at += own;
  }
  return {
    width: system.width,
    rotation: parts.some(({ rotation }) => rotation)
      ? joinRotations(
          system,
          parts.map(({ rotation }) => rotation),
        )
      : null,
    terms,
    logDeterminant: parts.reduce((sum, { determinant }) => sum + determinant.value, 0),
    slopes,
    curvatures,
  };
}

interface FramedBlock {
  readonly rotation: Float64Array | null;
  readonly terms: readonly PenaltyTerm[];
  readonly determinant: PenaltyDeterminant;
}

function frameBlock(block: PlacedBlock, parameters: Float64Array): FramedBlock {
  const { start, width, isDiagonal, penalties, penalized } = block;
  const smoothing = penalties.map(({ parameter, fixed }) => fixed ?? parameters[parameter]);
  const given = penalties.map(({ values }) => values);
  const place = { width, rank: penalized.length };
  const aligned = isDiagonal ? null : alignPenalties(given, smoothing, place);
  const matrices = aligned?.matrices ?? given;
  const determinant = isDiagonal ? diagonalDeterminant(given, smoothing, penalized) : denseDeterminant(matrices, smoothing, place);
  const terms = penalties.map(({ parameter }, k) => {
    return { start, width, isDiagonal, values: matrices[k], smoothing: smoothing[k], parameter };
  });
  return { rotation: aligned?.rotation ?? null, terms, determinant };
}

function joinRotations({ blocks, width }: PenaltySystem, rotations: readonly (Float64Array | null)[]): BlockDiagonal {
  const parts = [];
  let at = 0;
  const addIdentity = (end: number): void => {
    if (end > at) parts.push({ first: at, size: end - at, start: at, width: end - at, matrix: null });
    at = end;
  };
  for (const [b, block] of blocks.entries()) {
    addIdentity(block.start);
    parts.push({ first: at, size: block.width, start: at, width: block.width, matrix: rotations[b] });
    at += block.width;
  }
  addIdentity(width);
  return new BlockDiagonal(parts);
}

/** λSv of one term: 0 outside its coordinates. */
export function applyTerm({ start, width, isDiagonal, values, smoothing }: PenaltyTerm, v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  for (let i = 0; i < width; i++) {
    if (isDiagonal) {
      out[start + i] = smoothing * values[i] * v[start + i];
      continue;
    }
    let sum = 0;
    for (let j = 0; j < width; j++) sum += values[i * width + j] * v[start + j];
    out[start + i] = smoothing * sum;
  }
  return out;
}

/** Adds λS of all terms to a matrix; width × width. */
export function addPenalties(matrix: Float64Array, { width: total, terms }: PenaltyFrame): Float64Array {
  for (const { start, width, isDiagonal, values, smoothing } of terms) {
    for (let i = 0; i < width; i++) {
      const row = (start + i) * total + start;
      if (isDiagonal) matrix[row + i] += smoothing * values[i];
      else for (let j = 0; j < width; j++) matrix[row + j] += smoothing * values[i * width + j];
    }
  }
  return matrix;
}

/** P[:, coordinates of the term] λS of a symmetric P: rows × term width, row-major. */
export function multiplyByTerm(p: Float64Array, total: number, term: PenaltyTerm): Float64Array {
  const { start, width, isDiagonal, values, smoothing } = term;
  const rows = p.length / total;
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const from = i * total + start;
    const to = i * width;
    if (isDiagonal) {
      for (let j = 0; j < width; j++) out[to + j] = smoothing * values[j] * p[from + j];
      continue;
    }
    for (let k = 0; k < width; k++) {
      const value = smoothing * p[from + k];
      for (let j = 0; j < width; j++) out[to + j] += value * values[k * width + j];
    }
  }
  return out;
}

import { pickEntries } from "../../numeric/index.ts";
import type { LearnedSmooth } from "../../table/index.ts";
import type { PenaltyBlock } from "./fitting/penalty-block.ts";
import type { FittedSmooth } from "./gam-fit.ts";
import { testEffect, variationBy } from "./inference/effect-test.ts";
import type { EffectiveDegrees, PenalizedEstimates } from "./inference/effective-degrees.ts";
import { testSmooth } from "./inference/smooth-test.ts";
import type { SmoothTest } from "./inference/smooth-test.ts";

/** What the tests of a model's smooths start from. */
export interface TestedFit extends PenalizedEstimates {
  readonly degrees: EffectiveDegrees;
  /** At dispersion 1. */
  readonly samplingCovariance: Float64Array;
  readonly dispersion: number;
  /** Infinity where the dispersion is known. */
  readonly residualDegreesOfFreedom: number;
}

/** The smooths of a fit with their tests: those that penalties leave nothing free of by the penalized likelihood ratio, the others by Wald's. */
export function describeSmooths(
  fit: TestedFit,
  learned: readonly LearnedSmooth[],
  blocks: readonly PenaltyBlock[],
  smoothing: readonly (readonly number[])[],
): FittedSmooth[] {
  const variations = learned.map(({ isRandomEffect }, j) => {
    return isRandomEffect
      ? variationBy(fit.degrees.influence, totalPenalty(blocks[j], smoothing[j]), blocks[j].first, numColumns(fit))
      : null;
  });
  return blocks.map((block, j): FittedSmooth => {
    const { label, first, size, matrices, nullSpaceDimension } = block;
    const isEffect = nullSpaceDimension === 0 && matrices.length > 0;
    const test = isEffect
      ? testAsEffect(
          fit,
          block,
          variations.filter((_, other) => other !== j),
        )
      : testAsSmooth(fit, block);
    return {
      label,
      first,
      size,
      smoothingParameters: smoothing[j],
      effectiveDegreesOfFreedom: sumOf(fit.degrees.edf.subarray(first, first + size)),
      ...test,
      isRandomEffect: learned[j].isRandomEffect,
    };
  });
}

function testAsSmooth(fit: TestedFit, block: PenaltyBlock): SmoothTest {
  const { first, size } = block;
  const part = {
    estimates: fit.estimates.slice(first, first + size),
    covariance: pickBlock(fit.unscaledCovariance, block, numColumns(fit)).map((value) => value * fit.dispersion),
    gram: pickBlock(fit.fisherGram, block, numColumns(fit)),
  };
  return testSmooth(part, sumOf(fit.degrees.edf1.subarray(first, first + size)), fit);
}

function testAsEffect(fit: TestedFit, block: PenaltyBlock, others: readonly (Float64Array | null)[]): SmoothTest {
  const { first, size } = block;
  const p = numColumns(fit);
  const own = (matrix: Float64Array): Float64Array => pickBlock(matrix, block, p);
  const nullCovariance = own(fit.samplingCovariance);
  for (const other of others) if (other) own(other).forEach((value, cell) => (nullCovariance[cell] += value));
  const estimates = fit.estimates.slice(first, first + size);
  return testEffect({ estimates, unscaledCovariance: own(fit.unscaledCovariance), nullCovariance, dispersion: fit.dispersion }, fit);
}

/** Σ λS of a smooth. */
function totalPenalty({ matrices, size }: PenaltyBlock, smoothing: readonly number[]): Float64Array {
  const sum = new Float64Array(size * size);
  matrices.forEach((matrix, k) => matrix.forEach((value, cell) => (sum[cell] += smoothing[k] * value)));
  return sum;
}

function pickBlock(matrix: Float64Array, { first, size }: PenaltyBlock, p: number): Float64Array {
  return pickEntries(
    matrix,
    p,
    Int32Array.from({ length: size }, (_, k) => first + k),
  );
}

function numColumns({ estimates }: PenalizedEstimates): number {
  return estimates.length;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

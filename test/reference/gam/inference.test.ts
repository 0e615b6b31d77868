import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factorCholesky, invertCholesky } from "../../../src/numeric/index.ts";
import { testEffect, variationBy } from "../../../src/models/gam/inference/effect-test.ts";
import { effectiveDegrees, samplingCovariance } from "../../../src/models/gam/inference/effective-degrees.ts";
import type { SmoothTest } from "../../../src/models/gam/inference/smooth-test.ts";
import { testSmooth } from "../../../src/models/gam/inference/smooth-test.ts";
import { correctedDegrees, smoothingCovariance } from "../../../src/models/gam/inference/smoothing-uncertainty.ts";

interface Smooth {
  readonly label: string;
  readonly first: number;
  readonly size: number;
  readonly nullSpaceDimension: number;
  readonly penalties: readonly (readonly number[])[];
  readonly smoothing: readonly number[];
}

interface Case {
  readonly size: number;
  readonly gram: number[];
  readonly smooths: readonly Smooth[];
  readonly coefficients: number[];
  readonly scale: number;
  readonly scaleEstimated: boolean;
  readonly residualDf: number;
  readonly hessian: readonly number[][];
  readonly edf: number[];
  readonly edf1: number[];
  readonly edf2: number[];
  readonly Ve: number[];
  readonly Vc: number[];
  /** A row a smooth: edf, reference degrees of freedom, statistic, p-value. */
  readonly table: readonly number[][];
}

/** Interior fits: both sides invert the same matrices. */
const INTERIOR = 1e-9;
/** A smoothing parameter at 1e10 or more leaves ten digits fewer of X'WX + S. */
const AT_LIMIT = 2e-6;
/** What one at its limit leaves of Vc and edf2, on mgcv's side too, whose criterion is flat there. */
const AT_LIMIT_CORRECTED = 0.02;
/** mgcv's p-values are Davies', to 2e-5 absolute. */
const DAVIES = 2e-5;
/** From here on a smoothing parameter counts as infinite. */
const INFINITE = 1e7;

const folder = new URL("inference/", import.meta.url);
const cases = readdirSync(folder).filter((file) => file.endsWith(".json"));

function read(file: string): Case {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Case;
}

/** What the functions start from, made of a case. */
function prepare(given: Case) {
  const p = given.size;
  const penalties = given.smooths.flatMap(({ first, size, penalties: all, smoothing }) =>
    all.map((matrix, k) => {
      const whole = new Float64Array(p * p);
      matrix.forEach((value, cell) => {
        whole[(first + Math.floor(cell / size)) * p + first + (cell % size)] = smoothing[k] * value;
      });
      return whole;
    }),
  );
  const fisherGram = Float64Array.from(given.gram);
  const penalty = fisherGram.map((_, cell) => penalties.reduce((sum, one) => sum + one[cell], 0));
  const unscaledCovariance = invertCholesky(
    factorCholesky(
      fisherGram.map((value, cell) => value + penalty[cell]),
      p,
    ),
  );
  const estimates = Float64Array.from(given.coefficients);
  return { p, penalties, penalty, estimates, fisherGram, unscaledCovariance };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const p = vector.length;
  return vector.map((_, i) => vector.reduce((sum, value, j) => sum + matrix[i * p + j] * value, 0));
}

function block(matrix: Float64Array, p: number, { first, size }: Smooth): Float64Array {
  return Float64Array.from({ length: size * size }, (_, c) => matrix[(first + Math.floor(c / size)) * p + first + (c % size)]);
}

/** The greatest difference, as a share of the greatest value. */
function miss(found: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, i) => Math.abs(found[i] - value))) / Math.max(...wanted.map(Math.abs));
}

describe.each(cases)("%s", (file) => {
  const given = read(file);
  const { p, penalties, penalty, estimates, fisherGram, unscaledCovariance } = prepare(given);
  const fit = { estimates, fisherGram, unscaledCovariance };
  const degrees = effectiveDegrees(fit);
  const smoothing = given.smooths.flatMap((smooth) => smooth.smoothing);
  const isInterior = smoothing.every((value) => value < INFINITE);
  const reference = { residualDegreesOfFreedom: given.scaleEstimated ? given.residualDf : Infinity };
  const sampling = samplingCovariance(degrees, unscaledCovariance, p);

  it("has mgcv's effective degrees of freedom and sampling covariance", () => {
    const allowed = isInterior ? INTERIOR : AT_LIMIT;
    expect(miss(degrees.edf, given.edf)).toBeLessThan(allowed);
    expect(miss(degrees.edf1, given.edf1)).toBeLessThan(allowed);
    expect(
      miss(
        sampling.map((value) => value * given.scale),
        given.Ve,
      ),
    ).toBeLessThan(allowed);
  });

  it("adds the uncertainty of the smoothing parameters as mgcv does", () => {
    const slopes = penalties.map((matrix, k) =>
      smoothing[k] < INFINITE ? times(unscaledCovariance, times(matrix, estimates)).map((value) => -value) : new Float64Array(p),
    );
    const hessian = Float64Array.from(given.hessian.flat());
    const more = smoothingCovariance(fit, penalty, given.scale, { hessian, slopes, penalties });
    const corrected = unscaledCovariance.map((value, cell) => given.scale * value + more[cell]);
    const allowed = isInterior ? INTERIOR : AT_LIMIT_CORRECTED;
    expect(miss(corrected, given.Vc)).toBeLessThan(allowed);
    expect(miss(correctedDegrees(corrected, fisherGram, given.scale, degrees.edf1), given.edf2)).toBeLessThan(allowed);
  });

  it("tests smooths as mgcv does", () => {
    const isEffect = (smooth: Smooth): boolean => smooth.nullSpaceDimension === 0 || file === "select.json";
    const isRandom = ({ label }: Smooth): boolean => label === "s(g)" || label === "s(h)";
    given.smooths.forEach((smooth, j) => {
      const own = estimates.slice(smooth.first, smooth.first + smooth.size);
      let found: SmoothTest;
      if (isEffect(smooth)) {
        const others = given.smooths.filter((other) => other !== smooth && isRandom(other));
        const variations = others.map((other) => variationBy(degrees.influence, block(penalty, p, other), other.first, p));
        const nullCovariance = sampling.map((value, cell) => variations.reduce((sum, one) => sum + (one?.[cell] ?? NaN), value));
        const parts = { unscaledCovariance: block(unscaledCovariance, p, smooth), nullCovariance: block(nullCovariance, p, smooth) };
        found = testEffect({ estimates: own, ...parts, dispersion: given.scale }, reference);
      } else {
        const covariance = block(unscaledCovariance, p, smooth).map((value) => value * given.scale);
        const rank = degrees.edf1.slice(smooth.first, smooth.first + smooth.size).reduce((sum, value) => sum + value, 0);
        found = testSmooth({ estimates: own, covariance, gram: block(fisherGram, p, smooth) }, rank, reference);
      }
      const [, referenceDegrees, statistic, pValue] = given.table[j];
      expect(found.referenceDegreesOfFreedom).toBeCloseTo(referenceDegrees, 6);
      expect(Math.abs(found.pValue - pValue)).toBeLessThan(DAVIES);
      // Of two random effects mgcv 1.8-41 gives another statistic than the b'V⁻¹b of the paper, which it gives for one.
      if (!(file === "effects.json" && isRandom(smooth))) expect(miss([found.statistic], [statistic])).toBeLessThan(1e-5);
    });
  });
});

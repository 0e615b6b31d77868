import type { Warning } from "../../../errors.ts";
import { ConvergenceError } from "../../../errors.ts";
import type { Family } from "../../families/family.ts";
import { findAliased } from "./aliasing.ts";
import { Curvature } from "./curvature.ts";
import type { LinearConstraints } from "./curvature.ts";
import type { PassSteps } from "./drive.ts";
import type { WorkingSums } from "./pass.ts";

/** How a fit is to be sought. */
export interface FitSettings {
  /** Stop when a step would lower the deviance by less than this share of it. The step is still made, and squares what is left. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Coefficients to start from; null: the family's start means. */
  readonly start: Float64Array | null;
  /** Coefficients with valid means to fall back on when the first step leads out of the range; null: none are known. */
  readonly fallback: Float64Array | null;
  readonly constraints: LinearConstraints | null;
  /** Maximise the likelihood times Jeffreys' prior. */
  readonly firth: boolean;
  /** Number of rows, to judge what a more careful method would cost. */
  readonly numRows: number;
}

/** What IRLS ended with. Vectors and matrices have p rows; 0 where a column is aliased. */
export interface FittedProblem {
  readonly coefficients: Float64Array;
  readonly aliased: Uint8Array;
  readonly rank: number;
  /** Inverse of the expected information at dispersion 1; p × p, row-major. */
  readonly inverse: Float64Array;
  /** log of the determinant of the expected information over the columns that are not aliased. */
  readonly logDeterminant: number;
  readonly deviance: number;
  readonly pearson: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly Warning[];
}

/** A place, and what is known there. */
interface Visit {
  readonly coefficients: Float64Array | null;
  readonly sums: WorkingSums;
  readonly curvature: Curvature;
  /** What is to fall: the deviance, less log |information| under Firth's prior. */
  readonly merit: number;
}

/** A step may raise the deviance by this share: the rounding of sums over a million rows. */
const SLACK = 1e-8;
const MOST_HALVINGS = 30;
/** Deviances of families of dispersion 1 are twice log-likelihoods: gains far below 1 do not count. R measures all families so. */
const KNOWN_FLOOR = 0.1;
/** Other deviances have the unit of the response: below this share of the response's own size they are those of a perfect fit. */
const PERFECT = 1e-13;
/** Power of the tolerance for steps that do not square what is left: 1e-16 for 1e-10, of which the root is as near. */
const SLOW = 1.6;
/** Gains of less than this share of the deviance drown in the rounding of sums over many rows. */
const ROUNDING = 1e-7;
/** From this iteration on families without a canonical link use the observed information: Newton's method, which converges quadratically. */
const FIRST_NEWTON = 3;

/**
 * Iteratively reweighted least squares, as a conversation: it yields what it needs of the rows and is answered with sums, so that rows may be
 * in memory, on disk or in other threads. Steps are computed from the score, not from the working response: the estimates then err by the
 * conditioning of the design, not by its square. A step that raises the deviance or leaves the range of means is halved.
 *
 * @see Green (1984), doi:10.1111/j.2517-6161.1984.tb01288.x; Marschner (2011), doi:10.32614/RJ-2011-012 (step halving)
 */
export function* fitByIrls(size: number, family: Family, settings: FitSettings): PassSteps<FittedProblem> {
  const search = new Search(size, family, settings);
  let visit = yield* search.open();
  let converged = false;
  let iterations = 0;
  let share = Infinity;
  while (iterations < settings.maxIterations && !converged) {
    iterations++;
    const { step, gain } = search.findStep(visit);
    share = search.shareOf(visit, gain);
    converged = share <= search.toleranceAt(visit);
    const next = yield* search.move(visit, step, { newton: iterations + 1 >= FIRST_NEWTON && !converged, isLast: converged });
    if (next === visit) {
      // No part of the step lowers the deviance: what is left to gain is below the rounding of the sums, or there is nothing to be done.
      converged = share <= ROUNDING;
      break;
    }
    visit = next;
  }
  // Steps that only shrink what is left are asked for more than the tolerance; where iterations end first, the tolerance itself decides.
  return yield* search.close(visit, iterations, converged || share <= settings.tolerance);
}

class Search {
  readonly #size: number;
  readonly #family: Family;
  readonly #settings: FitSettings;
  readonly #warnings: Warning[] = [];
  #aliased: Uint8Array;
  #method: "gram" | "qr" = "gram";
  /** Kept where the information does not depend on the coefficients. */
  #constant: Curvature | null = null;
  /** What gains are measured by where the deviance is all but 0. */
  #floor = 0;

  constructor(size: number, family: Family, settings: FitSettings) {
    this.#size = size;
    this.#family = family;
    this.#settings = settings;
    this.#aliased = new Uint8Array(size);
  }

  /** The first visit, and which columns are aliased. */
  *open(): PassSteps<Visit> {
    const { start, numRows } = this.#settings;
    let coefficients = start;
    let sums = yield* this.#ask(coefficients, false);
    if (coefficients && !Number.isFinite(sums.deviance)) {
      coefficients = null;
      sums = yield* this.#ask(null, false);
    }
    const found = yield* findAliased(sums.gram ?? new Float64Array(this.#size ** 2), { family: this.#family, coefficients, numRows });
    this.#aliased = found.aliased;
    this.#method = found.method;
    this.#warnings.push(...found.warnings);
    if (found.method === "qr") sums = yield* this.#ask(coefficients, false);
    if (coefficients) this.#setFloor(sums.gram ? quadratic(sums.gram, coefficients) : sums.deviance);
    return yield* this.#visit(coefficients, sums, false);
  }

  /** By which share of the deviance a step lowers it; Infinity from the start means, whose deviance is that of other means. */
  shareOf({ coefficients, sums }: Visit, gain: number): number {
    if (coefficients) return gain / (Math.abs(sums.deviance) + this.#floor);
    this.#setFloor(gain);
    return Infinity;
  }

  /** @param size Σ W η² at the first visit, which has the unit of the deviance */
  #setFloor(size: number): void {
    this.#floor = this.#family.hasKnownDispersion ? KNOWN_FLOOR : PERFECT * size + Number.MIN_VALUE;
  }

  /**
   * The share of the deviance that the last step may gain. Newton's steps square what is left. Steps by the expected information of a link that
   * is not canonical, or by an information that lacks Jeffreys' prior, only shrink it by some factor, so that less must be left.
   */
  toleranceAt({ curvature }: Visit): number {
    const { tolerance, firth } = this.#settings;
    const isNewton = this.#family.isCanonical || curvature.observed || this.#constant !== null;
    return isNewton && !firth ? tolerance : tolerance ** SLOW;
  }

  /** The step to take, and by how much it would lower the deviance if that were quadratic. From the start means the step is the estimate. */
  findStep({ coefficients, sums, curvature }: Visit): { step: Float64Array; gain: number } {
    const { constraints } = this.#settings;
    const step = constraints ? curvature.solveWithin(sums.score, coefficients, constraints) : curvature.solve(sums.score);
    return { step, gain: step.reduce((sum, move, j) => sum + move * sums.score[j], 0) };
  }

  /** Goes along a step as far as the deviance falls; the same visit where it falls nowhere. The last step is made whole or not at all. */
  *move(visit: Visit, step: Float64Array, { newton, isLast }: { newton: boolean; isLast: boolean }): PassSteps<Visit> {
    const { fallback } = this.#settings;
    const origin = visit.coefficients ?? new Float64Array(this.#size);
    // Jeffreys' prior is made of the expected information.
    const observed = newton && !this.#family.isCanonical && this.#method === "gram" && !this.#settings.firth;
    // The merit at the start means is that of other means than any coefficients give: it bounds nothing.
    const bound = visit.coefficients ? visit.merit + SLACK * (Math.abs(visit.merit) + this.#floor) : Infinity;
    let next = yield* this.#go(origin, step, 1, observed);
    if (isBelow(next, bound)) return next;
    if (!visit.coefficients) return yield* this.#moveFromFallback(fallback, step);
    if (isLast) return visit;
    for (let halving = 1, share = 0.5; halving <= MOST_HALVINGS; halving++, share /= 2) {
      next = yield* this.#go(origin, step, share, observed);
      if (isBelow(next, bound)) return next;
    }
    return visit;
  }

  *close(visit: Visit, iterations: number, converged: boolean): PassSteps<FittedProblem> {
    const coefficients = visit.coefficients ?? new Float64Array(this.#size);
    const { curvature, sums } = visit.coefficients && !visit.curvature.observed ? visit : yield* this.#expect(coefficients);
    if (!converged) this.#warnings.push(notConverged(iterations));
    return {
      coefficients,
      aliased: this.#aliased,
      rank: this.#size - this.#aliased.reduce((sum, one) => sum + one, 0),
      inverse: curvature.invert(),
      logDeterminant: curvature.logDeterminant(),
      deviance: sums.deviance,
      pearson: sums.pearson,
      iterations,
      converged,
      warnings: this.#warnings,
    };
  }

  /** When the first step leads out of the range of means: halfway back towards coefficients whose means are valid. */
  *#moveFromFallback(fallback: Float64Array | null, target: Float64Array): PassSteps<Visit> {
    if (fallback) {
      const step = target.map((value, j) => value - fallback[j]);
      for (let halving = 1, share = 0.5; halving <= MOST_HALVINGS; halving++, share /= 2) {
        const next = yield* this.#go(fallback, step, share, false);
        if (next) return next;
      }
      const next = yield* this.#go(fallback, step, 0, false);
      if (next) return next;
    }
    throw new ConvergenceError(
      `No coefficients were found whose means the family "${this.#family.name}" with the link "${this.#family.link.name}" allows. ` +
        "Give `start`: coefficients with valid means for every row; or choose a link whose means are always valid, such as log or logit.",
    );
  }

  /** Null where a mean is out of its range. */
  *#go(origin: Float64Array, step: Float64Array, share: number, observed: boolean): PassSteps<Visit | null> {
    const coefficients = origin.map((value, j) => value + share * step[j]);
    const sums = yield* this.#ask(coefficients, observed);
    if (!Number.isFinite(sums.deviance)) return null;
    const visit = yield* this.#visit(coefficients, sums, observed);
    // The observed information need not be positive definite far from the maximum: there the expected one serves.
    return observed && !visit.curvature.isDefinite ? yield* this.#expect(coefficients) : visit;
  }

  *#expect(coefficients: Float64Array): PassSteps<Visit> {
    const sums = yield* this.#ask(coefficients, false);
    return yield* this.#visit(coefficients, sums, false);
  }

  *#visit(coefficients: Float64Array | null, sums: WorkingSums, observed: boolean): PassSteps<Visit> {
    const curvature = this.#constant ?? Curvature.of(sums, this.#aliased, { observed, keepsGram: this.#settings.constraints !== null });
    if (hasConstantInformation(this.#family) && this.#method === "gram") this.#constant = curvature;
    // The matrices are factored, and the next pass may write over them.
    const kept = { ...sums, gram: null, factor: null };
    if (!this.#settings.firth || !coefficients) return { coefficients, sums: kept, curvature, merit: sums.deviance };
    const corrected = yield* this.#request(coefficients, { observed: false, curvature: "none", firth: curvature.invert() });
    const merit = sums.deviance - curvature.logDeterminant();
    return { coefficients, sums: { ...kept, score: corrected.score }, curvature, merit };
  }

  #ask(coefficients: Float64Array | null, observed: boolean): PassSteps<WorkingSums> {
    return this.#request(coefficients, { observed, curvature: this.#constant ? "none" : this.#method, firth: null });
  }

  *#request(
    coefficients: Float64Array | null,
    what: { readonly observed: boolean; readonly curvature: "gram" | "qr" | "none"; readonly firth: Float64Array | null },
  ): PassSteps<WorkingSums> {
    return (yield { kind: "working", coefficients, family: this.#family, ...what }) as WorkingSums;
  }
}

/** v' M v. */
function quadratic(matrix: Float64Array, v: Float64Array): number {
  return v.reduce((sum, value, i) => sum + value * v.reduce((inner, other, j) => inner + matrix[i * v.length + j] * other, 0), 0);
}

/** Whether the information is the same for all coefficients. */
function hasConstantInformation({ link, name, varianceName }: Family): boolean {
  return link.name === "identity" && (name === "gaussian" || varianceName === "constant");
}

function isBelow(visit: Visit | null, bound: number): visit is Visit {
  return visit !== null && visit.merit <= bound;
}

function notConverged(iterations: number): Warning {
  return {
    name: "notConverged",
    message: `The fit did not settle within ${iterations} iterations: its estimates are not those of maximum likelihood. Look for separation or near-collinear columns, or raise maxIterations.`,
  };
}

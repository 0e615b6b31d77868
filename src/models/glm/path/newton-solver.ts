import { ConvergenceError } from "../../../errors.ts";
import type { GlmProblem } from "../glm-fit.ts";
import type { PathSettings } from "./column-penalty.ts";
import { correctCurvature } from "./curvature.ts";
import { newtonStep, penaltyOf } from "./newton-step.ts";
import type { NewtonStep, PenalizedModel } from "./newton-step.ts";
import { largestStrength, penaltyParts, toDesignScale } from "./path-columns.ts";
import type { PathColumns } from "./path-columns.ts";
import type { PathPoint, PathSolver } from "./path-solver.ts";
import { RefreshPolicy } from "./refresh-policy.ts";
import { columnSet, RowPasses } from "./row-passes.ts";
import type { ColumnSet } from "./row-passes.ts";
import { chooseWorkingSet } from "./working-set.ts";

/** Share of the expected decrease that a step must bring. */
const SUFFICIENT = 1e-4;
/** Rounding of the objective, as a share of it. */
const ROUNDING = 1e-12;
const MOST_HALVINGS = 40;
/** The few columns that no strength holds are fitted to this share of the tolerance: all strengths are made from where they stand. */
const FREE_SHARE = 1e-4;
/** Inner problems are solved to this share of the outer tolerance: their cost does not depend on the number of rows. */
const INNER_SHARE = 1e-2;
/** Steps shorter than this say nothing of curvature: rounding of the gradient is too large beside them. */
const SHORTEST_LESSON = 1e-9;
/** The error after a step is taken to be at least this share of the step, however well the last one was foretold; or, where signs change, */
const LEAST_RATE = 1e-2;
/** this share: the columns that come in are new to what was learned. */
const LEAST_RATE_OF_NEW = 0.05;

/**
 * Penalised likelihood of any family by Newton steps on a working set of columns. Each pass over the rows gives the exact gradient there;
 * second derivatives are taken from the rows only now and then, corrected by what each step shows, and kept from strength to strength.
 *
 * @see Yuan, Ho and Lin (2012), An improved GLMNET for L1-regularized logistic regression, jmlr.org/papers/v13/yuan12a.html.
 */
export class NewtonSolver implements PathSolver {
  readonly nullDeviance: number;
  readonly largestStrength: number;
  private readonly passes: RowPasses;
  private readonly columns: PathColumns;
  private readonly settings: PathSettings;
  private readonly policy = new RefreshPolicy();
  /** Units of the scales; zero outside the working set. */
  private readonly coefficients: Float64Array;
  /** Of half the deviance; outside the working set as it was when last looked at. */
  private readonly gradient: Float64Array;
  private halfDeviance = Number.NaN;
  private inSet: Uint8Array;
  private set: ColumnSet;
  private rest: ColumnSet | null = null;
  private hessian = new Float64Array(0);
  /** What the first step to the last strength missed; null where nothing is known. */
  private miss: Float64Array | null = null;
  private lastStrength = Number.POSITIVE_INFINITY;

  /** @param problem - its matrix that of the columns, its weights summing to 1 */
  constructor(problem: GlmProblem, columns: PathColumns, settings: PathSettings) {
    const size = columns.positions.length;
    this.columns = columns;
    this.settings = settings;
    this.passes = new RowPasses(problem);
    this.coefficients = new Float64Array(size);
    this.gradient = new Float64Array(size);
    this.inSet = new Uint8Array(size);
    this.set = columnSet(columns.matrix, new Int32Array(0));
    if (columns.intercept >= 0) this.coefficients[columns.intercept] = startOfIntercept(problem);
    this.setWorkingSet(this.inSet.map((_, j) => Number(j === columns.intercept)));
    if (!Number.isFinite(this.halfDeviance) || !this.coefficients.every(Number.isFinite)) throw noStart();
    this.settleFree();
    this.nullDeviance = 2 * this.halfDeviance;
    const isFree = columns.factors.map((factor) => Number(factor === 0));
    if (isFree.some((free, j) => free !== this.inSet[j])) {
      this.setWorkingSet(Uint8Array.from(isFree));
      this.settleFree();
    }
    this.lookAtRest();
    this.largestStrength = largestStrength(columns, this.gradient);
  }

  solve(strength: number): PathPoint {
    const before = this.passes.count;
    const { factors, l1Ratio } = this.columns;
    // Where no path leads here, the strong rule knows nothing: start from the largest strength.
    const last = Math.min(this.lastStrength, this.largestStrength);
    let bar = l1Ratio * (2 * strength - last);
    this.policy.beginStrength();
    for (;;) {
      const sizes = this.gradient.map((slope, j) => (factors[j] > 0 ? Math.abs(slope) / factors[j] : Number.POSITIVE_INFINITY));
      this.setWorkingSet(chooseWorkingSet(this.inSet, sizes, bar));
      const { solution, halfDeviance, converged } = this.descend(strength);
      this.lookAtRest();
      this.lastStrength = strength;
      if (!this.isRestAtRest(strength)) {
        bar = l1Ratio * strength;
        continue;
      }
      const coefficients = toDesignScale(this.columns, solution);
      return { coefficients, deviance: 2 * halfDeviance, iterations: this.passes.count - before, converged };
    }
  }

  /** Fits the working set without the penalised columns, and looks at where the last step ends: the largest strength depends on it. */
  private settleFree(): void {
    this.coefficients.set(this.descend(Number.POSITIVE_INFINITY, FREE_SHARE).solution);
    this.refresh();
  }

  /** Steps until the next would be shorter than the tolerance; that one is taken too, but its end is not looked at. */
  private descend(strength: number, share = 1): { solution: Float64Array; halfDeviance: number; converged: boolean } {
    const model = this.modelAt(strength);
    // Until it is known, the null deviance is that of where the search stands.
    const tolerance = share * this.settings.tolerance * Math.sqrt(this.nullDeviance ?? 2 * this.halfDeviance);
    let lastLength = Number.NaN;
    let changed = false;
    let foretold = this.coefficients;
    for (let iteration = 0; ; iteration++) {
      this.gather(model);
      const step = newtonStep(model, INNER_SHARE * tolerance);
      changed ||= step.changesSigns;
      const rate = Math.max(changed ? LEAST_RATE_OF_NEW : LEAST_RATE, iteration === 0 ? 1 : step.length / lastLength);
      const settled = step.length * Math.min(1, rate) <= tolerance;
      if (settled || iteration >= this.settings.maxIterations) {
        const solution = this.scatter(step.step);
        this.miss = iteration === 0 ? null : solution.map((value, j) => value - foretold[j]);
        return { solution, halfDeviance: this.halfDeviance + step.smoothChange, converged: settled };
      }
      if (iteration > 0 && this.policy.wantsRefresh(step.length, rate, tolerance, this.set.positions.length)) {
        this.refresh();
        continue;
      }
      lastLength = step.length;
      if (iteration === 0) foretold = this.scatter(step.step);
      if (this.advance(model, iteration === 0 ? this.amend(step, foretold) : step)) continue;
      const wasFresh = this.policy.isFresh;
      this.refresh();
      if (wasFresh) return { solution: this.coefficients.slice(), halfDeviance: this.halfDeviance, converged: false };
    }
  }

  /** A first step with what the one before it missed: along a path of even strengths the misses are much alike. */
  private amend(step: NewtonStep, foretold: Float64Array): NewtonStep {
    const { miss } = this;
    if (miss === null) return step;
    const { lower, upper } = this.columns;
    const amended = step.step.slice();
    this.set.positions.forEach((j, k) => {
      const place = foretold[j] + miss[j];
      if (foretold[j] * place > 0 && place >= lower[j] && place <= upper[j]) amended[k] += miss[j];
    });
    return { ...step, step: amended };
  }

  /** Goes along a step, halving it until the penalised function falls enough. @returns whether it did */
  private advance(model: PenalizedModel, { step, length, slope }: NewtonStep): boolean {
    const none = new Float64Array(step.length);
    const before = this.halfDeviance + penaltyOf(model, none);
    const slack = ROUNDING * Math.abs(before);
    for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
      const part = share === 1 ? step : step.map((value) => share * value);
      const pass = this.passes.evaluate(this.set, this.unscale(model.coefficients, part), false);
      const after = pass.halfDeviance + penaltyOf(model, part);
      if (!(after <= before + SUFFICIENT * share * slope + slack)) continue;
      const oldGradient = model.gradient.slice();
      this.halfDeviance = pass.halfDeviance;
      this.set.positions.forEach((j, k) => (this.coefficients[j] = model.coefficients[k] + part[k]));
      this.takeGradient(this.set, pass.score);
      this.gather(model);
      if (share * length > SHORTEST_LESSON) {
        correctCurvature(
          this.hessian,
          part,
          oldGradient.map((value, k) => model.gradient[k] - value),
        );
      }
      this.policy.stepped(share);
      return true;
    }
    return false;
  }

  /** Second derivatives from the rows. */
  private refresh(): void {
    const { positions } = this.set;
    const { scales } = this.columns;
    const m = positions.length;
    const own = Float64Array.from(positions, (j) => this.coefficients[j]);
    const pass = this.passes.evaluate(this.set, this.unscale(own, new Float64Array(m)), true);
    this.halfDeviance = pass.halfDeviance;
    this.takeGradient(this.set, pass.score);
    this.hessian = (pass.information ?? new Float64Array(m * m)).map(
      (value, k) => value / (scales[positions[Math.floor(k / m)]] * scales[positions[k % m]]),
    );
    this.policy.refreshed();
  }

  private setWorkingSet(inSet: Uint8Array): void {
    if (inSet === this.inSet) return;
    this.inSet = inSet;
    const positionsOf = (flag: number): Int32Array => Int32Array.from(Array.from(inSet.keys()).filter((j) => inSet[j] === flag));
    this.set = columnSet(this.columns.matrix, positionsOf(1));
    const others = positionsOf(0);
    this.rest = others.length === 0 ? null : columnSet(this.columns.matrix, others);
    this.refresh();
  }

  private lookAtRest(): void {
    if (this.rest !== null) this.takeGradient(this.rest, this.passes.scoreOf(this.rest));
  }

  /** Whether no column outside the working set wants to leave zero. */
  private isRestAtRest(strength: number): boolean {
    const { l1 } = penaltyParts(this.columns, strength);
    const slack = this.settings.tolerance * Math.sqrt(this.nullDeviance);
    return this.rest === null || this.rest.positions.every((j) => Math.abs(this.gradient[j]) <= l1[j] + slack);
  }

  private takeGradient({ positions }: ColumnSet, score: Float64Array): void {
    positions.forEach((j, k) => (this.gradient[j] = -score[k] / this.columns.scales[j]));
  }

  private modelAt(strength: number): PenalizedModel & { hessian: Float64Array } {
    const { lower, upper, intercept } = this.columns;
    const { positions } = this.set;
    const parts = penaltyParts(this.columns, strength);
    const of = (numbers: Float64Array): Float64Array => Float64Array.from(positions, (j) => numbers[j]);
    return {
      coefficients: of(this.coefficients),
      gradient: of(this.gradient),
      hessian: this.hessian,
      l1: of(parts.l1),
      l2: of(parts.l2),
      lower: of(lower),
      upper: of(upper),
      intercept: positions.indexOf(intercept),
    };
  }

  /** Brings a model to where the solver stands. */
  private gather(model: PenalizedModel & { hessian: Float64Array }): void {
    model.hessian = this.hessian;
    this.set.positions.forEach((j, k) => {
      model.coefficients[k] = this.coefficients[j];
      model.gradient[k] = this.gradient[j];
    });
  }

  private scatter(step: Float64Array): Float64Array {
    const solution = this.coefficients.slice();
    this.set.positions.forEach((j, k) => (solution[j] += step[k]));
    return solution;
  }

  private unscale(coefficients: Float64Array, step: Float64Array): Float64Array {
    return coefficients.map((value, k) => (value + step[k]) / this.columns.scales[this.set.positions[k]]);
  }
}

function noStart(): ConvergenceError {
  return new ConvergenceError(
    "A path starts from the model with an intercept alone, and that has no valid mean here: the response is at the end of its range in every row " +
      "(of all data, or of all but one fold), or there is no intercept. Use other data, fewer folds, or an intercept.",
  );
}

/** The link of the mean response, less the mean offset. */
function startOfIntercept({ response, weights, offset, family }: GlmProblem): number {
  let mean = 0;
  let meanOffset = 0;
  for (let i = 0; i < response.length; i++) {
    mean += weights[i] * response[i];
    if (offset !== null) meanOffset += weights[i] * offset[i];
  }
  return family.link.apply(mean) - meanOffset;
}

import type { GlmProblem } from "../glm-fit.ts";
import type { PathSettings } from "./column-penalty.ts";
import { correctCurvature } from "./curvature.ts";
import { newtonStep, penaltyOf } from "./newton-step.ts";
import type { NewtonStep, PenalizedModel } from "./newton-step.ts";
import { largestStrength, toDesignScale } from "./path-columns.ts";
import type { PathColumns } from "./path-columns.ts";
import type { PathPoint, PathSolver } from "./path-solver.ts";
import { RefreshPolicy } from "./refresh-policy.ts";
import { WorkingPoint } from "./working-point.ts";
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
/** The error after a step is taken to be at least this share of the step, however well the last one was foretold. */
const LEAST_RATE = 1e-2;
/** The same where signs have changed: the columns that come in are new to what was learned. */
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
  private readonly settings: PathSettings;
  private readonly point: WorkingPoint;
  private readonly policy = new RefreshPolicy();
  /** What the first step to the last strength missed; null where nothing is known. */
  private miss: Float64Array | null = null;
  private lastStrength = Number.POSITIVE_INFINITY;

  /**
   * @param problem - its matrix that of the columns, its weights summing to 1
   * @throws {@link ConvergenceError} where an intercept alone has no valid mean
   */
  constructor(problem: GlmProblem, columns: PathColumns, settings: PathSettings) {
    this.settings = settings;
    this.point = new WorkingPoint(problem, columns);
    this.settleFree();
    this.nullDeviance = 2 * this.point.halfDeviance;
    const isFree = columns.factors.map((factor) => Number(factor === 0));
    if (isFree.some((free, j) => free !== this.point.inSet[j])) {
      this.setWorkingSet(Uint8Array.from(isFree));
      this.settleFree();
    }
    this.point.lookAtRest();
    this.largestStrength = largestStrength(columns, this.point.gradient);
  }

  solve(strength: number): PathPoint {
    const { point, policy } = this;
    const { factors, l1Ratio } = point.columns;
    const before = point.numPasses;
    // Where no path leads here, the strong rule knows nothing: start from the largest strength.
    const last = Math.min(this.lastStrength, this.largestStrength);
    let bar = l1Ratio * (2 * strength - last);
    policy.beginStrength();
    for (;;) {
      const sizes = point.gradient.map((slope, j) => (factors[j] > 0 ? Math.abs(slope) / factors[j] : Number.POSITIVE_INFINITY));
      const hasGrown = this.setWorkingSet(chooseWorkingSet(point.inSet, sizes, bar));
      const { solution, halfDeviance, converged } = this.descend(strength);
      point.lookAtRest();
      this.lastStrength = strength;
      const isDone = point.isRestAtRest(strength, this.settings.tolerance * Math.sqrt(this.nullDeviance));
      const isStuck = bar === l1Ratio * strength && !hasGrown;
      if (isDone || isStuck) {
        const coefficients = toDesignScale(point.columns, solution);
        return { coefficients, deviance: 2 * halfDeviance, iterations: point.numPasses - before, converged: converged && isDone };
      }
      bar = l1Ratio * strength;
    }
  }

  /** @returns whether it is another one than before */
  private setWorkingSet(inSet: Uint8Array): boolean {
    if (inSet === this.point.inSet) return false;
    this.point.setWorkingSet(inSet);
    this.policy.refreshed();
    return true;
  }

  private refresh(): void {
    this.point.refresh();
    this.policy.refreshed();
  }

  /** Fits the working set without the penalised columns, and looks at where the last step ends: the largest strength depends on it. */
  private settleFree(): void {
    this.point.coefficients.set(this.descend(Number.POSITIVE_INFINITY, FREE_SHARE).solution);
    this.refresh();
  }

  /** Steps until the next would be shorter than the tolerance; that one is taken too, but its end is not looked at. */
  private descend(strength: number, share = 1): { solution: Float64Array; halfDeviance: number; converged: boolean } {
    const { point, policy } = this;
    // Until it is known, the null deviance is that of where the search stands.
    const tolerance = share * this.settings.tolerance * Math.sqrt(this.nullDeviance ?? 2 * point.halfDeviance);
    let lastLength = Number.NaN;
    let changed = false;
    let foretold = point.coefficients;
    for (let iteration = 0; ; iteration++) {
      const model = point.modelAt(strength);
      const step = newtonStep(model, INNER_SHARE * tolerance);
      changed ||= step.changesSigns;
      const rate = Math.max(changed ? LEAST_RATE_OF_NEW : LEAST_RATE, iteration === 0 ? 1 : step.length / lastLength);
      const settled = step.length * Math.min(1, rate) <= tolerance;
      if (settled || iteration >= this.settings.maxIterations) {
        const solution = point.endOf(step.step);
        this.miss = iteration === 0 ? null : solution.map((value, j) => value - foretold[j]);
        return { solution, halfDeviance: point.halfDeviance + step.smoothChange, converged: settled };
      }
      if (iteration > 0 && policy.wantsRefresh(step.length, rate, tolerance, point.setSize)) {
        this.refresh();
        continue;
      }
      lastLength = step.length;
      if (iteration === 0) foretold = point.endOf(step.step);
      if (this.advance(model, iteration === 0 ? this.amend(step, foretold) : step)) continue;
      const wasFresh = policy.isFresh;
      this.refresh();
      if (wasFresh) return { solution: point.coefficients.slice(), halfDeviance: point.halfDeviance, converged: false };
    }
  }

  /** A first step with what the one before it missed: along a path of even strengths the misses are much alike. */
  private amend(step: NewtonStep, foretold: Float64Array): NewtonStep {
    const { miss, point } = this;
    if (miss === null) return step;
    const { lower, upper } = point.columns;
    const amends = miss.map((value, j) => {
      const place = foretold[j] + value;
      return foretold[j] * place > 0 && place >= lower[j] && place <= upper[j] ? value : 0;
    });
    const ofSet = point.gather(amends);
    return { ...step, step: step.step.map((value, k) => value + ofSet[k]) };
  }

  /** Goes along a step, halving it until the penalised function falls enough. @returns whether it did */
  private advance(model: PenalizedModel, { step, length, slope }: NewtonStep): boolean {
    const { point } = this;
    const before = point.halfDeviance + penaltyOf(model, new Float64Array(step.length));
    const slack = ROUNDING * Math.abs(before);
    for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
      const part = share === 1 ? step : step.map((value) => share * value);
      const pass = point.evaluate(part);
      const after = pass.halfDeviance + penaltyOf(model, part);
      if (!(after <= before + SUFFICIENT * share * slope + slack)) continue;
      const change = point.moveTo(part, pass);
      if (share * length > SHORTEST_LESSON) correctCurvature(point.hessian, part, change);
      this.policy.stepped(share);
      return true;
    }
    return false;
  }
}

import { ConvergenceError } from "../../../errors.ts";
import type { GlmProblem } from "../glm-fit.ts";
import type { PenalizedModel } from "./newton-step.ts";
import { penaltyParts } from "./path-columns.ts";
import type { PathColumns } from "./path-columns.ts";
import { columnSet, RowPasses } from "./row-passes.ts";
import type { ColumnSet, RowPass } from "./row-passes.ts";

/**
 * Where a search for penalised coefficients stands, and what is known there: the deviance and its derivatives by a working set of columns.
 * Numbers are in units of the scales; coefficients outside the set are zero.
 */
export class WorkingPoint {
  readonly columns: PathColumns;
  readonly coefficients: Float64Array;
  /** Of half the deviance; outside the working set as it was when last looked at. */
  readonly gradient: Float64Array;
  /** Of half the deviance, over the set: m × m. From the rows at the last refresh, corrected since. */
  hessian: Float64Array = new Float64Array(0);
  halfDeviance: number = Number.NaN;
  /** Which columns are in the set. */
  inSet: Uint8Array;
  private readonly passes: RowPasses;
  private set: ColumnSet;
  private rest: ColumnSet | null = null;

  /** Stands at the intercept alone. @throws {@link ConvergenceError} where that has no valid mean */
  constructor(problem: GlmProblem, columns: PathColumns) {
    const size = columns.positions.length;
    this.columns = columns;
    this.passes = new RowPasses(problem);
    this.coefficients = new Float64Array(size);
    this.gradient = new Float64Array(size);
    this.inSet = new Uint8Array(size);
    this.set = columnSet(columns.matrix, new Int32Array(0));
    if (columns.intercept >= 0) this.coefficients[columns.intercept] = startOfIntercept(problem);
    this.setWorkingSet(this.inSet.map((_, j) => Number(j === columns.intercept)));
    if (!Number.isFinite(this.halfDeviance) || !this.coefficients.every(Number.isFinite)) throw noStart();
  }

  /** Passes over the rows so far. */
  get numPasses(): number {
    return this.passes.count;
  }

  /** Columns in the set. */
  get setSize(): number {
    return this.set.positions.length;
  }

  /** Second derivatives from the rows. */
  refresh(): void {
    const { positions } = this.set;
    const { scales } = this.columns;
    const m = positions.length;
    const pass = this.passes.evaluate(this.set, this.unscale(new Float64Array(m)), true);
    this.halfDeviance = pass.halfDeviance;
    this.takeGradient(this.set, pass.score);
    this.hessian = (pass.information ?? new Float64Array(m * m)).map(
      (value, k) => value / (scales[positions[Math.floor(k / m)]] * scales[positions[k % m]]),
    );
  }

  setWorkingSet(inSet: Uint8Array): void {
    this.inSet = inSet;
    const positionsOf = (flag: number): Int32Array => Int32Array.from(Array.from(inSet.keys()).filter((j) => inSet[j] === flag));
    this.set = columnSet(this.columns.matrix, positionsOf(1));
    const others = positionsOf(0);
    this.rest = others.length === 0 ? null : columnSet(this.columns.matrix, others);
    this.refresh();
  }

  /** The gradient outside the set, where the last pass stood. */
  lookAtRest(): void {
    if (this.rest !== null) this.takeGradient(this.rest, this.passes.scoreOf(this.rest));
  }

  /** Whether no column outside the set wants to leave zero at a strength. @param slack - of the gradient */
  isRestAtRest(strength: number, slack: number): boolean {
    const { l1 } = penaltyParts(this.columns, strength);
    return this.rest === null || this.rest.positions.every((j) => Math.abs(this.gradient[j]) <= l1[j] + slack);
  }

  /** The penalised function near the point, over the set. */
  modelAt(strength: number): PenalizedModel {
    const { lower, upper, intercept } = this.columns;
    const parts = penaltyParts(this.columns, strength);
    return {
      coefficients: this.gather(this.coefficients),
      gradient: this.gather(this.gradient),
      hessian: this.hessian,
      l1: this.gather(parts.l1),
      l2: this.gather(parts.l2),
      lower: this.gather(lower),
      upper: this.gather(upper),
      intercept: this.set.positions.indexOf(intercept),
    };
  }

  /** A pass over the rows at the end of a step. */
  evaluate(step: Float64Array): RowPass {
    return this.passes.evaluate(this.set, this.unscale(step), false);
  }

  /** Goes to the end of a step that was evaluated last. @returns how the gradient over the set changed */
  moveTo(step: Float64Array, pass: RowPass): Float64Array {
    const before = this.gather(this.gradient);
    this.halfDeviance = pass.halfDeviance;
    this.set.positions.forEach((j, k) => (this.coefficients[j] += step[k]));
    this.takeGradient(this.set, pass.score);
    return this.gather(this.gradient).map((value, k) => value - before[k]);
  }

  /** All coefficients at the end of a step. */
  endOf(step: Float64Array): Float64Array {
    const end = this.coefficients.slice();
    this.set.positions.forEach((j, k) => (end[j] += step[k]));
    return end;
  }

  /** Of one number a column, those of the set. */
  gather(numbers: Float64Array): Float64Array {
    return Float64Array.from(this.set.positions, (j) => numbers[j]);
  }

  private takeGradient({ positions }: ColumnSet, score: Float64Array): void {
    positions.forEach((j, k) => (this.gradient[j] = -score[k] / this.columns.scales[j]));
  }

  private unscale(step: Float64Array): Float64Array {
    return Float64Array.from(this.set.positions, (j, k) => (this.coefficients[j] + step[k]) / this.columns.scales[j]);
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

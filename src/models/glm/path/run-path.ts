import type { FamilyName } from "../../families/family.ts";
import type { PathPoint, PathSolver } from "./path-solver.ts";
import { isPathDone, strengthSequence } from "./strengths.ts";
import type { PathStopping } from "./strengths.ts";

/** Which strengths to fit: given ones, all of them; or a number of them down from the largest, until nothing more is gained. */
export type StrengthPlan =
  | { readonly strengths: Float64Array }
  | { readonly numStrengths: number; readonly smallestRatio: number; readonly stopping: PathStopping; readonly startsAtZero: boolean };

/** A path as a solver gives it. */
export interface RunPath {
  readonly strengths: Float64Array;
  readonly points: readonly PathPoint[];
  /** Share of the null deviance explained at each strength. */
  readonly devianceRatio: Float64Array;
}

/** Fits one strength after the other. */
export function runPath(solver: PathSolver, plan: StrengthPlan, family: FamilyName): RunPath {
  const strengths = "strengths" in plan ? plan.strengths : ownStrengths(solver, plan);
  const stopping = "strengths" in plan ? null : plan.stopping;
  // The column about to enter there is at zero by definition; rounding must not let it in.
  const startsAtZero = "strengths" in plan ? false : plan.startsAtZero;
  const points: PathPoint[] = [];
  const ratios: number[] = [];
  for (const strength of strengths) {
    const isAtZero = startsAtZero && points.length === 0 && strength > 0;
    const point = solver.solve(isAtZero ? Number.POSITIVE_INFINITY : strength);
    points.push(point);
    ratios.push(solver.nullDeviance > 0 ? 1 - point.deviance / solver.nullDeviance : 0);
    if (stopping !== null && isPathDone(ratios, family, stopping)) break;
  }
  return { strengths: strengths.slice(0, points.length), points, devianceRatio: Float64Array.from(ratios) };
}

/** Where no column has anything to say there is one strength, 0. */
function ownStrengths({ largestStrength }: PathSolver, plan: { numStrengths: number; smallestRatio: number }): Float64Array {
  return largestStrength > 0 ? strengthSequence(largestStrength, plan.smallestRatio, plan.numStrengths) : Float64Array.of(0);
}

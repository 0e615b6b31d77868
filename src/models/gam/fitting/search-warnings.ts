import type { Warning } from "../../../errors.ts";
import { listNames } from "../../../errors.ts";
import { termTraces, type Evaluation } from "./evaluation.ts";
import type { PenaltySystem } from "./penalty-system.ts";

/** Smoothing parameters on which the criterion no longer depends. */
export interface IdleParameters {
  /** The penalty holds its directions down altogether. */
  readonly atInfinity: readonly number[];
  /** The criterion does not tell. */
  readonly flat: readonly number[];
}

/** A criterion that bends less than this, in units of the log-likelihood, no longer tells a parameter. */
const FLAT = 1e-5;
/** The share of its directions that a penalty holds down at infinity. */
const HELD = 0.99;

export function findIdle({ numParameters }: PenaltySystem, { place, gradient, hessian }: Evaluation): IdleParameters {
  const { frame, curvature } = place;
  const size = gradient.length;
  const traces = termTraces(curvature.inverse, frame);
  const idle = Array.from({ length: numParameters }, (_, k) => k).filter((k) => Math.abs(hessian[k * size + k]) < FLAT);
  const isHeld = (parameter: number): boolean =>
    frame.terms.every((term, k) => term.parameter !== parameter || traces[k] >= HELD * frame.slopes[k]);
  return { atInfinity: idle.filter(isHeld), flat: idle.filter((k) => !isHeld(k)) };
}

/** What a user should know of how the search ended. */
export function describeSearch(
  system: PenaltySystem,
  { atInfinity, flat, converged, iterations }: IdleParameters & { readonly converged: boolean; readonly iterations: number },
): Warning[] {
  const warnings: Warning[] = [];
  if (!converged) {
    warnings.push({
      name: "notConverged",
      message: `The smoothing parameters did not settle within ${iterations} iterations: the fit may be too rough or too smooth. Raise maxIterations, or look for terms that explain the same.`,
    });
  }
  if (system.confounded.length > 0) {
    const subjects = system.confounded;
    warnings.push({
      name: "confounded",
      message: `What penalties leave free of ${listNames(subjects)}, such as a straight line, is a part of other terms as well and was left to them: which term it belongs to cannot be told. Take one of the terms out, or give the smooth a basis with shrinkage.`,
      subjects,
    });
  }
  if (atInfinity.length > 0) {
    const subjects = labelsOf(system, atInfinity);
    warnings.push({
      name: "smoothingAtInfinity",
      message: `The data ask for no wiggle at all along a penalty of ${listNames(subjects)}: what it penalizes is fitted as 0. A simpler term would fit as well.`,
      subjects,
    });
  }
  if (flat.length > 0) {
    const subjects = labelsOf(system, flat);
    warnings.push({
      name: "flatCriterion",
      message: `The criterion hardly depends on the smoothing of ${listNames(subjects)}: its value is arbitrary within wide bounds.`,
      subjects,
    });
  }
  return warnings;
}

/** Labels of the blocks that have any of these parameters. */
function labelsOf({ blocks }: PenaltySystem, parameters: readonly number[]): string[] {
  return blocks.filter(({ penalties }) => penalties.some(({ parameter }) => parameters.includes(parameter))).map(({ label }) => label);
}

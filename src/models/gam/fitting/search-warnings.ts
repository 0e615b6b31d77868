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

/** A slope of the criterion by log λ, in units of the log-likelihood, that says where to go on. */
const STEEP = 1e-4;

/** Smoothing parameters that a search has left before it was done with them. */
export function findSteep({ numParameters }: PenaltySystem, { gradient }: Evaluation): number[] {
  return Array.from({ length: numParameters }, (_, k) => k).filter((k) => !(Math.abs(gradient[k]) < STEEP));
}

/** How far a search that did not settle came. */
export interface SearchEnding {
  readonly iterations: number;
  readonly maxIterations: number;
  /** Whether the response is fitted all but exactly. */
  readonly isExact: boolean;
  /** Smoothing parameters along which the criterion still falls. */
  readonly steep: readonly number[];
}

/** What a user should know of how the search ended. */
export function describeSearch(
  system: PenaltySystem,
  { atInfinity, flat, converged, ...ending }: IdleParameters & SearchEnding & { readonly converged: boolean },
): Warning[] {
  const unsettled = labelsOf(system, ending.steep);
  const warnings: Warning[] = converged
    ? []
    : [
        {
          name: "notConverged",
          message:
            describeEnding(ending) +
            (unsettled.length > 0 ? ` The criterion still has a slope along the smoothing of ${listNames(unsettled)}.` : ""),
          ...(unsettled.length > 0 ? { subjects: unsettled } : {}),
        },
      ];
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
    warnings.push({ name: "smoothingAtInfinity", message: describeInfinity(system, atInfinity), subjects });
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

/** Of a smooth with several penalties one at infinity takes a part away; the rest may well bend. */
function describeInfinity({ blocks }: PenaltySystem, atInfinity: readonly number[]): string {
  const isHeld = ({ parameter }: { readonly parameter: number }): boolean => atInfinity.includes(parameter);
  const held = blocks.filter(({ penalties }) => penalties.some(isHeld));
  const [whole, part] = [true, false].map((isWhole) =>
    held.filter(({ penalties }) => penalties.every(isHeld) === isWhole).map(({ label }) => label),
  );
  const sentences = [
    whole.length === 0
      ? ""
      : `The data ask for no wiggle at all in ${listNames(whole)}: what its penalty is about is fitted as 0, and a simpler term would fit as well.`,
    part.length === 0
      ? ""
      : `One of several penalties of ${listNames(part)} is as strong as can be: the part of the smooth that it is about is fitted as 0, the rest as the data ask.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function describeEnding({ iterations, maxIterations, isExact }: SearchEnding): string {
  if (iterations >= maxIterations) {
    const steps = `${iterations} iteration${iterations === 1 ? "" : "s"}`;
    return `The smoothing parameters did not settle within ${steps}: the fit may be too rough or too smooth. Raise maxIterations, or look for terms that explain the same.`;
  }
  if (isExact) {
    return "The terms fit the response exactly, to all its digits: nothing is left over to choose the smoothing by, and standard errors mean nothing. Look for a term that the response was computed from.";
  }
  return "The search for smoothing parameters ended where no step lowers the criterion by more than its rounding, though its slope is not 0: the fit may be too rough or too smooth. Look for a covariate with a few values far from the others, which a logarithm brings nearer, and for terms that explain the same.";
}

/** Labels of the blocks that have any of these parameters. */
function labelsOf({ blocks }: PenaltySystem, parameters: readonly number[]): string[] {
  return blocks.filter(({ penalties }) => penalties.some(({ parameter }) => parameters.includes(parameter))).map(({ label }) => label);
}

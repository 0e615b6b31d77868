import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import type { Design, DesignRecipe, DesignTerm, RecipeVariable } from "../../table/index.ts";
import { checkRecord } from "./check-record.ts";
import type { LinearConstraints } from "./fitting/curvature.ts";
import type { ConstraintOptions } from "./glm-options.ts";

/** One inequality: Σ share × coefficient ≥ bound, of the coefficients at some positions. */
interface Inequality {
  readonly shares: readonly (readonly [position: number, share: number])[];
  readonly bound: number;
}

/**
 * Bounds and monotone terms as linear inequalities on the coefficients of a design.
 *
 * Monotone are: the sign of a number's coefficient; the order of a factor's level effects, the reference level's 0 among them; the order of a
 * B-spline's coefficients (which makes a curve monotone, though some monotone curves break it).
 *
 * @throws {@link InputError} for names that are not in the model, bounds that contradict each other, and terms of which this cannot be asked
 * @see de Boor (2001), A Practical Guide to Splines, chapter XI: the spline varies no more often than its coefficients.
 */
export function readConstraints(
  call: string,
  options: ConstraintOptions,
  design: Pick<Design, "columnNames">,
  recipe: Pick<DesignRecipe, "terms" | "variables">,
): LinearConstraints {
  refuseUnknownOptions(call, options, ["bounds", "monotone"]);
  const { bounds = {}, monotone = {} } = options;
  checkRecord(call, "constraints.bounds", bounds, "[low, high] by coefficient");
  checkRecord(call, "constraints.monotone", monotone, '"increasing" or "decreasing" by term');
  const inequalities = [
    ...Object.entries(bounds).flatMap(([name, bound]) => boundsOf(call, name, bound, design.columnNames)),
    ...Object.entries(monotone).flatMap(([label, direction]) => monotoneOf(call, label, direction, recipe)),
  ];
  const p = design.columnNames.length;
  const matrix = new Float64Array(inequalities.length * p);
  inequalities.forEach(({ shares }, i) => shares.forEach(([position, share]) => (matrix[i * p + position] = share)));
  return { matrix, bounds: Float64Array.from(inequalities, ({ bound }) => bound) };
}

function boundsOf(call: string, name: string, bound: unknown, columnNames: readonly string[]): Inequality[] {
  const position = columnNames.indexOf(name);
  if (position < 0) throw unknownName(call, "constraints.bounds", "made of names of coefficients", name, columnNames);
  const [low, high] = readBound(call, `constraints.bounds[${JSON.stringify(name)}]`, bound);
  return [
    ...(low > Number.NEGATIVE_INFINITY ? [{ shares: [[position, 1]] as const, bound: low }] : []),
    ...(high < Number.POSITIVE_INFINITY ? [{ shares: [[position, -1]] as const, bound: -high }] : []),
  ];
}

/** A pair of numbers, the first not above the second; infinite where open. @throws {@link InputError} */
export function readBound(call: string, argument: string, bound: unknown): readonly [low: number, high: number] {
  const isPair = Array.isArray(bound) && bound.length === 2 && bound.every((value) => typeof value === "number");
  const [low, high] = isPair ? (bound as [number, number]) : [Number.NaN, Number.NaN];
  if (low <= high && low < Number.POSITIVE_INFINITY && high > Number.NEGATIVE_INFINITY) return [low, high];
  throw new InputError({
    call,
    argument,
    expected: "[low, high], two numbers, the first not above the second",
    received: isPair ? `[${low}, ${high}]` : describeReceived(bound),
    mend: "Use Infinity or -Infinity for an open end.",
  });
}

function monotoneOf(
  call: string,
  label: string,
  direction: unknown,
  { terms, variables }: Pick<DesignRecipe, "terms" | "variables">,
): Inequality[] {
  const argument = `constraints.monotone[${JSON.stringify(label)}]`;
  if (direction !== "increasing" && direction !== "decreasing") {
    const mend = "Say which way the effect may go.";
    throw new InputError({ call, argument, expected: '"increasing" or "decreasing"', received: describeReceived(direction), mend });
  }
  const labels = terms.filter(({ factors }) => factors.length > 0).map((term) => term.label);
  const term = terms.find((candidate) => candidate.label === label && candidate.factors.length > 0);
  if (term === undefined) throw unknownName(call, "constraints.monotone", "made of labels of terms", label, labels);
  const variable = variables.find((candidate) => candidate.label === term.factors[0]);
  const inOthers = terms.filter((other) => other !== term && other.factors.includes(term.factors[0])).map((other) => other.label);
  const refuse = (expected: string, received: string, mend: string): InputError =>
    new InputError({ call, argument, expected, received, mend });
  if (term.factors.length > 1 || inOthers.length > 0 || variable === undefined) {
    const received = term.factors.length > 1 ? "an interaction" : `a term that is also part of ${listNames(inOthers)}`;
    throw refuse(
      "the label of a main effect that is in no interaction",
      received,
      "Leave the interaction out of the formula, or the constraint.",
    );
  }
  const effects = effectsInOrder(term, variable);
  if (typeof effects === "string") {
    const mend = "Use a number, a factor with treatment contrasts, or bs().";
    throw refuse("the label of a term whose coefficients say which way it goes", effects, mend);
  }
  const sign = direction === "increasing" ? 1 : -1;
  return effects.slice(1).flatMap((effect, k) => risesFrom(effects[k], effect, sign));
}

/**
 * Positions of the coefficients that must be in order, `null` standing for an effect that is 0 by definition; or what the term is, in words,
 * where its coefficients do not tell.
 */
function effectsInOrder({ positions, codings }: DesignTerm, variable: RecipeVariable): (number | null)[] | string {
  if (variable.kind === "numeric") return [null, positions[0]];
  if (variable.kind === "factor") {
    if (codings[0] === "indicators") return [...positions];
    if (variable.contrast !== "treatment") return `a factor with ${variable.contrast} contrasts`;
    return variable.levels.map((_, level) => {
      if (level === variable.reference) return null;
      return positions[level < variable.reference ? level : level - 1];
    });
  }
  if (variable.kind === "smooth") return "a smooth";
  const { basis } = variable;
  if (basis.kind === "bSpline") return basis.intercept ? [...positions] : [null, ...positions];
  if (positions.length === 1) return [null, positions[0]];
  return basis.kind === "naturalSpline" ? "a natural spline" : "a polynomial";
}

function risesFrom(lower: number | null, upper: number | null, sign: number): Inequality[] {
  const shares: (readonly [number, number])[] = [];
  if (upper !== null) shares.push([upper, sign]);
  if (lower !== null) shares.push([lower, -sign]);
  return [{ shares, bound: 0 }];
}

/** An error for a name that the model does not have, with those most like it. */
export function unknownName(call: string, argument: string, expected: string, name: string, known: readonly string[]): InputError {
  const near = nearestNames(name, known);
  const mend = near.length > 0 ? `Did you mean ${listNames(near)}?` : `The model has ${listNames(known)}.`;
  return new InputError({ call, argument, expected, received: JSON.stringify(name), mend });
}

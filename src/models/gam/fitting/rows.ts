import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { ParameterSums, SlopeSums, WorkingSums } from "../../glm/fitting/pass.ts";
import type { PenaltySystem } from "./penalty-system.ts";

/** Sums over the rows at one place, in working coordinates. They do not depend on smoothing parameters. */
export interface Visit {
  /** With its own parameters, if it has some. */
  readonly family: Family;
  /** Null at the family's start means, where `score` is the right-hand side whose solution is the first estimate. */
  readonly coefficients: Float64Array | null;
  readonly deviance: number;
  readonly pearson: number;
  readonly score: Float64Array;
  /** X'WX; width × width. */
  readonly gram: Float64Array;
  /** Of the observed instead of the expected information. */
  readonly observed: boolean;
}

/** The log-likelihood of the saturated model, with its derivatives by log dispersion. */
export type Saturated = SlopeSums["saturated"];

/** Sums over rows, in working coordinates. */
export interface RowSource {
  readonly family: Family;
  readonly system: PenaltySystem;
  /** Whether X'WX is the same everywhere, so that sums at one place give those at all others. */
  readonly isConstant: boolean;
  /** @param coefficients in working coordinates; null: at the start means */
  visit(coefficients: Float64Array | null, observed: boolean): PassSteps<Visit>;
  /**
   * X'(h dW/dη), with h = x'Px of each row, in working coordinates; and the saturated likelihood.
   * @param inverse P in working coordinates
   */
  slope(visit: Pick<Visit, "coefficients" | "observed">, inverse: Float64Array, dispersion: number): PassSteps<Slopes>;
}

/** How sums over the rows change, in working coordinates. */
export interface Slopes {
  /** X'(h dW/dη). */
  readonly product: Float64Array;
  readonly saturated: Saturated;
  /** By the family's own parameters, if those are sought. */
  readonly byParameters: ParameterSums | null;
}

/** Asks for sums over the rows; remembers what does not change. */
export class Rows implements RowSource {
  readonly family: Family;
  readonly system: PenaltySystem;
  readonly isConstant: boolean;
  #base: Visit | null = null;
  readonly #steps: { count: number };
  readonly #seeksParameters: boolean;
  #saturated: { readonly logDispersion: number; readonly sums: Saturated } | null = null;

  /** @param options `seeksParameters`: whether slopes are to tell of the family's own parameters; `steps`: where steps are counted */
  constructor(
    family: Family,
    system: PenaltySystem,
    { seeksParameters = false, steps = { count: 0 } }: { readonly seeksParameters?: boolean; readonly steps?: { count: number } } = {},
  ) {
    this.family = family;
    this.system = system;
    this.isConstant = hasConstantInformation(family);
    this.#seeksParameters = seeksParameters;
    this.#steps = steps;
  }

  /** The same rows under other parameters of the family. */
  withFamily(family: Family, seeksParameters: boolean): Rows {
    return new Rows(family, this.system, { seeksParameters, steps: this.#steps });
  }

  /** The same rows in other coordinates. What is known of them is kept where all coefficients are free here and one reading tells all. */
  restrict(system: PenaltySystem): Rows {
    const restricted = new Rows(this.family, system, { seeksParameters: this.#seeksParameters, steps: this.#steps });
    const base = this.#base;
    if (base?.coefficients && this.system.width === this.system.size) {
      const { coordinates: here } = this.system;
      const { coordinates: there } = system;
      const origin = there.multiplyTransposed(here.multiply(base.coefficients));
      const moved = moveWithin(base, here.multiplyTransposed(there.multiply(origin)));
      const score = there.multiplyTransposed(here.multiply(moved.score));
      restricted.#base = { ...moved, coefficients: origin, score, gram: there.enclose(here.expand(base.gram)) };
    }
    restricted.#saturated = this.#saturated;
    return restricted;
  }

  /** How many places were visited, rows read or not. */
  get steps(): number {
    return this.#steps.count;
  }

  *visit(coefficients: Float64Array | null, observed: boolean): PassSteps<Visit> {
    this.#steps.count++;
    const base = this.#base;
    if (coefficients && base?.coefficients) return moveWithin(base, coefficients);
    const { coordinates } = this.system;
    const sums = (yield {
      kind: "working",
      coefficients: coefficients && coordinates.multiply(coefficients),
      family: this.family,
      observed,
      curvature: base ? "none" : "gram",
      firth: null,
    }) as WorkingSums;
    const visit = {
      family: this.family,
      coefficients,
      deviance: sums.deviance,
      pearson: sums.pearson,
      score: coordinates.multiplyTransposed(sums.score),
      gram: base ? base.gram : coordinates.enclose(sums.gram as Float64Array),
      observed: observed && coefficients !== null,
    };
    if (this.isConstant) this.#base = visit;
    return visit;
  }

  *slope(
    { coefficients, observed }: Pick<Visit, "coefficients" | "observed">,
    inverse: Float64Array,
    dispersion: number,
  ): PassSteps<Slopes> {
    const { coordinates, width } = this.system;
    const known = this.#recall(dispersion);
    if (known && this.isConstant) return { product: new Float64Array(width), saturated: known, byParameters: null };
    const sums = (yield {
      kind: "slope",
      coefficients: coordinates.multiply(coefficients as Float64Array),
      family: this.family,
      inverse: this.isConstant ? null : coordinates.expand(inverse),
      observed,
      dispersion,
      byParameters: this.#seeksParameters,
    }) as SlopeSums;
    this.#saturated = { logDispersion: Math.log(dispersion), sums: sums.saturated };
    const { byParameters } = sums;
    const score = byParameters?.score.map((values) => coordinates.multiplyTransposed(values)) ?? [];
    return {
      product: coordinates.multiplyTransposed(sums.product),
      saturated: sums.saturated,
      byParameters: byParameters && { ...byParameters, score },
    };
  }

  /** Where the likelihood is linear in the log dispersion, as for normal responses, one value gives all others. */
  #recall(dispersion: number): Saturated | null {
    if (!this.#saturated) return null;
    const { logDispersion, sums } = this.#saturated;
    const [value, first, second] = sums;
    if (Math.log(dispersion) === logDispersion) return sums;
    return second === 0 ? [value + first * (Math.log(dispersion) - logDispersion), first, second] : null;
  }
}

/** The deviance is quadratic, and what is added to that of a place near the estimates is small: no digits are lost. */
export function moveWithin(base: Visit, coefficients: Float64Array): Visit {
  const { gram, score: from } = base;
  const origin = base.coefficients as Float64Array;
  const size = origin.length;
  const score = from.slice();
  let deviance = base.deviance;
  for (let i = 0; i < size; i++) {
    const step = coefficients[i] - origin[i];
    let pull = 0;
    for (let j = 0; j < size; j++) pull += gram[i * size + j] * (coefficients[j] - origin[j]);
    score[i] -= pull;
    deviance += step * (pull - 2 * from[i]);
  }
  return { ...base, coefficients, deviance, pearson: deviance, score };
}

/** Whether the information is the same for all coefficients. */
function hasConstantInformation({ link, name, varianceName }: Family): boolean {
  return link.name === "identity" && (name === "gaussian" || varianceName === "constant");
}

import type { BlockProducts } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { GlmProblem } from "../glm-fit.ts";

/** Where a pass looks at the rows. */
interface Place {
  readonly coefficients: Float64Array | null;
  readonly family: Family;
  readonly observed: boolean;
}

/** Linear predictors (offset included) and means, one each a row. */
export interface FittedRowNumbers {
  readonly linearPredictor: Float64Array;
  readonly mean: Float64Array;
}

/** Fills the linear predictors of the panel that `products` stands on. @param offset - of the panel's rows */
export function computePanelPredictor(
  products: BlockProducts,
  coefficients: Float64Array,
  offset: Float64Array | null,
  { count, linearPredictor }: { readonly count: number; readonly linearPredictor: Float64Array },
): void {
  products.multiply(coefficients, linearPredictor);
  if (offset) for (let i = 0; i < count; i++) linearPredictor[i] += offset[i];
}

/** The means, information and score of one panel of rows after another, in buffers that are used again. */
export class PanelRows {
  readonly information: Float64Array;
  readonly score: Float64Array;
  readonly #linearPredictor: Float64Array;
  readonly #mean: Float64Array;
  readonly #problem: GlmProblem;
  readonly #products: BlockProducts;
  readonly #place: Place;
  #start = 0;
  readonly #record: FittedRowNumbers | null;
  #count = 0;

  /** @param record where linear predictors and means of all rows are to be kept */
  constructor(problem: GlmProblem, products: BlockProducts, place: Place, record: FittedRowNumbers | null = null) {
    const size = products.panelRows;
    this.information = new Float64Array(size);
    this.score = new Float64Array(size);
    this.#linearPredictor = new Float64Array(size);
    this.#mean = new Float64Array(size);
    this.#problem = problem;
    this.#products = products;
    this.#place = place;
    this.#record = record;
  }

  /**
   * Computes the rows from `start` up to `end`. Without coefficients the start means are used, and `score` is then the right-hand side whose
   * solution is the first estimate.
   * @returns their deviance
   */
  move(start: number, end: number): number {
    const { family, coefficients, observed } = this.#place;
    const offset = this.#problem.offset?.subarray(start, end) ?? null;
    const response = this.#problem.response.subarray(start, end);
    const weights = this.#problem.weights.subarray(start, end);
    const linearPredictor = this.#linearPredictor;
    this.#start = start;
    this.#count = end - start;
    this.#products.movePanel(start, end);
    if (coefficients) computePanelPredictor(this.#products, coefficients, offset, { count: this.#count, linearPredictor });
    else {
      for (let i = 0; i < this.#count; i++) linearPredictor[i] = family.link.apply(family.startMean(response[i], weights[i]));
    }
    const { information, score } = this;
    const deviance = family.work({
      count: this.#count,
      response,
      linearPredictor,
      weights,
      mean: this.#mean,
      information,
      score,
      observed: observed && coefficients !== null,
    });
    if (!coefficients) this.#addStart(offset);
    else if (this.#record) {
      this.#record.linearPredictor.set(linearPredictor.subarray(0, this.#count), start);
      this.#record.mean.set(this.#mean.subarray(0, this.#count), start);
    }
    return deviance;
  }

  /** Σ weight (y − mean)² / variance of the panel: score² / information. Only where the information is the expected one. */
  pearson(): number {
    let sum = 0;
    for (let i = 0; i < this.#count; i++) if (this.information[i] > 0) sum += (this.score[i] * this.score[i]) / this.information[i];
    return sum;
  }

  /**
   * Adds the slope of Jeffreys' prior to the score: half the leverage times the relative change of the information,
   * `½ h (2 (d²μ/dη²) / (dμ/dη) − V'(μ) (dμ/dη) / V(μ))`. With a canonical link this is Firth's correction of the bias.
   * @param quadratics `x' S x` of the rows, with S the inverse of the information
   * @see Firth (1993), doi:10.1093/biomet/80.1.27; Kosmidis and Firth (2021), doi:10.1093/biomet/asaa052
   */
  addFirth(quadratics: Float64Array): void {
    const { family } = this.#place;
    const weights = this.#problem.weights.subarray(this.#start);
    for (let i = 0; i < this.#count; i++) {
      const slope = family.link.slope(this.#linearPredictor[i]);
      if (!(this.information[i] > 0) || slope === 0) continue;
      const leverage = this.information[i] * quadratics[i];
      const ofSlope = family.link.curvature(this.#linearPredictor[i]) / slope;
      // slope / V(μ), of what keeps its digits where V is all but 0.
      const ratio = this.information[i] / (weights[i] * slope);
      const ofVariance = family.varianceSlope(this.#mean[i]) * ratio;
      this.score[i] += 0.5 * leverage * (2 * ofSlope - ofVariance);
    }
  }

  /** Adds W (η − offset) to the score, so that solving gives coefficients and not a step. */
  #addStart(offset: Float64Array | null): void {
    for (let i = 0; i < this.#count; i++) {
      this.score[i] += this.information[i] * (this.#linearPredictor[i] - (offset ? offset[i] : 0));
    }
  }
}

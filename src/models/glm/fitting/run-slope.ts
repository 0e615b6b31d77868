import type { BlockProducts } from "../../../numeric/index.ts";
import type { Family, ParameterLikelihood } from "../../families/family.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { computePanelPredictor } from "./panel-rows.ts";
import type { ParameterSums, SlopeRequest, SlopeSums } from "./pass.ts";

/** The sums of a {@link SlopeRequest} over one block of rows. The products must stand at their reset. */
export function runSlope(problem: GlmProblem, products: BlockProducts, request: SlopeRequest): SlopeSums {
  const { matrix, response, weights, offset } = problem;
  const { family, coefficients, inverse, observed, dispersion } = request;
  const frequencies = problem.frequencies ?? null;
  const saturated = family.saturated({ response, weights, frequencies, dispersion });
  if (!inverse) return { kind: "slope", product: new Float64Array(matrix.numColumns), saturated, byParameters: null };
  const linearPredictor = new Float64Array(products.panelRows);
  const quadratics = new Float64Array(products.panelRows);
  const slope = new Float64Array(products.panelRows);
  const parameters = request.byParameters && family.parameterSlopes ? new ParameterTotals(family, family.parameterSlopes, problem) : null;
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    const count = end - start;
    products.movePanel(start, end);
    computePanelPredictor(products, coefficients, offset && offset.subarray(start, end), { count, linearPredictor });
    products.rowQuadratic(inverse, quadratics);
    const rows = { count, linearPredictor, response: response.subarray(start, end), weights: weights.subarray(start, end), observed };
    family.informationSlope({ ...rows, slope });
    parameters?.add({ ...rows, frequencies: frequencies && frequencies.subarray(start, end), dispersion }, quadratics, start);
    for (let i = 0; i < count; i++) slope[i] *= quadratics[i];
    products.addTransposed(slope);
  }
  const product = products.transposed();
  return { kind: "slope", product, saturated, byParameters: parameters && parameters.sums(products) };
}

type ParameterSlopes = NonNullable<Family["parameterSlopes"]>;

/** What is summed by the own parameters of a family. */
class ParameterTotals {
  readonly #slopes: ParameterSlopes;
  /** Of all rows, one array a parameter. */
  readonly #score: readonly Float64Array[];
  readonly #information: readonly Float64Array[];
  readonly #trace: Float64Array;
  #likelihood: ParameterLikelihood;

  constructor({ parameters }: Family, slopes: ParameterSlopes, { response }: GlmProblem) {
    const [q, numRows] = [parameters.length, response.length];
    this.#slopes = slopes;
    this.#score = parameters.map((): Float64Array => new Float64Array(numRows));
    this.#information = parameters.map((): Float64Array => new Float64Array(numRows));
    this.#trace = new Float64Array(q);
    this.#likelihood = { gradient: new Float64Array(q), hessian: new Float64Array(q * q), withDispersion: new Float64Array(q) };
  }

  /** @param quadratics - `x' P x` of the rows @param start - of the panel */
  add(rows: Omit<Parameters<ParameterSlopes>[0], "score" | "information">, quadratics: Float64Array, start: number): void {
    const { count } = rows;
    const ofPanel = (values: Float64Array): Float64Array => values.subarray(start, start + count);
    const information = this.#information.map(ofPanel);
    const added = this.#slopes({ ...rows, score: this.#score.map(ofPanel), information });
    this.#likelihood = addLikelihoods(this.#likelihood, added);
    for (let k = 0; k < information.length; k++) {
      for (let i = 0; i < count; i++) this.#trace[k] += quadratics[i] * information[k][i];
    }
  }

  /** Reads the design again for the products with the scores. */
  sums(products: BlockProducts): ParameterSums {
    const score = this.#score.map((values) => {
      products.reset();
      for (let start = 0; start < values.length; start += products.panelRows) {
        const end = Math.min(start + products.panelRows, values.length);
        products.movePanel(start, end);
        products.addTransposed(values.subarray(start, end));
      }
      return products.transposed();
    });
    return { ...this.#likelihood, score, trace: this.#trace };
  }
}

/** The sums of two blocks of rows together. */
export function addSlopes(one: SlopeSums, other: SlopeSums): SlopeSums {
  const [value, first, second] = one.saturated;
  return {
    kind: "slope",
    product: addArrays(one.product, other.product),
    saturated: [value + other.saturated[0], first + other.saturated[1], second + other.saturated[2]],
    byParameters: one.byParameters && other.byParameters && addParameters(one.byParameters, other.byParameters),
  };
}

function addParameters(one: ParameterSums, other: ParameterSums): ParameterSums {
  return {
    ...addLikelihoods(one, other),
    score: one.score.map((values, k) => addArrays(values, other.score[k])),
    trace: addArrays(one.trace, other.trace),
  };
}

function addLikelihoods(one: ParameterLikelihood, other: ParameterLikelihood): ParameterLikelihood {
  return {
    gradient: addArrays(one.gradient, other.gradient),
    hessian: addArrays(one.hessian, other.hessian),
    withDispersion: addArrays(one.withDispersion, other.withDispersion),
  };
}

function addArrays(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, j) => value + other[j]);
}

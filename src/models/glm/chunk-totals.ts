import { InputError, type Warning } from "../../errors.ts";
import { multiply, multiplyTransposed } from "../../numeric/index.ts";
import type { DesignRecipe } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { countObservations } from "./assemble-fit.ts";
import type { FitTotals } from "./assemble-fit.ts";
import { countRunaways } from "./diagnostics/separation.ts";
import { driveLater } from "./fitting/drive.ts";
import { completeSettings } from "./fitting/fit-problem.ts";
import { fitByIrls } from "./fitting/irls.ts";
import type { ParameterFit } from "./fitting/fit-parameter.ts";
import type { PassRequest, PassSums } from "./fitting/pass.ts";
import type { MadeProblem } from "./make-problem.ts";

/** What one look at all rows tells before the fit. */
export interface Survey {
  /** Rows that miss nothing. */
  readonly numRows: number;
  /** Rows of weight above 0, each as often as its frequency says. */
  readonly numObservations: number;
  readonly totalWeight: number;
  /** Σ weight × response / Σ weight. */
  readonly meanResponse: number;
  readonly hasOffset: boolean;
  readonly warnings: readonly Warning[];
  /** Coefficients whose means are valid for sure; null without an intercept. */
  readonly fallback: (family: Family) => Float64Array | null;
}

/** Looks at all rows once. @throws {@link InputError} when no row has weight */
export async function surveyChunks(call: string, problems: AsyncIterable<MadeProblem>, recipe: DesignRecipe): Promise<Survey> {
  let [numRows, numObservations, totalWeight, sum, low, high] = [0, 0, 0, 0, Infinity, -Infinity];
  let hasOffset = false;
  let oddity: string | null = null;
  for await (const { problem, frequencies, oddity: found } of problems) {
    const { response, weights, offset } = problem;
    numRows += response.length;
    numObservations += countObservations(weights, frequencies);
    hasOffset ||= offset !== null;
    oddity ??= found;
    for (let row = 0; row < response.length; row++) {
      if (!(weights[row] > 0)) continue;
      totalWeight += weights[row];
      sum += weights[row] * response[row];
      low = Math.min(low, response[row]);
      high = Math.max(high, response[row]);
    }
  }
  if (!(totalWeight > 0)) {
    const mend = "Give rows that miss nothing and have a weight above 0.";
    throw new InputError({ call, argument: "chunks", expected: "rows to fit to", received: `${numRows} rows without weight`, mend });
  }
  const meanResponse = sum / totalWeight;
  const label = recipe.response.label;
  const constant = `The response ${JSON.stringify(label)} is ${low} in every row: there is nothing to explain.`;
  return {
    numRows,
    numObservations,
    totalWeight,
    meanResponse,
    hasOffset,
    warnings: [
      ...(oddity === null ? [] : [{ name: "notWhole", message: oddity }]),
      ...(low === high ? [{ name: "constantResponse", message: constant, subjects: [label] }] : []),
    ],
    fallback: (family) => fallbackOf(recipe, family.link.apply(meanResponse)),
  };
}

function fallbackOf({ hasIntercept, columnNames, terms }: DesignRecipe, intercept: number): Float64Array | null {
  if (!hasIntercept || !Number.isFinite(intercept)) return null;
  const coefficients = new Float64Array(columnNames.length);
  coefficients[terms[0].positions[0]] = intercept;
  return coefficients;
}

/** The part of the deviance by which a chunk has the dispersion of maximum likelihood of all rows: by observations for gaussians, else by weight. */
export function shareOfDispersion(family: Family, weights: Float64Array, frequencies: Float64Array | null, survey: Survey): number {
  if (family.name === "gaussian") return countObservations(weights, frequencies) / survey.numObservations;
  return weights.reduce((sum, weight) => sum + weight, 0) / survey.totalWeight;
}

/** Adds up, chunk by chunk, what a fit tells of its rows. */
export class ChunkTotals {
  readonly #recipe: DesignRecipe;
  readonly #family: Family;
  readonly #fitted: ParameterFit;
  readonly #survey: Survey;
  readonly #columnSums: Float64Array;
  readonly #dispersion: number;
  #logLikelihood: number | null = 0;
  #nullDeviance = 0;
  #runaways = 0;

  /** @param dispersion that of the fit */
  constructor(recipe: DesignRecipe, fitted: ParameterFit, survey: Survey, dispersion: number) {
    this.#recipe = recipe;
    this.#family = fitted.family;
    this.#dispersion = dispersion;
    this.#fitted = fitted;
    this.#survey = survey;
    this.#columnSums = new Float64Array(recipe.columnNames.length);
  }

  add({ problem, frequencies }: MadeProblem): void {
    const { matrix, response, weights, offset } = problem;
    const family = this.#family;
    multiplyTransposed(matrix, new Float64Array(matrix.numRows).fill(1)).forEach((sum, j) => (this.#columnSums[j] += sum));
    const linearPredictor = multiply(matrix, this.#fitted.coefficients);
    if (offset) for (let row = 0; row < linearPredictor.length; row++) linearPredictor[row] += offset[row];
    this.#runaways += countRunaways(problem, linearPredictor);
    for (let row = 0; row < response.length; row++) {
      if (!(weights[row] > 0)) continue;
      const mean = this.#recipe.hasIntercept ? this.#survey.meanResponse : family.link.inverse(offset ? offset[row] : 0);
      this.#nullDeviance += weights[row] * family.unitDeviance(response[row], mean);
    }
    this.#addLikelihood(problem, frequencies, linearPredictor);
  }

  /**
   * The likelihoods of gaussian, gamma and inverse gaussian rows use the dispersion of maximum likelihood, deviance / rows or deviance / weight: a
   * chunk that is given its share of the whole deviance uses the same, and the parts add up.
   */
  #addLikelihood({ response, weights }: MadeProblem["problem"], frequencies: Float64Array | null, linearPredictor: Float64Array): void {
    const family = this.#family;
    const mean = linearPredictor.map((eta) => family.link.inverse(eta));
    const { deviance } = this.#fitted;
    const share = shareOfDispersion(family, weights, frequencies, this.#survey);
    const part = family.logLikelihood({
      response,
      weights,
      ...(frequencies ? { frequencies } : {}),
      mean,
      deviance: deviance * share,
      dispersion: this.#dispersion,
    });
    this.#logLikelihood = part === null || this.#logLikelihood === null ? null : this.#logLikelihood + part;
  }

  /** @param pass a pass over the model of an intercept alone, for the null deviance where there are offsets */
  async finish(pass: (request: PassRequest) => Promise<PassSums>): Promise<FitTotals> {
    const { numRows, hasOffset, fallback } = this.#survey;
    if (hasOffset && this.#recipe.hasIntercept) {
      const start = fallback(this.#family);
      const settings = completeSettings(numRows, { fallback: start && start.slice(0, 1) });
      this.#nullDeviance = (await driveLater(fitByIrls(1, this.#family, settings), pass)).deviance;
    }
    return {
      numObservations: this.#survey.numObservations,
      columnMeans: this.#columnSums.map((sum) => sum / numRows),
      nullDeviance: this.#nullDeviance,
      logLikelihood: () => this.#logLikelihood,
      warnings: this.#runaways > 0 ? [suspectedSeparation(this.#runaways)] : [],
      training: null,
    };
  }
}

function suspectedSeparation(rows: number): Warning {
  const message =
    `The means of ${rows} row${rows === 1 ? " has" : "s have"} run to the end of their range: the response may be separated, and then maximum likelihood has no finite ` +
    'estimate. Fit a sample with fitGlm: it names the columns. Or use biasReduction: "firth".';
  return { name: "separationSuspected", message };
}

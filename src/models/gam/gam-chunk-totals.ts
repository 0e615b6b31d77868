import type { Warning } from "../../errors.ts";
import { multiplyTransposed } from "../../numeric/index.ts";
import type { LearnedChunks } from "../../table/index.ts";
import { computeRows, countObservations } from "../glm/assemble-fit.ts";
import type { ChunkReader } from "../glm/chunk-reader.ts";
import { shareOfDispersion } from "../glm/chunk-totals.ts";
import type { Survey } from "../glm/chunk-totals.ts";
import { countRunaways } from "../glm/diagnostics/separation.ts";
import { driveLater } from "../glm/fitting/drive.ts";
import { completeSettings } from "../glm/fitting/fit-problem.ts";
import { fitByIrls } from "../glm/fitting/irls.ts";
import type { FittedRowNumbers } from "../glm/fitting/panel-rows.ts";
import type { GlmProblem } from "../glm/glm-fit.ts";
import type { MadeProblem } from "../glm/make-problem.ts";
import type { GamTotals } from "./assemble-gam.ts";
import { chooseGamDispersion, fletcherMean, likelihoodAt } from "./dispersion.ts";
import type { SmoothingFit } from "./fitting/smoothing-fit.ts";
import { isLikelihood } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";

/** Adds up, chunk by chunk, what a fit tells of its rows. */
export class GamChunkTotals {
  readonly #learned: LearnedChunks;
  readonly #fitted: SmoothingFit;
  readonly #survey: Survey;
  readonly #options: GamOptions;
  readonly #columnSums: Float64Array;
  readonly #response: Moments = new Moments();
  readonly #residuals: Moments = new Moments();
  #runaways = 0;
  #fletcher = 0;
  #numWeighted = 0;
  #nullDeviance = 0;
  #logLikelihood: number | null = 0;

  constructor(learned: LearnedChunks, fitted: SmoothingFit, survey: Survey, options: GamOptions) {
    this.#learned = learned;
    this.#fitted = fitted;
    this.#survey = survey;
    this.#options = options;
    this.#columnSums = new Float64Array(learned.recipe.columnNames.length);
  }

  /** Reads all rows: once where the criterion tells the dispersion, else twice; the null model of rows with offsets takes some readings more. */
  async read(reader: ChunkReader): Promise<GamTotals> {
    const { method, dispersion, family } = this.#fitted;
    const isTold = isLikelihood(method);
    for await (const made of reader.problems()) this.#add(made, isTold ? dispersion : null);
    const fletcher = this.#fletcher / this.#numWeighted;
    if (!isTold) {
      const estimate = chooseGamDispersion(this.#fitted, this.#residualDegrees(), fletcher, this.#options.dispersion).dispersion;
      for await (const made of reader.problems()) this.#addLikelihood(made, this.#rowsOf(made.problem).mean, estimate);
    }
    const { numRows, numObservations, hasOffset, meanResponse } = this.#survey;
    if (hasOffset || !family.isExponential) {
      const settings = completeSettings(numRows, { fallback: Float64Array.of(family.link.apply(meanResponse)) });
      const constant = await driveLater(fitByIrls(1, family, settings), (request) => reader.passOfConstant(request));
      this.#nullDeviance = constant.deviance;
    }
    const columnMeans = this.#columnSums.map((sum) => sum / numRows);
    for (const { first, size } of this.#learned.smooths) columnMeans.fill(0, first, first + size);
    return {
      numObservations,
      columnMeans,
      nullDeviance: this.#nullDeviance,
      logLikelihood: () => this.#logLikelihood,
      warnings: this.#runaways > 0 ? [suspectedSeparation(this.#runaways)] : [],
      training: null,
      fletcher,
      responseVariance: this.#response.variance,
      residualVariance: this.#residuals.variance,
    };
  }

  /** @param dispersion where the likelihood is taken; null: not yet */
  #add(made: MadeProblem, dispersion: number | null): void {
    const { problem } = made;
    const { matrix, response, weights } = problem;
    const { meanResponse } = this.#survey;
    const { family } = this.#fitted;
    multiplyTransposed(matrix, new Float64Array(matrix.numRows).fill(1)).forEach((sum, j) => (this.#columnSums[j] += sum));
    const { mean, linearPredictor } = this.#rowsOf(problem);
    this.#runaways += countRunaways({ ...problem, family }, linearPredictor);
    let numWeighted = 0;
    for (let row = 0; row < response.length; row++) {
      const root = Math.sqrt(weights[row]);
      this.#response.add(root * (response[row] - meanResponse));
      this.#residuals.add(root * (response[row] - mean[row]));
      if (!(weights[row] > 0)) continue;
      numWeighted++;
      this.#nullDeviance += weights[row] * family.unitDeviance(response[row], meanResponse);
    }
    this.#numWeighted += numWeighted;
    if (numWeighted > 0) this.#fletcher += numWeighted * fletcherMean({ ...problem, family }, mean);
    if (dispersion !== null) this.#addLikelihood(made, mean, dispersion);
  }

  /** Each chunk is given its share of the deviance, so that those likelihoods that tell the dispersion from it tell that of all rows. */
  #addLikelihood({ problem, frequencies }: MadeProblem, mean: Float64Array, dispersion: number): void {
    const { family, deviance } = this.#fitted;
    const { response, weights } = problem;
    const numObservations = countObservations(weights, frequencies);
    const share = shareOfDispersion(family, weights, frequencies, this.#survey);
    const isGiven = typeof this.#options.dispersion === "number";
    const rows = { response, weights, family, frequencies, mean, numObservations };
    const part = likelihoodAt(rows, deviance * share, { dispersion, isGiven });
    this.#logLikelihood = part === null || this.#logLikelihood === null ? null : this.#logLikelihood + part;
  }

  #rowsOf(problem: GlmProblem): FittedRowNumbers {
    return computeRows({ ...problem, family: this.#fitted.family }, this.#fitted.coefficients);
  }

  #residualDegrees(): number {
    const { fisherInverse, fisherGram } = this.#fitted;
    return this.#survey.numObservations - fisherInverse.reduce((sum, value, cell) => sum + value * fisherGram[cell], 0);
  }
}

function suspectedSeparation(rows: number): Warning {
  const message =
    `The means of ${rows} row${rows === 1 ? " has" : "s have"} run to the end of their range: some terms may tell the outcomes without error, and then ` +
    "only penalties hold the fit, and its errors and p-values mean nothing. Fit a sample with fitGam: it names the terms.";
  return { name: "separationSuspected", message };
}

/** A sample variance, one number after another; the numbers are near 0 on average. */
class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get variance(): number {
    return (this.#squares - this.#sum ** 2 / this.#count) / (this.#count - 1);
  }
}

import { describeReceived, InputError, refuseUnknownOptions } from "../../../errors.ts";
import type { Warning } from "../../../errors.ts";
import type { TableLike } from "../../../table/index.ts";
import type { Family } from "../../families/family.ts";
import { assembleFit } from "../assemble-fit.ts";
import { GlmModel } from "../glm-model.ts";
import { predictMeans } from "../predictions.ts";
import type { PredictOptions } from "../predictions.ts";
import { pathFromJson, pathToJson } from "./glm-path-json.ts";
import type { GlmPathJson } from "./glm-path-json.ts";
import type { CrossValidation } from "./cross-validation.ts";
import { fitStrength } from "./fit-penalty.ts";
import { bareFit } from "./glm-path-fit.ts";
import type { GlmPathFit, PathTraining } from "./glm-path-fit.ts";
import type { PathPoint } from "./path-solver.ts";
import { penalizedFit } from "./penalized-fit.ts";
import { relaxedFit } from "./relaxed-fit.ts";

/** A strength of a path: the number, or what cross-validation chose. */
export type StrengthChoice = number | "min" | "oneStandardError";

/** How a path predicts. */
export interface PathPredictOptions extends PredictOptions {
  /** At which strength. */
  readonly strength: StrengthChoice;
}

/** Strengths this near to one of the path (as a share) are it. */
const SAME_STRENGTH = 1e-12;

/**
 * A model at many strengths of an elastic-net penalty, with the choice among them. Made by {@link fitGlmPath}, saved with
 * `JSON.stringify(path)`, restored by {@link GlmPath.fromJSON}.
 */
export class GlmPath {
  readonly kind = "glmPath" as const;
  /** All that fitting found, as data. */
  readonly fit: GlmPathFit;

  /** @param fit made by {@link fitGlmPath} or {@link GlmPath.fromJSON} */
  constructor(fit: GlmPathFit) {
    this.fit = fit;
  }

  get formula(): string {
    return this.fit.formula;
  }

  get family(): Family {
    return this.fit.family;
  }

  /** Strengths of the penalty, glmnet's lambda, descending. */
  get strengths(): Float64Array {
    return this.fit.strengths;
  }

  /** Names of the p coefficients, the intercept's (if there is one) first. */
  get coefficientNames(): readonly string[] {
    return this.fit.recipe.columnNames;
  }

  /** strengths × p, row-major; on the scale of the columns as they are, also where these were standardised for the penalty. */
  get coefficients(): Float64Array {
    return this.fit.coefficients;
  }

  /** At each strength the number of penalisable coefficients that are not zero. */
  get degreesOfFreedom(): Int32Array {
    return this.fit.degreesOfFreedom;
  }

  /** At each strength the share of the null deviance that the model explains. */
  get devianceRatio(): Float64Array {
    return this.fit.devianceRatio;
  }

  /** The deviance of the model with an intercept (and the offset) alone. */
  get nullDeviance(): number {
    return this.fit.nullDeviance;
  }

  /** How well each strength predicts; null where `folds` was left out. */
  get crossValidation(): CrossValidation | null {
    return this.fit.crossValidation;
  }

  get warnings(): readonly Warning[] {
    return this.fit.warnings;
  }

  /**
   * The coefficients at a strength, by name; one that is not on the path is fitted exactly, not interpolated.
   * @throws {@link InputError} when it is not on the path and the data were not kept, or there was no cross-validation to choose it
   */
  coefficientsAt(strength: StrengthChoice): { name: string; estimate: number }[] {
    const { coefficients } = this.#pointAt("GlmPath.coefficientsAt", strength);
    return this.coefficientNames.map((name, j) => ({ name, estimate: coefficients[j] }));
  }

  /**
   * The model at a strength. Its estimates are the penalised ones, so that it tells no standard errors; its degrees of freedom count
   * coefficients other than zero.
   * @throws {@link InputError} when the data were not kept, or there was no cross-validation to choose the strength
   */
  model(strength: StrengthChoice): GlmModel {
    const call = "GlmPath.model";
    const { prepared } = this.#training(call);
    const point = this.#pointAt(call, strength);
    return new GlmModel(assembleFit(prepared, penalizedFit(prepared.problem, point.coefficients, point, call), {}, "penalty"));
  }

  /**
   * The maximum-likelihood model on the columns that a strength leaves in, with inference, and with the warning `selectionInference`: its
   * p-values and intervals do not know that the columns were chosen by the same data. Columns left out have null estimates.
   * @throws {@link InputError} as {@link GlmPath.model}
   */
  relaxed(strength: StrengthChoice): GlmModel {
    const call = "GlmPath.relaxed";
    const { prepared } = this.#training(call);
    return new GlmModel(relaxedFit(prepared, this.#pointAt(call, strength).coefficients));
  }

  /** Predictions at a strength, one a row, on the scale of the response unless told otherwise. @throws as {@link GlmModel.predict} and {@link GlmPath.coefficientsAt} */
  predict(data: TableLike, options: PathPredictOptions): Float64Array {
    const call = "GlmPath.predict";
    if (typeof options !== "object" || options === null) {
      const mend = 'Say at which strength, for example { strength: "min" }.';
      throw new InputError({ call, argument: "options", expected: "{ strength, … }", received: describeReceived(options), mend });
    }
    refuseUnknownOptions(call, options, ["strength", "scale", "offset", "exposure", "missing", "unseenLevels"]);
    const { strength, ...others } = options;
    return predictMeans(bareFit(this.fit, this.#pointAt(call, strength).coefficients), data, others, call);
  }

  /** The path without its training data. Restored, it predicts the same bits. */
  toJSON(): GlmPathJson {
    return pathToJson(this.fit);
  }

  /** @throws {@link InputError} when the JSON is no saved path, or is damaged */
  static fromJSON(json: unknown): GlmPath {
    return new GlmPath(pathFromJson(json));
  }

  #pointAt(call: string, choice: StrengthChoice): Pick<PathPoint, "coefficients" | "iterations" | "converged"> {
    const strength = this.#strengthOf(call, choice);
    const { strengths, coefficients, converged } = this.fit;
    const p = this.coefficientNames.length;
    const index = strengths.findIndex((value) => Math.abs(value - strength) <= SAME_STRENGTH * value);
    if (index >= 0) {
      return { coefficients: coefficients.slice(index * p, (index + 1) * p), iterations: 0, converged: converged[index] === 1 };
    }
    const { prepared, penalty, settings } = this.#training(call);
    return fitStrength(prepared, penalty, settings, strength);
  }

  #strengthOf(call: string, choice: unknown): number {
    if (typeof choice === "number" && choice >= 0 && choice < Number.POSITIVE_INFINITY) return choice;
    const argument = "strength";
    if (choice !== "min" && choice !== "oneStandardError") {
      const expected = 'a finite number of at least 0, "min" or "oneStandardError"';
      throw new InputError({ call, argument, expected, received: describeReceived(choice), mend: "Choose one of path.strengths." });
    }
    const chosen = this.fit.crossValidation;
    if (chosen !== null) return choice === "min" ? chosen.strengthMin : chosen.strengthOneStandardError;
    const mend = "Fit the path with folds: 10 to have it chosen.";
    throw new InputError({
      call,
      argument,
      expected: "a number where there was no cross-validation",
      received: JSON.stringify(choice),
      mend,
    });
  }

  #training(call: string): PathTraining {
    if (this.fit.training !== null) return this.fit.training;
    throw new InputError({
      call,
      argument: "path",
      expected: "one that still has its training data (or the strength one of path.strengths, for predictions and coefficients)",
      received: "a path without them",
      mend: "Call it before the path is saved, without keepData: false; models can be saved themselves.",
    });
  }
}

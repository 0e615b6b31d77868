import { withCovariance } from "./covariance.ts";
import { testOverdispersion, testZeroInflation } from "./diagnostics/count-checks.ts";
import type { OverdispersionTest, ZeroInflationTest } from "./diagnostics/count-checks.ts";
import { dfbetasOf, dffitsOf } from "./diagnostics/influence.ts";
import { varianceInflation } from "./diagnostics/variance-inflation.ts";
import type { VarianceInflation } from "./diagnostics/variance-inflation.ts";
import { glmFromJson, glmToJson } from "./glm-json.ts";
import type { GlmJson } from "./glm-json.ts";
import { GlmInference } from "./inference/glm-inference.ts";
import { GlmSummary } from "./summary.ts";

/**
 * A fitted generalized linear model: `link(mean) = offset + Σ of its terms`. Made by {@link fitGlm}, saved with `JSON.stringify(model)`,
 * restored by {@link GlmModel.fromJSON}.
 */
export class GlmModel extends GlmInference {
  readonly kind = "glm" as const;
  protected readonly className = "GlmModel";

  /** Parameters that the likelihood was maximised over: coefficients, and a dispersion, θ or power where one was estimated. */
  override get numParameters(): number {
    const { rank, family, parameterStandardError } = this.fit;
    return rank + family.dispersionParameters + (parameterStandardError === null ? 0 : 1);
  }

  /** How far each training row moves each coefficient, in standard errors; rows × coefficients, row-major. @throws as {@link residuals} */
  dfbetas(): Float64Array {
    return dfbetasOf(this.fit);
  }

  /** How far each training row moves its own prediction, in standard errors. @throws as {@link residuals} */
  dffits(): Float64Array {
    return dffitsOf(this.fit);
  }

  /** How much of each term's precision is lost because other terms go with it. */
  varianceInflation(): VarianceInflation[] {
    return varianceInflation(this.fit);
  }

  /** Whether the response varies more than the family says. @throws {@link InputError} for families that estimate their dispersion */
  testOverdispersion(): OverdispersionTest {
    return testOverdispersion(this.fit);
  }

  /** Whether there are more zeros than the model expects. @throws {@link InputError} for families that do not count, and as {@link residuals} */
  testZeroInflation(): ZeroInflationTest {
    return testZeroInflation(this.fit);
  }

  /**
   * The same model with another covariance of its coefficients, which all standard errors, intervals and Wald tests then use.
   *
   * @param covariance - p × p, row-major, in the order of `coefficients`
   * @throws {@link InputError} unless it is symmetric and of that size
   */
  withCovariance(covariance: Float64Array): GlmModel {
    return new GlmModel(withCovariance("GlmModel.withCovariance", this.fit, covariance));
  }

  /** The summary that R users expect, as data; `String(model.summary())` prints it. */
  summary(): GlmSummary {
    return new GlmSummary(this);
  }

  /** The model without its training data. Restored, it predicts the same bits. */
  toJSON(): GlmJson {
    return glmToJson(this.fit);
  }

  /** @throws {@link InputError} when the JSON is no saved model, or is damaged */
  static fromJSON(json: unknown): GlmModel {
    return new GlmModel(glmFromJson(json));
  }
}

import { refuseUnknownOptions, type Warning } from "../../../errors.ts";
import type { GlmFit } from "../glm-fit.ts";
import { usesNormal } from "../coefficient-table.ts";
import { checkMaximumLikelihood, checkWord } from "./checks.ts";
import { describeTermTests } from "./term-test-warnings.ts";
import { devianceChanges } from "./term-deviances.ts";
import { chiSquaredTail, fisherTail } from "./reference-distribution.ts";
import { termComparisons } from "./term-comparisons.ts";
import type { TermTestType } from "./term-comparisons.ts";
import { waldOfTerms } from "./term-wald.ts";

/** Options of `GlmModel.testTerms`. */
export interface TermTestOptions {
  /**
   * Which other terms each term is tested beside: `I` those before it; `II` all that do not contain it; `III` all, which says something of a
   * term within interactions only under contrasts that sum to 0. @defaultValue "II"
   */
  readonly type?: TermTestType;
  /**
   * `LR`: by deviances of refits, χ². `F`: the same over the estimated dispersion. `Wald`: by covariances of the estimates, without refits, χ²;
   * robust where the model has a robust covariance. @defaultValue "F" where the dispersion is estimated, else "LR"
   */
  readonly test?: "LR" | "Wald" | "F";
  /**
   * The dispersion that F divides by: the model's own, that of Pearson's residuals (as R's `anova` and car's `Anova`) or that of the deviance
   * (as R's `drop1`). @defaultValue the model's own, or "pearson" where the family has none
   */
  readonly dispersion?: "pearson" | "deviance";
}

/** Whether a term is needed beside others. */
export interface TermTest {
  readonly term: string;
  /** Coefficients that the hypothesis sets to 0; 0 where the term is aliased. */
  readonly degreesOfFreedom: number;
  /** χ², or F; NaN where there is nothing to test. */
  readonly statistic: number;
  readonly pValue: number;
  /** By how much the deviance rises without the term; null for Wald tests. */
  readonly deviance: number | null;
}

/** An analysis of deviance. */
export interface TermTests {
  readonly type: TermTestType;
  readonly test: "LR" | "Wald" | "F";
  /** One a term, in the order of the formula, without the intercept. */
  readonly rows: readonly TermTest[];
  /** What statistics were divided by. */
  readonly dispersion: number;
  readonly residualDegreesOfFreedom: number;
  readonly warnings: readonly Warning[];
}

/** @see Fox and Weisberg (2019), An R Companion to Applied Regression, 3rd edition, section 6.10 */
export function testTerms(fit: GlmFit, options: TermTestOptions = {}): TermTests {
  const call = "GlmModel.testTerms";
  refuseUnknownOptions(call, options, ["type", "test", "dispersion"]);
  const { type = "II", test = usesNormal(fit) ? "LR" : "F" } = options;
  checkWord(call, "type", type, ["I", "II", "III"]);
  checkWord(call, "test", test, ["LR", "Wald", "F"]);
  if (options.dispersion !== undefined) checkWord(call, "dispersion", options.dispersion, ["pearson", "deviance"]);
  const dispersion = test === "F" ? dispersionForF(fit, options.dispersion) : fit.dispersion;
  const { residualDegreesOfFreedom } = fit;
  const comparisons = termComparisons(fit, type);
  const warnings = describeTermTests(fit, type, test);
  const about = { type, test, dispersion, residualDegreesOfFreedom };
  if (test === "Wald") return { ...about, rows: waldOfTerms(call, fit, comparisons), warnings };
  checkMaximumLikelihood(call, fit, "test");
  const changes = devianceChanges(call, fit, comparisons);
  const rows = changes.rows.map(({ term, degreesOfFreedom: df, deviance }): TermTest => {
    const statistic = df === 0 ? NaN : deviance / (dispersion * (test === "F" ? df : 1));
    const tail = test === "F" ? fisherTail(statistic, df, residualDegreesOfFreedom) : chiSquaredTail(statistic, df);
    return { term, degreesOfFreedom: df, statistic, pValue: df === 0 ? NaN : tail, deviance };
  });
  return { ...about, rows, warnings: [...warnings, ...changes.warnings] };
}

function dispersionForF(
  { dispersion, dispersionMethod, deviance, pearsonChiSquared, residualDegreesOfFreedom }: GlmFit,
  wanted?: string,
): number {
  if (wanted === "deviance") return deviance / residualDegreesOfFreedom;
  if (wanted === "pearson" || dispersionMethod === "known") return pearsonChiSquared / residualDegreesOfFreedom;
  return dispersion;
}

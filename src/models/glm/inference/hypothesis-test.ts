import { InputError, refuseUnknownOptions } from "../../../errors.ts";
import { zeroAliased } from "../zero-aliased.ts";
import type { GlmFit } from "../glm-fit.ts";
import { usesNormal } from "../coefficient-table.ts";
import { knownCovariance } from "../covariance.ts";
import { checkWord } from "./checks.ts";
import { readHypothesis } from "./read-hypothesis.ts";
import type { Hypothesis } from "./read-hypothesis.ts";
import { chiSquaredTail, fisherTail } from "./reference-distribution.ts";
import { estimateForms, quadraticForm } from "./wald.ts";

/** Options of `GlmModel.testHypothesis`. */
export interface HypothesisOptions {
  /** χ², or F with the residual degrees of freedom. @defaultValue "F" where the dispersion is estimated, else "chiSquared" */
  readonly test?: "chiSquared" | "F";
}

/** A Wald test of linear hypotheses taken together. */
export interface HypothesisTest {
  /** The equations. */
  readonly hypotheses: readonly string[];
  readonly test: "chiSquared" | "F";
  readonly statistic: number;
  /** Number of equations. */
  readonly degreesOfFreedom: number;
  /** Of the denominator of F; Infinity for χ². */
  readonly residualDegreesOfFreedom: number;
  readonly pValue: number;
  /** Left side less right side of each equation, as estimated. */
  readonly estimates: Float64Array;
  /** Standard errors of `estimates`. */
  readonly standardErrors: Float64Array;
}

/** Tests equations between coefficients by their covariance. @see Fox and Weisberg (2019), section 5.3 */
export function testHypothesis(fit: GlmFit, hypothesis: Hypothesis, options: HypothesisOptions = {}): HypothesisTest {
  const call = "GlmModel.testHypothesis";
  refuseUnknownOptions(call, options, ["test"]);
  const { test = usesNormal(fit) ? "chiSquared" : "F" } = options;
  checkWord(call, "test", test, ["chiSquared", "F"]);
  const covariance = knownCovariance(call, fit);
  const { forms, texts } = readHypothesis(call, fit, hypothesis);
  const found = estimateForms(forms, zeroAliased(fit.estimates), covariance);
  const { statistic, rank } = quadraticForm(found);
  const q = forms.constants.length;
  if (rank < q) {
    throw new InputError({
      call,
      argument: "hypothesis",
      expected: "made of equations of which none follows from the others",
      received: `${q} equations that amount to ${rank}`,
      mend: "Leave out those that follow.",
    });
  }
  const residualDegreesOfFreedom = test === "F" ? fit.residualDegreesOfFreedom : Infinity;
  return {
    hypotheses: texts,
    test,
    statistic: test === "F" ? statistic / q : statistic,
    degreesOfFreedom: q,
    residualDegreesOfFreedom,
    pValue: test === "F" ? fisherTail(statistic / q, q, residualDegreesOfFreedom) : chiSquaredTail(statistic, q),
    estimates: found.values,
    standardErrors: found.values.map((_, k) => Math.sqrt(found.covariance[k * q + k])),
  };
}

import { describe, expect, test } from "vitest";
import type { GlmModel } from "../../src/models/index.ts";
import {
  expectClose,
  expectNumber,
  fitCase,
  listReferences,
  readReference,
  rootMeanSquare,
  toColumns,
  withoutAliased,
  type GlmCase,
  type JsonColumns,
  type JsonNumber,
} from "./glm-cases.ts";

/** What R says of a fit; see test/reference/glm/PROVENANCE.md. */
interface FittedCase extends GlmCase {
  readonly columnNames: readonly string[];
  readonly coefficients: readonly JsonNumber[];
  readonly aliased: readonly boolean[];
  readonly rank: number;
  /** These four leave out aliased coefficients. */
  readonly se: readonly number[];
  readonly statistic: readonly number[];
  readonly p: readonly number[];
  readonly vcov: readonly (readonly number[])[];
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly dfResidual: number;
  readonly dfNull: number;
  readonly dispersion: number;
  readonly aic: JsonNumber;
  readonly bic: JsonNumber;
  readonly logLik: JsonNumber;
  readonly logLikDf: number;
  readonly theta: number | null;
  readonly seTheta: number | null;
  readonly linearPredictor: readonly number[];
  readonly fitted: readonly number[];
  readonly residuals: Readonly<Record<"deviance" | "pearson" | "working" | "response", readonly number[]>>;
  readonly standardizedDeviance: readonly number[];
  readonly standardizedPearson: readonly number[];
  readonly studentized: readonly number[];
  readonly hat: readonly number[];
  readonly cooks: readonly number[];
  readonly newdata?: NewData;
  readonly drop1: Readonly<Record<string, readonly JsonNumber[]>>;
  readonly drop1Terms: readonly string[];
  readonly anova: Readonly<Record<string, readonly JsonNumber[]>>;
  readonly anovaTerms: readonly string[];
  readonly profileConfint95: readonly (readonly JsonNumber[])[];
  readonly highPrecision?: { readonly coefficients: readonly number[]; readonly deviance: number; readonly fitted: readonly number[] };
}

interface NewData {
  readonly data: JsonColumns;
  readonly link: readonly number[];
  readonly seLink: readonly number[];
  readonly response: readonly number[];
  readonly seResponse: readonly number[];
  readonly termNames: readonly string[];
  readonly terms: readonly (readonly number[])[];
  readonly termsSe: readonly (readonly number[])[];
  readonly termsConstant: number;
}

/** Both sides solve the same equations to the end in float64; what the issue asks for. */
const ESTIMATES = 1e-8;
/** Standard errors square the conditioning of the design; what the issue asks for. */
const ERRORS = 1e-7;
/**
 * R's own values where the link is not canonical: its iteration stops when the deviance stands still, and coefficients are then off by up to
 * 4e-6 of a standard error. settled.json has the coefficients and errors of the same fits iterated until they stand still themselves.
 */
const UNSETTLED = 1e-5;
/** R takes leverages from the weights of the iteration before the last, which moved means by some 1e-7. */
const LEVERAGES = 1e-6;
/** p-values magnify the relative error of a statistic z by about z². */
const P_VALUES = 1e-6;
/** R interpolates profiles by cubic splines, good to some 1e-4 of a standard error; the exact ends are tested in glm-inference.test.ts. */
const SPLINES = 1e-3;

const names = listReferences().filter((name) => name !== "settled" && !name.startsWith("sm_") && !name.startsWith("glmnet_"));
const { cases: settledCases } = readReference<{ cases: Record<string, { coefficients: number[]; se: number[] }> }>("settled");

test("all cases are there", () => {
  expect(names.sort()).toEqual([
    "binomial_cauchit_mroz",
    "binomial_cloglog_mroz",
    "binomial_grouped_esoph",
    "binomial_logit_mroz",
    "binomial_probit_mroz",
    "gamma_identity_cars",
    "gamma_inverse_cars",
    "gamma_log_cars",
    "gaussian_identity_cars",
    "gaussian_log_cars",
    "gaussian_rank_deficient",
    "gaussian_weights_offset",
    "inverse_gaussian_log_cars",
    "negbin_quine",
    "poisson_insurance_offset",
    "poisson_interaction_warpbreaks",
    "poisson_rate_weights",
    "quasibinomial_grouped_esoph",
    "quasipoisson_warpbreaks",
    "tweedie15_log_claims",
  ]);
});

describe.each(names)("%s is what R says", (name) => {
  const wanted = readReference<FittedCase>(name);
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, j) => !wanted.aliased[j]);
  const model = fitCase(wanted);
  const settled = name in settledCases ? settledCases[name] : null;
  const [estimateShare, errorShare] = settled ? [UNSETTLED, UNSETTLED] : [ESTIMATES, ERRORS];
  const dispersionOfRow = name === "negbin_quine" ? deletedDispersion(wanted) : (): number => 1;

  test("coefficients with their tests", () => {
    expect(model.coefficients.map((each) => each.name)).toEqual(wanted.columnNames);
    expect(model.coefficients.map(({ aliased }) => aliased)).toEqual(wanted.aliased);
    const found = kept(model.coefficients);
    const estimates = kept(settled?.coefficients ?? wanted.highPrecision?.coefficients ?? wanted.coefficients);
    expectClose(
      found.map(({ estimate }) => estimate),
      estimates,
      { relative: ESTIMATES, floor: wanted.se },
      "coefficients",
    );
    expectClose(
      found.map(({ standardError }) => standardError),
      settled?.se ?? wanted.se,
      { relative: ERRORS },
      "standard errors",
    );
    expectClose(
      found.map(({ statistic }) => statistic),
      wanted.statistic,
      { relative: errorShare, floor: 1 },
      "statistics",
    );
    expectClose(
      found.map(({ pValue }) => pValue),
      wanted.p,
      { relative: settled ? UNSETTLED * 10 : P_VALUES },
      "p-values",
    );
    expectClose(
      withoutAliased(model.covariance, wanted.aliased),
      wanted.vcov.flat(),
      { relative: errorShare, floor: scales(wanted.se) },
      "covariance",
    );
  });

  test("deviance, degrees of freedom and likelihood", () => {
    const close = { relative: ESTIMATES };
    expectNumber(model.deviance, wanted.highPrecision?.deviance ?? wanted.deviance, close, "deviance");
    expectNumber(model.nullDeviance, wanted.nullDeviance, close, "null deviance");
    expectNumber(model.dispersion, wanted.dispersion, close, "dispersion");
    expect(model.residualDegreesOfFreedom).toBe(wanted.dfResidual);
    expect(model.nullDegreesOfFreedom).toBe(wanted.dfNull);
    expect(model.converged).toBe(true);
    // R's `tweedie` family has no likelihood.
    if (wanted.family === "Tweedie") return;
    expect(model.numParameters).toBe(wanted.logLikDf);
    for (const which of ["logLik", "aic", "bic"] as const) {
      const found = { logLik: model.logLikelihood, aic: model.aic, bic: model.bic }[which];
      if (wanted[which] === null) expect(found).toBeNull();
      else expectNumber(found, wanted[which], close, which);
    }
  });

  test("residuals, leverages and distances of the rows", () => {
    const close = (values: readonly number[]): { relative: number; floor: number } => ({
      relative: Math.max(errorShare, LEVERAGES),
      floor: rootMeanSquare(values),
    });
    for (const type of ["deviance", "pearson", "working", "response"] as const) {
      expectClose(model.residuals(type), wanted.residuals[type], close(wanted.residuals[type]), type);
    }
    for (const type of ["standardizedDeviance", "standardizedPearson"] as const) {
      expectClose(model.residuals(type), wanted[type], close(wanted[type]), type);
    }
    const studentized = wanted.studentized.map((value, row) => value * Math.sqrt(dispersionOfRow(row)));
    expectClose(model.residuals("studentized"), studentized, close(studentized), "studentized");
    expectClose(model.leverage(), wanted.hat, close(wanted.hat), "leverage");
    expectClose(model.cooksDistance(), wanted.cooks, close(wanted.cooks), "Cook's distance");
  });

  test("fitted values", () => {
    expectClose(
      model.predict(toColumns(wanted.data), { scale: "link" }),
      wanted.linearPredictor,
      { relative: estimateShare, floor: 1 },
      "link",
    );
    expectClose(
      model.predict(toColumns(wanted.data)),
      wanted.highPrecision?.fitted ?? wanted.fitted,
      { relative: estimateShare },
      "response",
    );
  });

  test.runIf(wanted.newdata)("predictions of new rows with standard errors", () => {
    checkPredictions(model, wanted.newdata as NewData, estimateShare, errorShare);
  });

  test("tests of terms: anova and drop1", () => {
    const isF = wanted.anova.F !== undefined;
    const sequential = model.testTerms({ type: "I", test: isF ? "F" : "LR" });
    const [, ...terms] = wanted.anovaTerms;
    expect(sequential.rows.map(({ term }) => term)).toEqual(terms);
    const rows = <Value>(values: readonly Value[]): Value[] => values.slice(1);
    const changes = rows(wanted.anova.Deviance);
    // A change of deviance is a difference: its digits are those of the deviance.
    const floor = wanted.deviance;
    expect(sequential.rows.map(({ degreesOfFreedom }) => degreesOfFreedom)).toEqual(rows(wanted.anova.Df));
    expectClose(
      sequential.rows.map(({ deviance }) => deviance),
      changes,
      { relative: ESTIMATES, floor },
      "anova",
    );
    const pValues = sequential.rows.map(({ pValue }) => pValue);
    expectClose(pValues, rows(wanted.anova[isF ? "Pr(>F)" : "Pr(>Chi)"]), { relative: P_VALUES }, "anova p");

    const dropped = model.testTerms(isF ? { test: "F", dispersion: "deviance" } : { test: "LR" }).rows;
    for (const [k, term] of wanted.drop1Terms.entries()) {
      if (k === 0) continue;
      const row = dropped.find((each) => each.term === term);
      const change = Number(wanted.drop1.Deviance[k]) - Number(wanted.drop1.Deviance[0]);
      expectNumber(row?.deviance, change, { relative: ESTIMATES, floor }, `drop1 ${term}`);
      expectNumber(row?.pValue, wanted.drop1[isF ? "Pr(>F)" : "Pr(>Chi)"][k], { relative: P_VALUES }, `drop1 p ${term}`);
    }
  });

  test("profile intervals", () => {
    const { rows, warnings } = model.confidenceIntervals({ method: "profile", quantiles: "normal" });
    expect(warnings).toEqual([]);
    const expected = wanted.profileConfint95.filter((_, j) => !wanted.aliased[j]);
    for (const [end, which] of (["low", "high"] as const).entries()) {
      expectClose(
        rows.map((row) => row[which]),
        expected.map((ends) => ends[end]),
        { relative: SPLINES, floor: wanted.se.map((error, j) => Math.max(error, Math.abs(rows[j].estimate))) },
        which,
      );
    }
  });

  test.runIf(wanted.theta !== null)("theta", () => {
    expectNumber(model.family.parameter, wanted.theta, { relative: ESTIMATES }, "theta");
    expectNumber(model.fit.parameterStandardError, wanted.seTheta, { relative: ERRORS }, "its standard error");
  });
});

function checkPredictions(model: GlmModel, wanted: NewData, estimates: number, errors: number): void {
  const data = toColumns(wanted.data);
  const onLink = model.predictWithErrors(data, { scale: "link" });
  expectClose(onLink.values, wanted.link, { relative: estimates, floor: 1 }, "link");
  expectClose(onLink.standardErrors, wanted.seLink, { relative: errors }, "its standard errors");
  const { values, standardErrors } = model.predictWithErrors(data);
  expectClose(values, wanted.response, { relative: estimates }, "response");
  expectClose(standardErrors, wanted.seResponse, { relative: errors }, "its standard errors");
  const terms = model.predictTerms(data);
  expect(terms.names).toEqual(wanted.termNames);
  expectNumber(terms.constant, wanted.termsConstant, { relative: estimates }, "constant");
  // Centring takes differences.
  const floor = rootMeanSquare(wanted.terms.flat());
  expectClose(terms.values, wanted.terms.flat(), { relative: estimates, floor }, "terms");
  expectClose(
    terms.standardErrors,
    wanted.termsSe.flat(),
    { relative: errors, floor: rootMeanSquare(wanted.termsSe.flat()) },
    "their errors",
  );
}

/**
 * The dispersion without each row by which R divides studentized residuals of all families but binomial and poisson: also of the negative
 * binomial, although its dispersion is 1.
 */
function deletedDispersion({ residuals, hat, dfResidual }: FittedCase): (row: number) => number {
  const total = residuals.deviance.reduce((sum, residual) => sum + residual ** 2, 0);
  return (row) => (total - residuals.deviance[row] ** 2 / (1 - hat[row])) / (dfResidual - 1);
}

/** What entries of a covariance are measured by: products of standard errors. */
function scales(errors: readonly number[]): number[] {
  return errors.flatMap((one) => errors.map((other) => one * other));
}

import { describe, expect, it } from "vitest";
import { GamModel } from "../../src/models/index.ts";
import { fitGamCase, hasGamCase, readGamCase, SHARED_ONLY_NAMES, type GamCase } from "./gam-cases.ts";
import { toColumns } from "./glm-cases.ts";

/** How much worse than mgcv's a criterion may be. */
const CRITERION = 1e-6;
/** Fitted values and standard errors, as shares of the greatest. */
const VALUES = 1e-5;
/** Effective degrees of freedom, absolute. */
const DEGREES = 1e-4;
/** Of p-values above 1e-3: four digits. Below, Davies' method in mgcv errs by up to 2e-5 absolute. */
const P_VALUE = 5e-4;
const SMALL_P = 2e-5;
/** Smoothing parameters that large, or that far apart in mgcv's own two fits, are not determined by the data. */
const INFINITE = 1e6;

const CASES = [
  "gaussian_cr_mcycle",
  "gaussian_cr3_airquality",
  "gaussian_ps_mcycle",
  "gaussian_tp_mcycle",
  "binomial_tp_mroz",
  "gamma_tp_trees",
  "gamma_tp_trees_gcv",
  "gaussian_tp_mcycle_gcv",
  "gaussian_te_concrete",
  "gaussian_bam_concrete",
  ...SHARED_ONLY_NAMES,
];

/** How far mgcv's own two fits are apart, as a share of the degrees of freedom: where that is more than {@link VALUES}, so may values be. */
function spreadOf({ edfTotal, defaultControl }: GamCase): number {
  return Math.abs(defaultControl.edfTotal / edfTotal - 1);
}

/** The greatest difference, as a share of the greatest value. */
function miss(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found).toHaveLength(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(found[i] - value))) / Math.max(...wanted.map(Math.abs));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

describe.each(CASES)("%s", (name) => {
  const isAtHand = hasGamCase(name);
  const given = isAtHand ? readGamCase(name) : null;
  const model = given ? fitGamCase(given) : null;

  it.skipIf(!isAtHand)("has a criterion no worse than mgcv's and its smoothing parameters where the data determine them", () => {
    if (!given || !model) return;
    // What bam calls fREML lacks a constant that REML has: gam's own REML of that case is 3709.072984.
    expect(model.criterion).toBeLessThanOrEqual((given.method === "fREML" ? 3709.072984 : given.criterion) + CRITERION);
    const found = model.smooths.flatMap(({ smoothingParameters }) => smoothingParameters);
    given.sp.forEach((wanted, k) => {
      const spread = Math.abs(given.defaultControl.sp[k] / wanted - 1);
      if (wanted < INFINITE && spread < 1e-3) expect(Math.abs(found[k] / wanted - 1)).toBeLessThan(Math.max(1e-4, spread));
    });
  });

  it.skipIf(!isAtHand)("fits, predicts and errs as mgcv does", () => {
    if (!given || !model) return;
    const { grid } = given;
    const allowed = Math.max(VALUES, spreadOf(given));
    expect(miss(model.predict(toColumns(given.data), { scale: "link" }), given.linearPredictor)).toBeLessThan(VALUES);
    expect(miss(model.predict(toColumns(given.data)), given.fitted)).toBeLessThan(VALUES);
    const data = toColumns(grid.data);
    const link = model.predictWithErrors(data, { scale: "link" });
    expect(miss(link.values, grid.link)).toBeLessThan(VALUES);
    expect(miss(link.standardErrors, grid.seLink)).toBeLessThan(VALUES);
    const response = model.predictWithErrors(data);
    expect(miss(response.values, grid.response)).toBeLessThan(VALUES);
    expect(miss(response.standardErrors, grid.seResponse)).toBeLessThan(VALUES);
    if (grid.seLinkUnconditional && (given.method === "REML" || given.method === "ML")) {
      const { standardErrors } = model.predictWithErrors(data, { scale: "link", unconditional: true });
      expect(miss(standardErrors, grid.seLinkUnconditional)).toBeLessThan(allowed);
    }
  });

  it.skipIf(!isAtHand)("tells its terms as mgcv does", () => {
    if (!given || !model) return;
    const { names, values, standardErrors } = model.predictTerms(toColumns(given.grid.data));
    expect(names).toEqual(given.grid.termNames);
    for (const { label } of model.smooths) {
      const t = names.indexOf(label);
      const column = (cells: Float64Array): Float64Array => cells.filter((_, cell) => cell % names.length === t);
      const scale = Math.max(1, spreadOf(given) / VALUES) * Math.max(...given.grid.terms.map((row) => Math.abs(row[t])));
      given.grid.terms.forEach((row, i) => expect(Math.abs(column(values)[i] - row[t])).toBeLessThan(VALUES * scale));
      given.grid.termsSe.forEach((row, i) => expect(Math.abs(column(standardErrors)[i] - row[t])).toBeLessThan(VALUES * scale));
    }
  });

  it.skipIf(!isAtHand)("has mgcv's degrees of freedom, scale and measures of fit", () => {
    if (!given || !model) return;
    const { fit } = model;
    expect(Math.abs(model.effectiveDegreesOfFreedom - given.edfTotal)).toBeLessThan(DEGREES);
    if (given.method !== "fREML") expect(Math.abs(sumOf([...fit.referenceDegreesOfFreedom]) - sumOf(given.edf1))).toBeLessThan(2 * DEGREES);
    expect(Math.abs(model.scale / given.sigma2 - 1)).toBeLessThan(VALUES);
    expect(Math.abs(model.deviance / given.deviance - 1)).toBeLessThan(VALUES);
    expect(Math.abs(model.nullDeviance / given.nullDeviance - 1)).toBeLessThan(VALUES);
    expect(model.devianceExplained).toBeCloseTo(given.devExplained, 5);
    expect(model.adjustedRSquared).toBeCloseTo(given.rSqAdj, 5);
    expect(fit.residualDegreesOfFreedom).toBeCloseTo(given.residualDf, 3);
    if (given.aic === null) expect(model.aic).toBeNull();
    else expect(Math.abs((model.aic ?? NaN) - given.aic)).toBeLessThan(3 * DEGREES);
  });

  it.skipIf(!isAtHand)("tests its terms as mgcv does", () => {
    if (!given || !model) return;
    const { smoothTable, parametric } = given;
    expect(model.smooths.map(({ label }) => label)).toEqual(smoothTable.names);
    model.smooths.forEach((smooth, j) => {
      expect(Math.abs(smooth.effectiveDegreesOfFreedom - smoothTable.edf[j])).toBeLessThan(DEGREES);
      expect(Math.abs(smooth.referenceDegreesOfFreedom - smoothTable.refDf[j])).toBeLessThan(2 * DEGREES);
      // bam has other coefficients of the same functions, on which signs of eigenvectors depend, and with them the statistic, not its p-value.
      if (given.method !== "fREML") expect(Math.abs(smooth.statistic / smoothTable.stat[j] - 1)).toBeLessThan(1e-4);
      const p = smoothTable.p[j];
      expect(Math.abs(smooth.pValue - p)).toBeLessThan(p > 1e-3 ? P_VALUE * p : SMALL_P);
    });
    const coefficients = model.coefficients.filter((one) => parametric.names.includes(one.name));
    expect(coefficients.map((one) => one.name)).toEqual(parametric.names);
    expect(
      miss(
        coefficients.map(({ estimate }) => estimate ?? NaN),
        parametric.estimate,
      ),
    ).toBeLessThan(VALUES);
    expect(
      miss(
        coefficients.map(({ standardError }) => standardError ?? NaN),
        parametric.se,
      ),
    ).toBeLessThan(VALUES);
  });

  it.skipIf(!isAtHand)("has mgcv's residuals and leverages", () => {
    if (!given || !model) return;
    expect(miss(model.residuals("deviance"), given.residuals.deviance)).toBeLessThan(VALUES);
    expect(miss(model.residuals("pearson"), given.residuals.pearson)).toBeLessThan(VALUES);
    if (given.method !== "fREML") expect(miss(model.leverage(), given.hat)).toBeLessThan(VALUES);
  });

  it.skipIf(!isAtHand)("comes back from JSON with the same predictions, to the bit", () => {
    if (!given || !model) return;
    const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(model)));
    const data = toColumns(given.grid.data);
    expect(restored.predict(data)).toEqual(model.predict(data));
    expect(restored.predictWithErrors(data)).toEqual(model.predictWithErrors(data));
    expect(restored.predictTerms(data)).toEqual(model.predictTerms(data));
    expect(String(restored.summary())).toBe(String(model.summary()));
    expect(restored.aic).toBe(model.aic);
    expect(restored.toJSON()).toEqual(model.toJSON());
  });
});

import { describe, expect, test } from "vitest";
import type { MarginalMeans } from "../../src/models/index.ts";
import {
  expectClose,
  expectNumber,
  fitCase,
  listReferences,
  readReference,
  type GlmCase,
  type JsonNumber,
  type JsonTable,
} from "./glm-cases.ts";

/** What R's packages say of a fit; see test/reference/glm/PROVENANCE.md. */
interface InferenceCase extends GlmCase {
  readonly columnNames: readonly string[];
  readonly coefficients: readonly number[];
  readonly se: readonly number[];
  readonly deviance: number;
  readonly clusters: readonly string[];
  readonly tests: {
    readonly typeI: Readonly<Partial<Record<"LR" | "F", JsonTable>>>;
    readonly typeII: Readonly<Partial<Record<"LR" | "Wald" | "F" | "FbyDeviance", JsonTable>>>;
    readonly typeIII: Readonly<Partial<Record<"LR" | "Wald" | "F", JsonTable>>>;
  };
  readonly robust: Readonly<Record<"HC0" | "HC1" | "HC2" | "HC3" | "clusterHC0" | "clusterHC1", readonly (readonly number[])[]>>;
  readonly hypotheses: readonly HypothesisCase[] | null;
  readonly robustHypotheses: readonly HypothesisCase[] | null;
  readonly marginalMeans: readonly MeansCase[] | null;
  readonly intervals: Readonly<
    Record<"waldNormal" | "waldNormal90" | "waldT" | "profileMass" | "profileExact" | "profileExactT", readonly (readonly number[])[]>
  >;
  readonly criteria: Readonly<Record<"aic" | "aicc" | "bic" | "parameters" | "numObservations", number | null>>;
}

interface HypothesisCase {
  readonly hypothesis: readonly string[];
  readonly chisq: { readonly df: number; readonly statistic: number; readonly p: number };
  readonly F: { readonly df: number; readonly statistic: number; readonly p: number };
}

interface MeansCase {
  readonly specs: readonly string[];
  readonly weights: "equal" | "proportional";
  readonly at: Readonly<Record<string, number | readonly number[]>> | null;
  readonly df: number | "Infinity";
  readonly link: JsonTable;
  readonly response: JsonTable;
  readonly pairs: Readonly<Record<"none" | "bonferroni" | "holm" | "responseNone" | "differences", JsonTable>>;
}

/** Differences of deviances of refits, both to the end in float64. */
const DEVIANCES = 1e-8;
/** Statistics and errors made of covariances, which square the conditioning of the design. */
const COVARIANCES = 1e-7;
/** p-values magnify the relative error of a statistic z by about z². */
const P_VALUES = 1e-6;
/** The ends in R come of uniroot on refits at epsilon 1e-14: deviances hold 1e-14 of themselves, their roots half the digits near 0. */
const PROFILES = 1e-7;
/** MASS interpolates by cubic splines: 1e-4 of a standard error, or seven times that where the profile bends most (esoph's intercept). */
const SPLINES = 1e-3;

const contrasts = {
  warpbreaks_poisson_sum: { wool: "sum", tension: "sum" },
  cars_gaussian_sum: { Size: "sum", Leather: "helmert", Make: "sum" },
} as const;

const names = listReferences("inference").filter((name) => !/^(firth|separation)_|^cars_aliased$/.test(name));

test("all cases are there", () => {
  expect(names.sort()).toEqual([
    "cars_gamma",
    "cars_gaussian",
    "cars_gaussian_sum",
    "cars_inverse_gaussian",
    "cars_weights_offset",
    "esoph_binomial",
    "fair_poisson",
    "insurance_poisson",
    "mroz_logit",
    "quine_negbin",
    "warpbreaks_poisson",
    "warpbreaks_poisson_sum",
    "warpbreaks_quasipoisson",
  ]);
});

describe.each(names)("%s", (name) => {
  const wanted = readReference<InferenceCase>(`inference/${name}`);
  const model = fitCase(wanted, name in contrasts ? { contrasts: contrasts[name as keyof typeof contrasts] } : {});
  const estimated = model.fit.dispersionMethod !== "known";
  const scale = model.coefficients.map(({ estimate, standardError }) => Math.max(Math.abs(estimate as number), standardError as number));

  test("the fit is the same", () => {
    expect(model.coefficients.map((each) => each.name)).toEqual(wanted.columnNames);
    expectClose(
      model.coefficients.map(({ estimate }) => estimate),
      wanted.coefficients,
      { relative: DEVIANCES, floor: wanted.se },
      "coefficients",
    );
  });

  test("tests of terms are car's and anova's", () => {
    const check = (type: "I" | "II" | "III", kind: "LR" | "Wald" | "F", table: JsonTable | undefined, dispersion?: "deviance"): void => {
      if (!table) return;
      const { rows } = model.testTerms({ type, test: kind, ...(dispersion ? { dispersion } : {}) });
      const columns = ["LR Chisq", "Chisq", "F value", "F values", "F"].filter((column) => column in table);
      const pColumn = ["Pr(>Chisq)", "Pr(>F)", "Pr(>Chi)"].find((column) => column in table) as string;
      for (const row of rows) {
        const k = table.rows.indexOf(row.term);
        const what = `type ${type} ${kind} ${row.term}`;
        expect(row.degreesOfFreedom, what).toBe(table.Df[k]);
        const relative = kind === "Wald" ? COVARIANCES : DEVIANCES;
        // A statistic of deviances is a difference of them.
        const floor = kind === "Wald" ? 0 : (wanted.deviance / model.dispersion) * 1e-3;
        if (columns.length > 0) expectNumber(row.statistic, table[columns[0]][k], { relative, floor }, what);
        if (type === "I") expectNumber(row.deviance, table.Deviance[k], { relative, floor: wanted.deviance * 1e-3 }, what);
        expectNumber(row.pValue, table[pColumn][k], { relative: P_VALUES }, what);
      }
      expect(rows.length).toBe(table.rows.filter((row) => !["NULL", "Residuals", "(Intercept)"].includes(row)).length);
    };
    const { typeI, typeII, typeIII } = wanted.tests;
    check("I", "LR", typeI.LR);
    check("I", "F", typeI.F);
    for (const kind of ["LR", "Wald", "F"] as const) {
      check("II", kind, typeII[kind]);
      check("III", kind, typeIII[kind]);
    }
    check("II", "F", typeII.FbyDeviance, "deviance");
  });

  test("robust covariances are those of sandwich", () => {
    for (const type of ["HC0", "HC1", "HC2", "HC3"] as const) {
      expectCovariance(model.robustCovariance({ type }), wanted.robust[type], type);
    }
    const { clusters } = wanted;
    expectCovariance(model.robustCovariance({ type: "HC0", clusters }), wanted.robust.clusterHC0, "clusters HC0");
    expectCovariance(model.robustCovariance({ clusters }), wanted.robust.clusterHC1, "clusters HC1");
  });

  test.runIf(wanted.hypotheses)("linear hypotheses are those of car", () => {
    const robust = model.withCovariance(model.robustCovariance({ type: "HC3" }));
    for (const [fitted, cases] of [
      [model, wanted.hypotheses],
      [robust, wanted.robustHypotheses],
    ] as const) {
      for (const { hypothesis, chisq, F } of cases ?? []) {
        for (const [kind, expected] of [["chiSquared", chisq] as const, ["F", F] as const]) {
          const found = fitted.testHypothesis(hypothesis, { test: kind });
          const what = `${hypothesis.join(", ")} ${kind}`;
          expect(found.degreesOfFreedom, what).toBe(expected.df);
          expectNumber(found.statistic, expected.statistic, { relative: COVARIANCES }, what);
          expectNumber(found.pValue, expected.p, { relative: P_VALUES }, what);
        }
      }
    }
  });

  test.runIf(wanted.marginalMeans)("marginal means are those of emmeans", () => {
    for (const each of wanted.marginalMeans ?? []) checkMeans(each, (scaleOf) => model.marginalMeans(each.specs, optionsOf(each, scaleOf)));
  });

  test("Wald intervals", () => {
    const ends = (options: object, expected: readonly (readonly number[])[]): void => {
      const { rows } = model.confidenceIntervals(options);
      for (const [end, which] of (["low", "high"] as const).entries()) {
        expectClose(
          rows.map((row) => row[which]),
          expected.map((pair) => pair[end]),
          { relative: COVARIANCES, floor: scale },
          which,
        );
      }
    };
    ends({ quantiles: "normal" }, wanted.intervals.waldNormal);
    ends({ quantiles: "normal", level: 0.9 }, wanted.intervals.waldNormal90);
    ends({}, estimated ? wanted.intervals.waldT : wanted.intervals.waldNormal);
  });

  test("profile intervals: exact, and MASS's splines", () => {
    const ends = (quantiles: "t" | "normal", expected: readonly (readonly number[])[], relative: number): void => {
      const { rows } = model.confidenceIntervals({ method: "profile", quantiles });
      for (const [end, which] of (["low", "high"] as const).entries()) {
        expectClose(
          rows.map((row) => row[which]),
          expected.map((pair) => pair[end]),
          { relative, floor: scale },
          which,
        );
      }
    };
    ends("normal", wanted.intervals.profileExact, PROFILES);
    ends("normal", wanted.intervals.profileMass, SPLINES);
    if (estimated) ends("t", wanted.intervals.profileExactT, PROFILES);
  });

  test("criteria", () => {
    const { aic, aicc, bic, parameters, numObservations } = wanted.criteria;
    expect(model.numObservations).toBe(numObservations);
    expect(model.numParameters).toBe(parameters);
    if (aic === null) {
      expect([model.aic, model.aicc, model.bic]).toEqual([null, null, null]);
      return;
    }
    expectNumber(model.aic, aic, { relative: DEVIANCES }, "AIC");
    expectNumber(model.aicc, aicc, { relative: DEVIANCES }, "AICc");
    expectNumber(model.bic, bic, { relative: DEVIANCES }, "BIC");
  });
});

function expectCovariance(found: Float64Array, expected: readonly (readonly number[])[], what: string): void {
  const errors = expected.map((row, j) => Math.sqrt(row[j]));
  expectClose(found, expected.flat(), { relative: COVARIANCES, floor: errors.flatMap((one) => errors.map((other) => one * other)) }, what);
}

function optionsOf({ weights, at }: MeansCase, scale: "link" | "response"): object {
  return { weights, scale, ...(at === null ? {} : { at }) };
}

/** Columns of emmeans' tables change their names with the scale and the distribution. */
function columnOf(table: JsonTable, columns: readonly string[]): readonly JsonNumber[] {
  const name = columns.find((each) => each in table);
  if (name === undefined) throw new Error(`none of ${columns.join()} among ${Object.keys(table).join()}`);
  return table[name];
}

function checkMeans(wanted: MeansCase, meansOn: (scale: "link" | "response") => MarginalMeans): void {
  const what = `${wanted.specs.join("×")} ${wanted.weights} ${JSON.stringify(wanted.at)}`;
  const estimates = ["emmean", "response", "prob", "rate"];
  for (const scale of ["link", "response"] as const) {
    const table = wanted[scale];
    const { rows } = meansOn(scale);
    // emmeans varies the first factor fastest, vitrine the last.
    const order = rows.map(({ at }) =>
      table.rows.findIndex((_, k) =>
        wanted.specs.every((spec) => String((table as Record<string, readonly unknown[]>)[spec][k]) === String(at[spec])),
      ),
    );
    const check = (found: readonly number[], columns: readonly string[], floor = 0): void => {
      const column = columnOf(table, columns);
      expectClose(
        found,
        order.map((k) => column[k]),
        { relative: COVARIANCES, floor },
        `${what} ${scale} ${columns[0]}`,
      );
    };
    // Averages of terms lose digits where they are near 0.
    check(
      rows.map(({ estimate }) => estimate),
      estimates,
      scale === "link" ? 0.1 : 0,
    );
    check(
      rows.map(({ standardError }) => standardError),
      ["SE"],
    );
    check(
      rows.map(({ low }) => low),
      ["lower.CL", "asymp.LCL"],
      scale === "link" ? 0.1 : 0,
    );
    check(
      rows.map(({ high }) => high),
      ["upper.CL", "asymp.UCL"],
      scale === "link" ? 0.1 : 0,
    );
    expect(rows[0].degreesOfFreedom).toBe(Number(wanted.df));
  }
  if (wanted.specs.length > 1) return;
  const means = meansOn("link");
  for (const adjust of ["none", "bonferroni", "holm"] as const) checkPairs(means, { adjust, scale: "link" }, wanted.pairs[adjust], what);
  if ("ratio" in wanted.pairs.responseNone) checkPairs(means, { adjust: "none", scale: "ratio" }, wanted.pairs.responseNone, what);
  if ("odds.ratio" in wanted.pairs.responseNone) checkPairs(means, { adjust: "none", scale: "ratio" }, wanted.pairs.responseNone, what);
  checkPairs(means, { adjust: "none", scale: "response" }, wanted.pairs.differences, what);
}

function checkPairs(
  means: MarginalMeans,
  options: { readonly adjust: "none" | "bonferroni" | "holm"; readonly scale: "link" | "ratio" | "response" },
  table: JsonTable,
  what: string,
): void {
  const { rows } = means.contrasts(options);
  const label = `${what} pairs ${options.adjust} ${options.scale}`;
  const errors = rows.map(({ standardError }) => standardError);
  const check = (found: readonly number[], columns: readonly string[], relative: number, floor: readonly number[] | number): void =>
    expectClose(found, columnOf(table, columns), { relative, floor }, `${label} ${columns[0]}`);
  check(
    rows.map(({ estimate }) => estimate),
    ["estimate", "ratio", "odds.ratio"],
    COVARIANCES,
    errors,
  );
  check(errors, ["SE"], COVARIANCES, 0);
  check(
    rows.map(({ low }) => low),
    ["lower.CL", "asymp.LCL"],
    COVARIANCES,
    errors,
  );
  check(
    rows.map(({ high }) => high),
    ["upper.CL", "asymp.UCL"],
    COVARIANCES,
    errors,
  );
  check(
    rows.map(({ statistic }) => statistic),
    ["t.ratio", "z.ratio"],
    COVARIANCES,
    1,
  );
  check(
    rows.map(({ pValue }) => pValue),
    ["p.value"],
    P_VALUES,
    0,
  );
}

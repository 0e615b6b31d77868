import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitGam, type GamModel, type GamOptions, type TableLike } from "../../../src/index.ts";
import { categorical } from "../../../src/table/index.ts";
import { familyOf } from "../glm-cases.ts";

interface OptionCase {
  readonly name: string;
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly options: {
    readonly weights?: string;
    readonly select?: boolean;
    readonly method?: "ML" | "GCV.Cp";
    readonly gamma?: number;
    readonly sp?: readonly number[];
    readonly scale?: number;
    readonly knots?: Record<string, number[]>;
  };
  readonly criterion: number;
  readonly edf: number;
  readonly scale: number;
  readonly residualDf: number;
  readonly aic: number | null;
  readonly rSqAdj: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  /** A row a smooth: edf, reference degrees of freedom, statistic, p-value. */
  readonly smoothTable: readonly number[][];
  /** A row a parametric term: degrees of freedom, statistic, p-value. */
  readonly termTable: readonly number[][] | null;
  readonly coefficients: number[];
  readonly standardErrors: number[];
  readonly pValues: number[];
  readonly linkValues: number[];
  readonly se: number[];
  readonly unconditional: number[] | null;
  readonly excluded: number[];
  readonly excludedSe: number[];
  readonly withMean: number[];
  readonly cook: number[];
}

interface OptionCases {
  readonly data: Readonly<Record<string, readonly (number | string)[]>>;
  readonly newRows: readonly number[];
  readonly cases: readonly OptionCase[];
}

/** Both searches end within 1e-9 of the least criterion, and values within its root. */
const VALUES = 1e-5;
const CRITERION = 1e-6;
const DEGREES = 1e-4;
/** Davies' method in mgcv errs by up to 2e-5 absolute. */
const DAVIES = 2e-5;
/**
 * Where a log-likelihood is honest and mgcv's is not: it tells a gaussian's of known scale and an inverse gaussian's as if the dispersion were
 * that of maximum likelihood.
 */
const OTHER_LIKELIHOOD = new Set(["scale", "inverseGaussian"]);

const given = JSON.parse(readFileSync(new URL("options/options.json", import.meta.url), "utf8")) as OptionCases;

function tableOf(rows: readonly number[] | null): TableLike {
  const columns = Object.entries(given.data).map(([name, values]) => [name, rows ? rows.map((row) => values[row - 1]) : values] as const);
  return Object.fromEntries(
    columns.map(([name, values]) => [name, name === "h" ? categorical(values as string[], ["p", "q", "r"]) : values]),
  );
}

function fitCase({ name, formula, family, link, options }: OptionCase): GamModel {
  const { weights, select, gamma, sp, scale, knots, method } = options;
  const all: GamOptions = {
    family: familyOf(family, link),
    method: method === "GCV.Cp" ? (name === "ubre" ? "UBRE" : "GCV") : (method ?? "REML"),
    ...(weights ? { weights } : {}),
    ...(select ? { select } : {}),
    ...(gamma ? { gamma } : {}),
    ...(sp ? { smoothing: { "s(x)": sp[0] } } : {}),
    ...(scale ? { dispersion: scale } : {}),
    ...(knots ? { knots } : {}),
  };
  return fitGam(formula, tableOf(null), all);
}

function miss(found: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, i) => Math.abs(found[i] - value))) / Math.max(...wanted.map(Math.abs));
}

describe.each(given.cases)("$name", (one) => {
  const model = fitCase(one);
  const rows = tableOf(given.newRows);

  it("finds mgcv's fit", () => {
    expect(model.criterion).toBeLessThanOrEqual(one.criterion + CRITERION);
    expect(Math.abs(model.effectiveDegreesOfFreedom - one.edf)).toBeLessThan(DEGREES);
    expect(Math.abs(model.scale / one.scale - 1)).toBeLessThan(VALUES);
    expect(Math.abs(model.residualDegreesOfFreedom - one.residualDf)).toBeLessThan(DEGREES);
    expect(Math.abs(model.deviance / one.deviance - 1)).toBeLessThan(VALUES);
    expect(Math.abs(model.nullDeviance / one.nullDeviance - 1)).toBeLessThan(VALUES);
    expect(Math.abs(model.adjustedRSquared - one.rSqAdj)).toBeLessThan(VALUES);
    if (one.aic === null) expect(model.aic).toBeNull();
    else if (!OTHER_LIKELIHOOD.has(one.name)) expect(Math.abs((model.aic ?? NaN) - one.aic)).toBeLessThan(3 * DEGREES);
    expect(miss(model.cooksDistance().subarray(0, 6), one.cook)).toBeLessThan(3 * VALUES);
  });

  it("predicts with mgcv's errors, and without a term", () => {
    const link = model.predictWithErrors(rows, { scale: "link" });
    expect(miss(link.values, one.linkValues)).toBeLessThan(VALUES);
    expect(miss(link.standardErrors, one.se)).toBeLessThan(VALUES);
    const rest = model.predictWithErrors(rows, { scale: "link", exclude: ["s(x)"] });
    expect(miss(rest.values, one.excluded)).toBeLessThan(VALUES);
    expect(miss(rest.standardErrors, one.excludedSe)).toBeLessThan(VALUES);
    expect(miss(model.smoothEffect("s(x)", { data: rows, withMean: true }).standardErrors, one.withMean)).toBeLessThan(VALUES);
    if (one.unconditional && one.options.method !== "GCV.Cp") {
      const { standardErrors } = model.predictWithErrors(rows, { scale: "link", unconditional: true });
      expect(miss(standardErrors, one.unconditional)).toBeLessThan(VALUES);
    }
  });

  it("tests coefficients, terms and smooths as mgcv does", () => {
    const { coefficients } = model.summary();
    const numbers = (pick: (coefficient: (typeof coefficients)[number]) => number | null): number[] =>
      coefficients.map((coefficient) => pick(coefficient) ?? NaN);
    expect(
      miss(
        numbers(({ estimate }) => estimate),
        one.coefficients,
      ),
    ).toBeLessThan(VALUES);
    expect(
      miss(
        numbers(({ standardError }) => standardError),
        one.standardErrors,
      ),
    ).toBeLessThan(VALUES);
    expect(
      miss(
        numbers(({ pValue }) => pValue),
        one.pValues,
      ),
    ).toBeLessThan(VALUES);
    const tests = model.testTerms();
    const parametric = tests.filter(({ kind }) => kind === "parametric");
    parametric.forEach(({ degreesOfFreedom, statistic, pValue }, j) => {
      const [degrees, wanted, wantedP] = one.termTable?.[j] ?? [];
      expect(degreesOfFreedom).toBe(degrees);
      expect(Math.abs(statistic / wanted - 1)).toBeLessThan(VALUES);
      expect(Math.abs(pValue / wantedP - 1)).toBeLessThan(1e-4);
    });
    expect(parametric).toHaveLength(one.termTable?.length ?? 0);
    const smooth = tests.filter(({ kind }) => kind === "smooth");
    smooth.forEach(({ degreesOfFreedom, statistic, pValue }, j) => {
      const [, degrees, wanted, wantedP] = one.smoothTable[j];
      expect(Math.abs(degreesOfFreedom - degrees)).toBeLessThan(DEGREES);
      expect(Math.abs(statistic / wanted - 1)).toBeLessThan(3 * VALUES);
      expect(Math.abs(pValue - wantedP)).toBeLessThan(DAVIES);
    });
    expect(smooth).toHaveLength(one.smoothTable.length);
  });
});

import { describe, expect, test } from "vitest";
import { fitGlm, type GlmModel } from "../../src/models/index.ts";
import {
  expectClose,
  expectNumber,
  familyOf,
  fitCase,
  listReferences,
  readReference,
  toColumns,
  type GlmCase,
  type JsonColumns,
} from "./glm-cases.ts";
import type { JsonTable } from "./glm-cases.ts";

/** What brglm2 says of a fit with bias reduction; see test/reference/glm/PROVENANCE.md. */
interface FirthCase {
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly data: JsonColumns;
  readonly separatedColumns: readonly string[];
  readonly columnNames: readonly string[];
  readonly bias: Readonly<Record<"AS_mean" | "MPL_Jeffreys", { coefficients: number[]; se: number[]; deviance: number }>>;
}

/** brglm2 stops when its steps are below 1e-13, vitrine when a step promises nothing. */
const ESTIMATES = 1e-8;
const ERRORS = 1e-7;

const names = listReferences("inference").filter((name) => /^(firth|separation)_/.test(name));

function fit({ formula, family, link, data }: FirthCase, biasReduction?: "firth"): GlmModel {
  return fitGlm(formula, toColumns(data), { family: familyOf(family, link), ...(biasReduction ? { biasReduction } : {}) });
}

test("all cases are there", () => {
  expect(names.sort()).toEqual([
    "firth_mroz_logit",
    "firth_mroz_probit",
    "firth_warpbreaks_poisson",
    "separation_perfect",
    "separation_poisson",
    "separation_quasi",
  ]);
});

describe.each(names)("%s", (name) => {
  const wanted = readReference<FirthCase>(`inference/${name}`);

  test("estimates of reduced bias are those of brglm2", () => {
    const model = fit(wanted, "firth");
    // The likelihood times Jeffreys' prior is maximised; where the link is not canonical, reducing the bias of the mean (AS_mean) differs.
    const expected = wanted.bias.MPL_Jeffreys;
    expect(model.coefficients.map((each) => each.name)).toEqual(wanted.columnNames);
    expectClose(
      model.coefficients.map(({ estimate }) => estimate),
      expected.coefficients,
      { relative: ESTIMATES, floor: expected.se },
      "coefficients",
    );
    expectClose(
      model.coefficients.map(({ standardError }) => standardError),
      expected.se,
      { relative: ERRORS },
      "standard errors",
    );
    expectNumber(model.deviance, expected.deviance, { relative: ESTIMATES }, "deviance");
  });

  test.runIf(wanted.separatedColumns.length > 0)("maximum likelihood is warned of, and its profiles are open on one side", () => {
    const model = fit(wanted);
    const warning = model.warnings.find((each) => each.name === "separation");
    for (const column of wanted.separatedColumns) expect(warning?.subjects).toContain(column);
    const { rows, warnings } = model.confidenceIntervals({ method: "profile" });
    expect(warnings.map((each) => each.name)).toContain("unbounded");
    for (const column of wanted.separatedColumns) {
      const row = rows.find((each) => each.name === column);
      expect([row?.low === -Infinity, row?.high === Infinity]).toContain(true);
    }
  });
});

test("aliased columns: tests and intervals leave them out as car, anova and confint do, means are those of emmeans", () => {
  interface AliasedCase {
    readonly coefficients: readonly (number | null)[];
    readonly typeIILR: JsonTable;
    readonly typeIIF: JsonTable;
    readonly anovaF: JsonTable;
    readonly waldT: readonly (readonly (number | null)[])[];
    readonly marginalMeans: readonly [{ readonly link: JsonTable }];
  }
  const wanted = readReference<AliasedCase>("inference/cars_aliased");
  const model = fitCase(readReference<GlmCase>("gaussian_rank_deficient"));
  for (const [options, table, column, p] of [
    [{ test: "LR" }, wanted.typeIILR, "LR Chisq", "Pr(>Chisq)"],
    [{ test: "F" }, wanted.typeIIF, "F value", "Pr(>F)"],
    [{ type: "I", test: "F" }, wanted.anovaF, "F", "Pr(>F)"],
  ] as const) {
    for (const row of model.testTerms(options).rows) {
      const k = table.rows.indexOf(row.term);
      expect(row.degreesOfFreedom).toBe(table.Df[k]);
      // R's table has NA, or 0 in some versions, where there is nothing to test.
      if (row.degreesOfFreedom === 0) expect([row.statistic, row.pValue]).toEqual([NaN, NaN]);
      else {
        expectNumber(row.statistic, table[column][k], { relative: ESTIMATES }, row.term);
        expectNumber(row.pValue, table[p][k], { relative: 1e-6 }, row.term);
      }
    }
  }
  const { rows } = model.confidenceIntervals({ quantiles: "normal" });
  const expected = wanted.waldT.filter(([low]) => low !== null);
  expect(rows.map(({ name }) => name)).not.toContain("Sum2");
  expectClose(
    rows.map(({ low }) => low),
    expected.map(([low]) => low),
    { relative: ERRORS },
    "low",
  );
  const means = model.marginalMeans("Make");
  expect(means.warnings).toEqual([]);
  const { emmean, SE } = wanted.marginalMeans[0].link;
  expectClose(
    means.rows.map(({ estimate }) => estimate),
    emmean,
    { relative: ERRORS },
    "means",
  );
  expectClose(
    means.rows.map(({ standardError }) => standardError),
    SE,
    { relative: ERRORS },
    "standard errors",
  );
});

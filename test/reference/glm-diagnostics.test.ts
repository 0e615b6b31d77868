import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { quantileResidual } from "../../src/models/glm/diagnostics/quantile-residuals.ts";
import { fitGlm } from "../../src/models/index.ts";
import type { ContrastName, FamilyLike, GlmModel } from "../../src/models/index.ts";
import { normal } from "../../src/numeric/index.ts";
import { categorical } from "../../src/table/index.ts";

type Numbers = readonly (number | null)[];

/** What R says of the rows of a fit; see test/reference/glm/PROVENANCE.md. */
interface Diagnosed {
  readonly name: string;
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly data: Readonly<Record<string, { readonly levels?: readonly string[]; readonly values: readonly (number | string)[] }>>;
  readonly weights: readonly number[] | null;
  readonly diagnostics?: {
    readonly dfbetas: readonly Numbers[];
    readonly dffits: Numbers;
    readonly vif?: { readonly GVIF: readonly number[]; readonly Df?: readonly number[] };
  };
  readonly quantileBounds?: { readonly below: readonly number[]; readonly atOrBelow: readonly number[] };
  readonly counts?: {
    readonly pearson: { readonly ratio: number; readonly p: number };
    readonly cameronTrivedi: Readonly<Record<"linear" | "quadratic", { readonly estimate: number; readonly statistic: number }>>;
    readonly zeros: { readonly observed: number; readonly expected: number; readonly scoreStatistic: number };
  };
  readonly separatedColumns?: readonly string[];
}

const folder = resolve(import.meta.dirname, "glm/inference");
const cases = readdirSync(folder)
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Diagnosed)
  .filter(({ data }) => data !== undefined);
const FAMILIES: Readonly<Record<string, FamilyLike>> = { Gamma: "gamma", "inverse.gaussian": "inverseGaussian" };

const CONTRASTS: Readonly<Record<string, Readonly<Record<string, ContrastName>>>> = {
  warpbreaks_poisson_sum: { wool: "sum", tension: "sum" },
  cars_gaussian_sum: { Size: "sum", Leather: "helmert", Make: "sum" },
};

function fit({ name, formula, data, family, link, weights }: Diagnosed): GlmModel {
  const columns = Object.fromEntries(
    Object.entries(data).map(([column, { levels, values }]) => [
      column,
      levels ? categorical(values, levels) : Float64Array.from(values, Number),
    ]),
  );
  const contrasts = CONTRASTS[name] ? { contrasts: CONTRASTS[name] } : {};
  const known = family.startsWith("Negative") ? "negativeBinomial" : (FAMILIES[family] ?? (family as FamilyLike));
  return fitGlm(formula, columns, { family: known, link: link as "log", ...contrasts, ...(weights ? { weights } : {}) });
}

/**
 * Influence divides by standard errors and by 1 − leverage: the seven digits of the standard errors, measured by the largest of a
 * list. R's own coefficients stand 1e-7 of a standard error away from the maximum where the link is not canonical.
 */
const INFLUENCE = 1e-6;

function expectNear(actual: ArrayLike<number>, expected: Numbers): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...expected.map((value) => Math.abs(value ?? 0)));
  expected.forEach((value, i) => {
    if (value === null) return;
    expect(Math.abs(actual[i] - value), `position ${i}`).toBeLessThan(INFLUENCE * largest);
  });
}

test("there are cases of every kind", () => {
  expect(cases.filter(({ diagnostics }) => diagnostics).length).toBeGreaterThan(8);
  expect(cases.filter(({ counts }) => counts).length).toBeGreaterThan(1);
  expect(cases.filter(({ separatedColumns }) => separatedColumns?.length).length).toBeGreaterThan(2);
});

describe.each(cases.filter(({ diagnostics }) => diagnostics))("$name", (reference) => {
  const model = fit(reference);
  const { diagnostics, quantileBounds } = reference;

  test("dfbetas and dffits are R's", () => {
    const kept = model.coefficients.map(({ aliased }) => !aliased);
    const p = kept.length;
    const ours = Array.from(model.dfbetas()).filter((_, cell) => kept[cell % p]);
    expectNear(ours, diagnostics!.dfbetas.flat());
    expectNear(model.dffits(), diagnostics!.dffits);
  });

  test.skipIf(!diagnostics?.vif)("variance inflation is car's", () => {
    expectNear(
      model.varianceInflation().map(({ factor }) => factor),
      diagnostics!.vif!.GVIF,
    );
  });

  test.skipIf(!quantileBounds)("quantile residuals lie between R's bounds", () => {
    const residuals = model.residuals("quantile");
    const { below, atOrBelow } = quantileBounds!;
    below.forEach((low, row) => {
      const place = normal.cdf(residuals[row]);
      expect(place).toBeGreaterThan(low - INFLUENCE);
      expect(place).toBeLessThan(atOrBelow[row] + INFLUENCE);
    });
  });
});

describe.each(cases.filter(({ counts }) => counts))("$name counts", (reference) => {
  const model = fit(reference);
  const { pearson, cameronTrivedi, zeros } = reference.counts!;

  test("overdispersion is tested as in R", () => {
    const found = model.testOverdispersion();
    expect(found.ratio).toBeCloseTo(pearson.ratio, 7);
    expect(found.pValue).toBeCloseTo(pearson.p, 7);
    for (const kind of ["linear", "quadratic"] as const) {
      expect(found.regression![kind].estimate).toBeCloseTo(cameronTrivedi[kind].estimate, 6);
      expect(found.regression![kind].statistic).toBeCloseTo(cameronTrivedi[kind].statistic, 6);
    }
  });

  test("zeros are counted and tested as in R", () => {
    const found = model.testZeroInflation();
    expect(found.observed).toBe(zeros.observed);
    expect(found.expected).toBeCloseTo(zeros.expected, 6);
    expect(Math.abs(found.statistic! - zeros.scoreStatistic)).toBeLessThan(INFLUENCE * Math.max(1, zeros.scoreStatistic));
  });
});

describe.each(cases.filter(({ separatedColumns }) => separatedColumns))("$name", (reference) => {
  test("names the columns that separate", () => {
    const warning = fit(reference).warnings.find(({ name }) => name === "separation");
    expect(warning?.subjects ?? []).toEqual(reference.separatedColumns);
  });
});

test("a discrete residual stays within the jump of the distribution, in both tails", () => {
  const family = fitGlm("y ~ 1", { y: [0, 1, 2, 3] }, { family: "poisson" }).family;
  const fixed = (share: number): { next: () => number; integer: () => number } => ({ next: () => share, integer: () => 0 });
  const at = (response: number, share: number): number =>
    quantileResidual("test", family, { response, mean: 2, weight: 1, dispersion: 1 }, fixed(share));
  expect(normal.cdf(at(0, 0.5))).toBeCloseTo(0.5 * Math.exp(-2), 12);
  // P(Y ≥ 30) of mean 2 is 3e-24: far beyond what 1 − cdf could tell.
  expect(at(30, 0.5)).toBeGreaterThan(10);
  expect(Number.isFinite(at(60, 0.5))).toBe(true);
});

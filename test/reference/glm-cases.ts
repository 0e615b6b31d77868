import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import {
  binomial,
  fitGlm,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasibinomial,
  quasipoisson,
  tweedie,
  type Family,
  type GlmModel,
  type GlmOptions,
} from "../../src/models/index.ts";
import { categorical, type TableLike } from "../../src/table/index.ts";

/** A number as R's or Python's JSON has it: null is NaN. */
export type JsonNumber = number | null | "Infinity" | "-Infinity";

/** A column of a case's data. */
type JsonColumn =
  | { readonly type: "numeric"; readonly values: readonly JsonNumber[] }
  | { readonly type: "factor"; readonly levels: readonly string[]; readonly values: readonly string[] };

export type JsonColumns = Readonly<Record<string, JsonColumn>>;

/** A table of R: one array a column. */
export type JsonTable = Readonly<Record<string, readonly JsonNumber[]>> & { readonly rows: readonly string[] };

const folder = resolve(import.meta.dirname, "glm");

/** Reads a JSON file of test/reference/glm by its name without `.json`. See PROVENANCE.md there. */
export function readReference<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(resolve(folder, `${name}.json`), "utf8")) as Shape;
}

/** Names of the JSON files in a folder of test/reference/glm. */
export function listReferences(within = "."): string[] {
  return readdirSync(resolve(folder, within))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));
}

/** A case's columns as a table. */
export function toColumns(columns: JsonColumns): TableLike {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      column.type === "factor" ? categorical(column.values, column.levels) : Float64Array.from(column.values, toNumber),
    ]),
  );
}

function toNumber(value: JsonNumber | undefined): number {
  return value === null || value === undefined ? NaN : Number(value);
}

type LinkOption = NonNullable<GlmOptions["link"]>;

/** The family that R or statsmodels calls so; a negative binomial's theta is estimated, as `glm.nb` does. */
export function familyOf(name: string, linkName: string): Family {
  const link = { link: (linkName === "mu^0" ? "log" : linkName) as LinkOption };
  if (name.startsWith("Negative Binomial")) return negativeBinomial(link);
  switch (name) {
    case "gaussian":
      return gaussian(link);
    case "binomial":
      return binomial(link);
    case "poisson":
      return poisson(link);
    case "Gamma":
      return gamma(link);
    case "inverse.gaussian":
      return inverseGaussian(link);
    case "quasipoisson":
      return quasipoisson(link);
    case "quasibinomial":
      return quasibinomial(link);
    case "Tweedie":
      return tweedie({ ...link, power: 1.5 });
    default:
      throw new Error(`no family for ${name}`);
  }
}

/** How near numbers must be. */
export interface Closeness {
  /** Largest share by which a number may differ from the expected one. */
  readonly relative: number;
  /**
   * What a number is measured by where it is itself smaller: 0 (the default) for none. Coefficients and residuals near 0 are differences of
   * larger numbers and keep no more digits than those have: coefficients are measured by their standard error, the numbers of a list by
   * their root mean square.
   */
  readonly floor?: number | ArrayLike<number>;
}

/** Checks numbers one by one, and says which is furthest off. */
export function expectClose(
  actual: ArrayLike<number | null>,
  expected: ArrayLike<JsonNumber>,
  { relative, floor = 0 }: Closeness,
  what: string,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length);
  let worst = 0;
  let where = "";
  for (let i = 0; i < expected.length; i++) {
    const [found, wanted] = [toNumber(actual[i]), toNumber(expected[i])];
    if (Object.is(found, wanted) || found === wanted) continue;
    const size = Math.max(Math.abs(wanted), typeof floor === "number" ? floor : floor[i]);
    const miss = Math.abs(found - wanted) / size;
    if (!(miss <= worst)) [worst, where] = [miss, `${what}[${i}]: ${found} for ${wanted}`];
  }
  expect(worst, where).toBeLessThanOrEqual(relative);
}

/** Checks one number. */
export function expectNumber(actual: number | null | undefined, expected: JsonNumber, closeness: Closeness, what: string): void {
  expectClose([actual ?? null], [expected], closeness, what);
}

/** Root mean square of a list of numbers. */
export function rootMeanSquare(values: readonly JsonNumber[]): number {
  return Math.sqrt(values.reduce((sum: number, value) => sum + toNumber(value) ** 2, 0) / values.length);
}

/** A p × p matrix without the rows and columns of aliased coefficients. */
export function withoutAliased(matrix: Float64Array, aliased: readonly boolean[]): number[] {
  const p = aliased.length;
  return Array.from(matrix).filter((_, cell) => !aliased[Math.floor(cell / p)] && !aliased[cell % p]);
}

/** A case of test/reference/glm made by R. */
export interface GlmCase {
  readonly name: string;
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly data: JsonColumns;
  readonly weights: readonly number[] | null;
}

/** Fits a case of R. */
export function fitCase({ formula, data, family, link, weights }: Omit<GlmCase, "name">, options: GlmOptions = {}): GlmModel {
  return fitGlm(formula, toColumns(data), { family: familyOf(family, link), ...(weights ? { weights } : {}), ...options });
}

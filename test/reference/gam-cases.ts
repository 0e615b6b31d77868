import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fitGam, type GamModel, type GamOptions } from "../../src/models/index.ts";
import { familyOf, toColumns, type JsonColumns } from "./glm-cases.ts";

/** One fit of mgcv. See test/reference/gam/PROVENANCE.md. */
export interface GamCase {
  readonly name: string;
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly method: "REML" | "ML" | "GCV.Cp" | "fREML";
  readonly criterionName: string;
  readonly data: JsonColumns;
  readonly sp: readonly number[];
  readonly criterion: number;
  readonly edf: readonly number[];
  readonly edf1: readonly number[];
  readonly edf2: readonly number[] | null;
  readonly edfTotal: number;
  /** The dispersion. */
  readonly sigma2: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly devExplained: number;
  readonly rSqAdj: number;
  readonly aic: number | null;
  readonly residualDf: number;
  readonly parametric: { readonly names: readonly string[]; readonly estimate: readonly number[]; readonly se: readonly number[] };
  readonly smoothTable: {
    readonly names: readonly string[];
    readonly edf: readonly number[];
    readonly refDf: readonly number[];
    readonly stat: readonly number[];
    readonly p: readonly number[];
  };
  readonly linearPredictor: readonly number[];
  readonly fitted: readonly number[];
  readonly hat: readonly number[];
  readonly residuals: { readonly deviance: readonly number[]; readonly pearson: readonly number[] };
  readonly grid: {
    readonly data: JsonColumns;
    readonly link: readonly number[];
    readonly seLink: readonly number[];
    readonly seLinkUnconditional: readonly number[] | null;
    readonly response: readonly number[];
    readonly seResponse: readonly number[];
    readonly termNames: readonly string[];
    readonly terms: readonly (readonly number[])[];
    readonly termsSe: readonly (readonly number[])[];
  };
  /** The same fit at mgcv's default tolerances. */
  readonly defaultControl: { readonly sp: readonly number[]; readonly criterion: number; readonly edfTotal: number };
}

const committed = resolve(import.meta.dirname, "gam");
/** Cases whose data may not be copied into the project: used where that folder stands beside it. */
const sharedOnly = resolve(import.meta.dirname, "../../../shared/reference/shared-only/gam");

/** Names of the cases that stay unread where the shared folder is absent. */
export const SHARED_ONLY_NAMES = ["gaussian_re_wage", "poisson_by_factor_bike", "poisson_cc_bike", "quasipoisson_cc_bike"] as const;

/** Whether a case is at hand. */
export function hasGamCase(name: string): boolean {
  return existsSync(resolve(committed, `${name}.json`)) || existsSync(resolve(sharedOnly, `${name}.json`));
}

export function readGamCase(name: string): GamCase {
  const own = resolve(committed, `${name}.json`);
  return JSON.parse(readFileSync(existsSync(own) ? own : resolve(sharedOnly, `${name}.json`), "utf8")) as GamCase;
}

/** The fit that a case describes. */
export function fitGamCase(given: GamCase, options: GamOptions = {}): GamModel {
  const method = given.method === "GCV.Cp" ? "GCV" : given.method;
  return fitGam(given.formula, toColumns(given.data), { family: familyOf(given.family, given.link), method, ...options });
}

import { InputError, refuseUnknownOptions, type Warning } from "../../../errors.ts";
import type { DesignTerm } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { knownCovariance } from "../covariance.ts";
import { zeroAliased } from "../zero-aliased.ts";
import { findEstimable } from "./aliases.ts";
import { checkLevel, checkWord } from "./checks.ts";
import { confidenceIntervals } from "./confidence-intervals.ts";
import { countRows } from "./count-rows.ts";
import { factorOf, levelForms } from "./level-forms.ts";
import { hasRatios } from "./pairwise-contrasts.ts";
import { referenceDistribution } from "./reference-distribution.ts";
import { contains } from "./term-comparisons.ts";
import { estimateForms } from "./wald.ts";

/** Options of `GlmModel.relativities`. */
export interface RelativityOptions {
  /** @defaultValue 0.95 */
  readonly level?: number;
  /** As in `confidenceIntervals`; profiles need treatment contrasts. @defaultValue "wald" */
  readonly method?: "wald" | "profile";
}

/** By how much a level, or one unit of a number, multiplies the mean (log link) or the odds (logit). */
export interface RelativityRow {
  /** The term's label. */
  readonly term: string;
  /** The coefficient's name, or the term with the level where none stands for it. */
  readonly name: string;
  /** The level of a factor; the coefficient's name in a term of several that are no levels; null for the one of a number. */
  readonly level: string | null;
  readonly relativity: number;
  readonly low: number;
  readonly high: number;
  /** Training rows with that level (frequencies counted), or all of them; absent where the training data were not kept. */
  readonly n?: number;
  /** Sum of the same rows' weights: the exposure where weights are exposures. */
  readonly weight?: number;
  /** Sum of weight × exp(offset) of the same rows: the exposure of a log link with an offset or the option `exposure`; absent without. */
  readonly exposure?: number;
  /** Whether others of the term are compared with this level; its relativity is 1. */
  readonly isReference: boolean;
}

/** Relativities of all terms but the intercept. */
export interface Relativities {
  /** What is multiplied: `mean` or `odds`. */
  readonly of: "mean" | "odds";
  readonly level: number;
  readonly rows: readonly RelativityRow[];
  readonly warnings: readonly Warning[];
}

interface Quantity {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Exponentials of coefficients, with a row for each reference level. @throws {@link InputError} unless the link is log or logit */
export function relativities(fit: GlmFit, options: RelativityOptions = {}): Relativities {
  const call = "GlmModel.relativities";
  refuseUnknownOptions(call, options, ["level", "method"]);
  const { level = 0.95, method = "wald" } = options;
  checkLevel(call, level);
  checkWord(call, "method", method, ["wald", "profile"]);
  checkLink(call, fit);
  const terms = fit.recipe.terms.filter(({ factors }) => factors.length > 0);
  const found = terms.map((term) => {
    const factor = factorOf(fit.recipe, term);
    return factor ? levelRows(call, fit, term, { level, method }) : columnRows(call, fit, term, { level, method });
  });
  return { of: fit.family.link.name === "log" ? "mean" : "odds", level, rows: found.flat(), warnings: describe(fit, terms, found.flat()) };
}

/** A row for each coefficient of a numeric term or an interaction. */
function columnRows(call: string, fit: GlmFit, term: DesignTerm, options: Required<RelativityOptions>): RelativityRow[] {
  const coefficients = term.positions.map((position) => fit.recipe.columnNames[position]);
  const { rows } = confidenceIntervals(fit, { ...options, coefficients }, call);
  const counts = countRows(fit, null, null);
  return rows.map((row) => {
    const level = term.positions.length > 1 ? row.name : null;
    return { term: term.label, name: row.name, level, ...exponentiate(row), ...counts, isReference: false };
  });
}

/** A row for each level of a factor, against its reference level, whatever the contrasts. */
function levelRows(call: string, fit: GlmFit, term: DesignTerm, options: Required<RelativityOptions>): RelativityRow[] {
  const { levels, reference, input, forms, columns } = levelForms(call, fit, term);
  const estimable = findEstimable(call, fit, forms);
  const quantities = columns
    ? columnQuantities(call, fit, columns, options)
    : options.method === "profile"
      ? refuseProfile(call, term)
      : formQuantities(call, fit, forms, options.level);
  return levels.flatMap((level, k): RelativityRow[] => {
    const isReference = k === reference;
    const quantity = isReference ? { estimate: 0, low: 0, high: 0 } : quantities[k];
    if (!estimable[k] || quantity === null) return [];
    const column = columns?.[k] ?? null;
    const name = column === null ? `${term.label}${level}` : fit.recipe.columnNames[column];
    return [{ term: term.label, name, level, ...exponentiate(quantity), ...countRows(fit, input, level), isReference }];
  });
}

/** Intervals of the coefficients that stand for levels themselves; null for the reference level and aliased ones. */
function columnQuantities(
  call: string,
  fit: GlmFit,
  columns: readonly (number | null)[],
  options: Required<RelativityOptions>,
): (Quantity | null)[] {
  const names = columns.flatMap((column) => (column === null ? [] : [fit.recipe.columnNames[column]]));
  const { rows } = confidenceIntervals(fit, { ...options, coefficients: names }, call);
  const byName = new Map(rows.map((row) => [row.name, row]));
  return columns.map((column) => (column === null ? null : (byName.get(fit.recipe.columnNames[column]) ?? null)));
}

function formQuantities(call: string, fit: GlmFit, forms: Parameters<typeof estimateForms>[0], level: number): Quantity[] {
  const { values, covariance } = estimateForms(forms, zeroAliased(fit.estimates), knownCovariance(call, fit));
  const quantile = referenceDistribution(fit).quantile((1 - level) / 2);
  return Array.from(values, (estimate, k) => {
    const reach = quantile * Math.sqrt(Math.max(0, covariance[k * values.length + k]));
    return { estimate, low: estimate - reach, high: estimate + reach };
  });
}

function exponentiate({ estimate, low, high }: Quantity): Pick<RelativityRow, "relativity" | "low" | "high"> {
  return { relativity: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) };
}

function describe({ recipe, aliased }: GlmFit, terms: readonly DesignTerm[], rows: readonly RelativityRow[]): Warning[] {
  const warnings: Warning[] = [];
  const within = terms.filter((term) => terms.some((other) => contains(other, term))).map(({ label }) => label);
  if (within.length > 0) {
    const message = `${within.join(", ")} also stand in interactions: their relativities hold at the reference levels, and 0, of what they interact with.`;
    warnings.push({ name: "interactions", message, subjects: within });
  }
  const missing = terms.filter(({ positions }) => positions.some((position) => aliased[position])).map(({ label }) => label);
  if (missing.length > 0) {
    const message = `Some coefficients of ${missing.join(", ")} are aliased with earlier ones and have no relativity.`;
    warnings.push({ name: "aliased", message, subjects: recipe.columnNames.filter((_, position) => aliased[position]) });
  }
  const unbounded = rows.filter(({ low, high }) => low === 0 || high === Infinity).map(({ name }) => name);
  if (unbounded.length > 0) {
    const message = `The data do not bound ${unbounded.join(", ")} on one side: they are separated there.`;
    warnings.push({ name: "unbounded", message, subjects: unbounded });
  }
  return warnings;
}

function refuseProfile(call: string, term: DesignTerm): never {
  throw new InputError({
    call,
    argument: "method",
    expected: '"wald" unless factors have treatment contrasts',
    received: `"profile" and other contrasts of ${JSON.stringify(term.label)}`,
    mend: "Fit with treatment contrasts: the model is the same.",
  });
}

function checkLink(call: string, fit: GlmFit): void {
  if (hasRatios(fit)) return;
  throw new InputError({
    call,
    argument: "model",
    expected: "one with the log or the logit link, whose coefficients are logarithms of ratios",
    received: `one with the link "${fit.family.link.name}"`,
    mend: "Read model.confidenceIntervals() or model.marginalMeans() instead.",
  });
}

import { InputError, listNames } from "../../errors.ts";
import type { Warning } from "../../errors.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { ModelFormula } from "../formula/model-formula.ts";
import type { Table } from "../table.ts";
import type { LearnedSmooth } from "../smooths/smooth-variable.ts";
import { refuseAlike } from "../smooths/refuse-alike.ts";
import { learnSmooths } from "../smooths/learn-smooths.ts";
import { findKnotsOption } from "../smooths/knots-option.ts";
import type { FinishedSmooth } from "../smooths/finish-smooth.ts";
import { findCompleteRows } from "./complete-rows.ts";
import { DesignRows } from "./design-rows.ts";
import { makeDesign } from "./make-design.ts";
import type { ContrastName } from "./contrasts.ts";
import type { Design, DesignRecipe, DesignResponse, RecipeInput, RecipeVariable } from "./design.ts";
import { checkDesignOptions } from "./design-options.ts";
import type { LearnOptions } from "./design-options.ts";
import { findOccurringLevels } from "./factor-levels.ts";
import type { LevelSource } from "./factor-levels.ts";
import { learnBasis } from "./learn-basis.ts";
import { learnFactor, levelSource } from "./learn-factor.ts";
import { planDesign } from "./plan-design.ts";
import type { DesignPlan } from "./plan-design.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { listSources, scanColumns } from "./scan-column.ts";
import type { ColumnScan } from "./scan-column.ts";
import { layOutTerms } from "./term-layout.ts";

/** A design with the recipe to make it of other tables, and the response in its rows. */
export interface LearnedDesign {
  readonly recipe: DesignRecipe;
  readonly design: Design;
  readonly response: DesignResponse;
  /** The smooth terms, in the order of their columns; empty where the formula has none. */
  readonly smooths: readonly LearnedSmooth[];
  /** Of smooth terms whose functions others have already: `nestedSmooths`. */
  readonly warnings: readonly Warning[];
}

/**
 * Makes the design of a formula and a table as R's model.matrix does, and the recipe to make it of other tables.
 *
 * @param call - the public function to name in an error
 * @throws {@link InputError} with a caret under a part of the formula that is wrong; naming column and row of a number that is infinite
 * @example
 * const { recipe, design, response } = learnDesign("fitGlm", "claims ~ region * age", table);
 */
export function learnDesign(call: string, formula: ModelFormula, table: Table, options: LearnOptions = {}): LearnedDesign {
  checkDesignOptions(call, options, ["contrasts", "unusedLevels", "missing", "alongside", "smooths", "knots", "cells"], table.numRows);
  const { cells: _, ...forMaking } = options;
  const kinds: ColumnKinds = new Map(table.columns.map(({ name, kind }) => [name, kind]));
  const plan = planDesign(call, formula, kinds, options.smooths === "learn");
  const scans = scanColumns(call, table, [...plan.columns, ...plan.response.columns]);
  const usedLevels = options.unusedLevels === "drop" ? levelFinder(call, table, plan, scans, options) : null;
  const inputs = plan.columns.map((name) => learnInput(table, name, scans, usedLevels));
  const variables = learnVariables(plan, table, options.contrasts ?? {}, usedLevels);
  const known = plan.smooths.length === 0 ? null : findRows(call, table, plan, scans, options);
  const { smooths: finished, warnings } = known === null ? { smooths: [], warnings: [] } : learnSmoothTerms(plan, known, options);
  const recipe = makeRecipe(plan, inputs, variables, learnResponseLevels(plan, table, usedLevels), finished);
  const { design, response } = makeDesign(call, recipe, table, { ...forMaking, withResponse: true, scans, known });
  refuseNoRows(call, design.matrix.numRows, table.numRows);
  const firsts = new Map(design.terms.map(({ label, positions }) => [label, positions[0]]));
  const smooths = finished.map(({ learned }): LearnedSmooth => ({ ...learned, first: firsts.get(learned.label)! }));
  if (known !== null) refuseFewRows(call, design);
  return { recipe, design, response: response!, smooths, warnings };
}

/** The rows in which nothing is missing: smooths are learned from these alone. */
function findRows(
  call: string,
  table: Table,
  plan: DesignPlan,
  scans: ReadonlyMap<string, ColumnScan>,
  { alongside = [], missing = "drop", cells }: LearnOptions,
): DesignRows {
  const sources = listSources(table, [...plan.columns, ...plan.response.columns], scans, alongside);
  const rows = new DesignRows(call, table, findCompleteRows(call, table.numRows, sources, missing), cells);
  refuseNoRows(call, rows.numRows, table.numRows);
  return rows;
}

function learnSmoothTerms(plan: DesignPlan, rows: DesignRows, options: LearnOptions): ReturnType<typeof learnSmooths> {
  const { call } = plan.source;
  const levels = new Map<string, readonly string[]>();
  refuseAlike(plan.source, (text) => rows.covariates.values(text), plan.smooths);
  return learnSmooths(
    {
      source: plan.source,
      covariates: rows.covariates,
      levelsOf: ({ expression, text }) => {
        let found = levels.get(text);
        if (found === undefined) levels.set(text, (found = findOccurringLevels(levelSource(call, expression, rows.table), rows.rows)));
        return found;
      },
      knots: findKnotsOption(call, plan.smooths, options.knots ?? {}),
    },
    plan.smooths,
    plan.expanded.hasIntercept,
  );
}

/** Penalties could make up for what the rows do not say, but then a smooth would be made of its penalty alone. */
function refuseFewRows(call: string, { matrix: { numRows, numColumns } }: Design): void {
  if (numColumns <= numRows) return;
  throw new InputError({
    call,
    argument: "data",
    expected: `of at least as many complete rows as the model has coefficients, ${numColumns}`,
    received: String(numRows),
    mend: "Take smooths of a smaller k, or leave terms out.",
  });
}

/** Puts what was learned together. */
export function makeRecipe(
  plan: DesignPlan,
  inputs: readonly RecipeInput[],
  variables: readonly RecipeVariable[],
  responseLevels: readonly string[],
  smooths: readonly FinishedSmooth[] = [],
): DesignRecipe {
  const { expanded, response, source } = plan;
  const columnsOf = [...plan.variables.map(({ columns }) => columns), ...smooths.map(({ columns }) => columns)];
  const planned = smooths.map(({ variable: { label } }, k) => ({ label, variables: [plan.variables.length + k] }));
  const all = [...variables, ...smooths.map(({ variable }) => variable)];
  const { columnNames, terms } = layOutTerms(source.call, [...expanded.terms, ...planned], all, columnsOf, expanded.hasIntercept);
  return {
    formula: plan.text,
    columnNames,
    terms,
    hasIntercept: expanded.hasIntercept,
    inputs,
    variables: all,
    offsets: expanded.offsets.map(expressionText),
    response: { kind: response.kind, label: response.label, expressions: response.expressions, levels: responseLevels },
  };
}

/** What the contrasts option says of a factor, by its label or its column. @throws InputError when a name is no factor's */
export function findContrasts(plan: DesignPlan, contrasts: Readonly<Record<string, ContrastName>>): (ContrastName | undefined)[] {
  const factors = plan.variables.filter(({ kind }) => kind === "factor");
  const names = factors.flatMap(({ label, columns }) => [label, ...columns]);
  const stray = Object.keys(contrasts).find((name) => !names.includes(name));
  if (stray !== undefined) {
    throw new InputError({
      call: plan.source.call,
      argument: "contrasts",
      expected: factors.length === 0 ? "left out of a formula without factors" : `about the factors ${listNames([...new Set(names)])}`,
      received: JSON.stringify(stray),
      mend: "Correct the name, or leave it out.",
    });
  }
  return plan.variables.map(({ label, columns }) =>
    [label, ...columns].map((name) => contrasts[name]).find((found) => found !== undefined),
  );
}

/** Finds the levels that complete rows have. */
type LevelFinder = (source: LevelSource) => readonly string[];

function levelFinder(
  call: string,
  table: Table,
  plan: DesignPlan,
  scans: ReadonlyMap<string, ColumnScan>,
  { alongside = [] }: LearnOptions,
): LevelFinder {
  const sources = listSources(table, [...plan.columns, ...plan.response.columns], scans, alongside);
  const rows = findCompleteRows(call, table.numRows, sources, "drop");
  return (source) => findOccurringLevels(source, rows);
}

function learnInput(table: Table, name: string, scans: ReadonlyMap<string, ColumnScan>, usedLevels: LevelFinder | null): RecipeInput {
  const column = table.column(name);
  const { description } = column;
  if (column.kind === "categorical") {
    return { name, kind: "categorical", levels: usedLevels?.(column) ?? column.levels, range: null, description };
  }
  const { range } = scans.get(name)!;
  return { name, kind: "numeric", levels: [], range: range[0] <= range[1] ? range : null, description };
}

function learnVariables(
  plan: DesignPlan,
  table: Table,
  contrasts: Readonly<Record<string, ContrastName>>,
  usedLevels: LevelFinder | null,
): RecipeVariable[] {
  const { call } = plan.source;
  const chosen = findContrasts(plan, contrasts);
  return plan.variables.map((spec, v): RecipeVariable => {
    const { label, expression } = spec;
    if (spec.kind === "numeric") return { kind: "numeric", label, expression: expressionText(expression) };
    const source = levelSource(call, expression, table);
    if (spec.kind === "factor") return learnFactor(call, label, expression, spec.factor, source, chosen[v], usedLevels?.(source) ?? null);
    const values = source.kind === "numeric" ? source.values : new Float64Array(0);
    return { kind: "basis", label, expression: expressionText(expression), basis: learnBasis(plan.source, spec.basis, values) };
  });
}

/** All levels of the response, or of more than two those that rows have: one of two may well be left, and is no other one for it. */
function learnResponseLevels({ response, source }: DesignPlan, table: Table, usedLevels: LevelFinder | null): readonly string[] {
  if (response.kind !== "categorical") return [];
  const levels = levelSource(source.call, parseExpression(response.expressions[0], source.call), table);
  if (levels.kind !== "categorical") return findOccurringLevels(levels);
  return usedLevels !== null && levels.levels.length > 2 ? usedLevels(levels) : levels.levels;
}

function refuseNoRows(call: string, numRows: number, before: number): void {
  if (numRows > 0) return;
  throw new InputError({
    call,
    argument: "data",
    expected: "a table with at least one row in which nothing is missing",
    received: before === 0 ? "no rows" : `something missing in each of ${before} rows`,
    mend: "Leave out columns that are mostly missing, or fill them in.",
  });
}

import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import type { FinishedSmooth } from "../smooths/finish-smooth.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { ModelFormula } from "../formula/model-formula.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { checkLevels } from "../categorical.ts";
import type { Table } from "../table.ts";
import type { VariableSpec } from "./classify-variable.ts";
import type { ContrastName } from "./contrasts.ts";
import type { DesignRecipe, RecipeInput, RecipeVariable } from "./design.ts";
import { codeLevels, findOccurringLevels } from "./factor-levels.ts";
import type { LevelSource, UnusedPolicy } from "./factor-levels.ts";
import { learnBasis } from "./learn-basis.ts";
import { findContrasts, makeRecipe } from "./learn-design.ts";
import { learnFactor, levelSource } from "./learn-factor.ts";
import { LevelUnion, NumberUnion } from "./level-union.ts";
import { planDesign } from "./plan-design.ts";
import type { DesignPlan } from "./plan-design.ts";
import { scanColumns } from "./scan-column.ts";

/** What a {@link DesignLearner} may be told. */
export interface DesignLearnerOptions {
  /** Contrasts of factors by column or label; the formula's own C( ) comes first. @defaultValue "treatment" for each */
  readonly contrasts?: Readonly<Record<string, ContrastName>> | undefined;
  /** All levels of a categorical column, in order. @defaultValue the levels of the chunks: in their order where all agree, else sorted */
  readonly levels?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Levels of a factor that no row has: they keep their columns, or go. @defaultValue "keep" */
  readonly unusedLevels?: UnusedPolicy | undefined;
  /** Whether smooth terms are an error, or are learned by the caller. @defaultValue "refuse" */
  readonly smooths?: "refuse" | "learn" | undefined;
}

/**
 * Learns a recipe from a table that comes in chunks, in memory that does not grow with the rows: levels are united, ranges widened.
 * Designs of the chunks are then made with {@link applyDesignAndResponse}.
 *
 * @example
 * const learner = new DesignLearner("fitGlmChunks", "claims ~ region + age");
 * for await (const chunk of chunks) learner.add(chunk);
 * const recipe = learner.finish();
 */
export class DesignLearner {
  readonly #call: string;
  readonly #formula: ModelFormula;
  readonly #contrasts: Readonly<Record<string, ContrastName>>;
  readonly #dropsUnused: boolean;
  /** The levels that were given; by Map, since a column may be named "constructor". */
  readonly #given: ReadonlyMap<string, readonly string[]>;
  readonly #ranges: Map<string, [number, number]> = new Map();
  readonly #levels: Map<string, LevelUnion> = new Map();
  readonly #numbers: Map<string, NumberUnion> = new Map();
  readonly #hasSmooths: boolean;
  #first: { readonly plan: DesignPlan; readonly table: Table } | null = null;

  /**
   * @param call - the public function to name in an error
   * @throws {@link InputError} when an option is none of those
   */
  constructor(call: string, formula: ModelFormula, options: DesignLearnerOptions = {}) {
    refuseUnknownOptions(call, options, ["contrasts", "levels", "unusedLevels", "smooths"]);
    const given = Object.entries(options.levels ?? {});
    this.#given = new Map(given.map(([name, levels]) => [name, checkLevels(call, levels, `levels of column ${JSON.stringify(name)}`)]));
    this.#contrasts = options.contrasts ?? {};
    this.#hasSmooths = options.smooths === "learn";
    this.#dropsUnused = options.unusedLevels === "drop";
    this.#call = call;
    this.#formula = formula;
  }

  /**
   * Takes in a chunk.
   *
   * @throws {@link InputError} with a caret under what the first chunk does not have, or what cannot be learned from chunks; when a later
   * chunk lacks a column or has another kind of it; naming column and row of an infinite number or of a level that is not given
   */
  add(table: Table): void {
    const { plan } = (this.#first ??= this.#begin(table));
    const names = [...plan.columns, ...plan.response.columns];
    for (const name of new Set(names)) this.#addColumn(table, name);
    for (const [name, { range }] of scanColumns(this.#call, table, names)) {
      const before = this.#ranges.get(name) ?? [Infinity, -Infinity];
      this.#ranges.set(name, [Math.min(before[0], range[0]), Math.max(before[1], range[1])]);
    }
    for (const expression of listLevelExpressions(plan)) {
      const source = levelSource(this.#call, parseExpression(expression, this.#call), table);
      if (source.kind === "numeric") find(this.#numbers, expression, NumberUnion).add(source.values);
    }
  }

  /** The formula as the first chunk's columns make it understood; null before there is one. */
  get plan(): DesignPlan | null {
    return this.#first?.plan ?? null;
  }

  /** The recipe of all chunks. @param smooths - learned of the same rows @throws {@link InputError} when there was none, or a factor has fewer than two levels */
  finish(smooths: readonly FinishedSmooth[] = []): DesignRecipe {
    if (this.#first === null) {
      const mend = "Give at least one chunk.";
      throw new InputError({ call: this.#call, argument: "data", expected: "made of chunks with rows", received: "none", mend });
    }
    const { plan, table } = this.#first;
    const chosen = findContrasts(plan, this.#contrasts);
    const inputs = plan.columns.map((name): RecipeInput => {
      const { kind, description } = table.column(name);
      if (kind === "categorical")
        return { name, kind, levels: this.#usedLevels(this.#levelsOf(name)) ?? this.#levelsOf(name).levels, range: null, description };
      const range = this.#ranges.get(name)!;
      return { name, kind, levels: [], range: range[0] <= range[1] ? range : null, description };
    });
    const variables = plan.variables.map((spec, v) => this.#learnVariable(plan, spec, chosen[v]));
    const response = plan.response.kind === "categorical" ? this.#responseLevels(plan) : [];
    return makeRecipe(plan, inputs, variables, response, smooths);
  }

  #begin(table: Table): { plan: DesignPlan; table: Table } {
    const plan = planDesign(this.#call, this.#formula, new Map(table.columns.map(({ name, kind }) => [name, kind])), this.#hasSmooths);
    for (const spec of plan.variables) if (spec.kind === "basis") refuseUnknownKnots(plan, spec);
    const categories = [...new Set([...plan.columns, ...plan.response.columns])].filter(
      (name) => table.column(name).kind === "categorical",
    );
    const stray = [...this.#given.keys()].find((name) => !categories.includes(name));
    if (stray === undefined) return { plan, table: table.rows(0, 0) };
    throw new InputError({
      call: this.#call,
      argument: "levels",
      expected: `about the categorical columns ${listNames(categories)}`,
      received: describeReceived(stray),
      mend: "Correct the name, or leave it out.",
    });
  }

  #addColumn(table: Table, name: string): void {
    const { kind } = this.#first!.table.column(name);
    const column = table.has(name) ? table.column(name) : undefined;
    if (column?.kind !== kind) {
      throw new InputError({
        call: this.#call,
        argument: "data",
        expected: `made of chunks that each have the ${kind} column ${JSON.stringify(name)}`,
        received: column === undefined ? "one without it" : `one in which it is ${column.kind}`,
        mend: "Read every chunk with the same kinds of columns.",
      });
    }
    if (column.kind !== "categorical") return;
    const given = this.#given.get(name);
    // Codes are made only to find the first level that is not among the given ones.
    if (given !== undefined) codeLevels({ call: this.#call, name }, column, given, "fail", 0);
    find(this.#levels, name, LevelUnion).add(column);
  }

  #levelsOf(name: string): Extract<LevelSource, { kind: "categorical" }> {
    const found = this.#levels.get(name)!.finish();
    const given = this.#given.get(name);
    if (given === undefined) return found;
    const occurring = new Set(Array.from(found.codes, (code) => found.levels[code]));
    return { kind: "categorical", levels: given, codes: Int32Array.from(occurring, (level) => given.indexOf(level)) };
  }

  #usedLevels(source: LevelSource): readonly string[] | null {
    return this.#dropsUnused ? findOccurringLevels(source) : null;
  }

  #learnVariable(plan: DesignPlan, spec: VariableSpec, contrast: ContrastName | undefined): RecipeVariable {
    const { label, expression } = spec;
    const text = expressionText(expression);
    if (spec.kind === "numeric") return { kind: "numeric", label, expression: text };
    if (spec.kind === "basis") {
      return { kind: "basis", label, expression: text, basis: learnBasis(plan.source, spec.basis, new Float64Array(0)) };
    }
    const source = this.#sourceOf(text, spec.columns);
    return learnFactor(this.#call, label, expression, spec.factor, source, contrast, this.#usedLevels(source));
  }

  #responseLevels({ response }: DesignPlan): readonly string[] {
    const source = this.#sourceOf(response.expressions[0], response.columns);
    const isLarge = source.kind === "numeric" || source.levels.length > 2;
    return (isLarge ? this.#usedLevels(source) : null) ?? (source.kind === "categorical" ? source.levels : findOccurringLevels(source));
  }

  #sourceOf(expression: string, columns: readonly string[]): LevelSource {
    return this.#numbers.get(expression)?.finish() ?? this.#levelsOf(columns[0]);
  }
}

/** The expressions whose values are taken as levels. */
function listLevelExpressions({ variables, response }: DesignPlan): string[] {
  const ofTerms = variables.filter(({ kind }) => kind === "factor").map(({ expression }) => expressionText(expression));
  return [...new Set(response.kind === "categorical" ? [...ofTerms, response.expressions[0]] : ofTerms)];
}

function refuseUnknownKnots({ source }: DesignPlan, { basis, label }: Extract<VariableSpec, { kind: "basis" }>): void {
  const isKnown = basis.kind === "polynomial" ? basis.raw : (basis.knots !== null || basis.numKnots === 0) && basis.boundary !== null;
  if (isKnown) return;
  const { name } = basis.place;
  throw formulaError(source, basis.place, {
    expected: "made of terms that can be learned from chunks",
    received: label,
    mend:
      name === "poly"
        ? "Orthogonal polynomials need all rows at once: give raw = TRUE, or take bs( ) with knots."
        : `Quantiles need all rows at once: give knots = c(…) and Boundary.knots = c(…) to ${name}( ).`,
  });
}

function find<T>(map: Map<string, T>, key: string, make: new () => T): T {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new make()));
  return found;
}

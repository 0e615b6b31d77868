import * as v from "valibot";
import { describeReceived, InputError } from "../../errors.ts";
import { checkArithmetic } from "../formula/check-arithmetic.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import { collectNames } from "../formula/collect-names.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { fitsTogether, smoothEntries } from "../smooths/smooth-json.ts";
import { checkLevelsSource } from "./classify-variable.ts";
import { CONTRAST_NAMES } from "./contrasts.ts";
import type { SmoothVariable } from "../smooths/smooth-variable.ts";
import type { DesignRecipe, DesignTerm, RecipeVariable } from "./design.ts";
import { layOutTerms } from "./term-layout.ts";

const MOST = 1_000_000;
const text = v.pipe(v.string(), v.maxLength(200_000));
const texts = v.pipe(v.array(text), v.maxLength(MOST));
const finite = v.pipe(v.number(), v.finite());
const finites = v.pipe(v.array(finite), v.maxLength(1000));
const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const ascending = v.check<number[]>((values) => values.every((value, k) => k === 0 || values[k - 1] <= value));
const levels = v.pipe(
  texts,
  v.check((all) => new Set(all).size === all.length),
);
const description = v.strictObject({
  label: v.exactOptional(text),
  unit: v.exactOptional(text),
  levels: v.exactOptional(v.record(v.string(), text)),
});
const boundary = v.pipe(
  v.tuple([finite, finite]),
  v.check(([low, high]) => low < high),
);

const basis = v.variant("kind", [
  v.pipe(
    v.strictObject({ kind: v.literal("polynomial"), centres: finites, squaredNorms: finites }),
    v.check(
      ({ centres, squaredNorms }) =>
        centres.length > 0 && squaredNorms.length === centres.length + 1 && squaredNorms.every((norm) => norm > 0),
    ),
  ),
  v.strictObject({ kind: v.literal("powers"), degree: count(1, 1000) }),
  v.pipe(
    v.strictObject({
      kind: v.picklist(["bSpline", "naturalSpline"]),
      degree: count(1, 20),
      knots: v.pipe(finites, ascending),
      boundary,
      intercept: v.boolean(),
    }),
    v.check(
      ({ kind, degree, knots, boundary: [low, high] }) =>
        (kind === "bSpline" || degree === 3) && knots.every((knot) => knot >= low && knot <= high),
    ),
  ),
]);

const variable = v.variant("kind", [
  v.strictObject({ kind: v.literal("numeric"), label: text, expression: text }),
  v.strictObject({ kind: v.literal("basis"), label: text, expression: text, basis }),
  v.pipe(
    v.strictObject({ kind: v.literal("smooth"), ...smoothEntries }),
    v.check((smooth) => fitsTogether(smooth)),
  ),
  v.pipe(
    v.strictObject({
      kind: v.literal("factor"),
      label: text,
      expression: text,
      levels,
      contrast: v.picklist(CONTRAST_NAMES),
      reference: count(0, MOST),
    }),
    v.check(({ levels: all, reference }) => reference < Math.max(1, all.length)),
  ),
]);
const input = v.variant("kind", [
  v.strictObject({ name: text, kind: v.literal("categorical"), levels, range: v.null(), description }),
  v.strictObject({
    name: text,
    kind: v.literal("numeric"),
    levels: v.pipe(texts, v.maxLength(0)),
    range: v.nullable(
      v.pipe(
        v.tuple([finite, finite]),
        v.check(([low, high]) => low <= high),
      ),
    ),
    description,
  }),
]);
const term = v.strictObject({
  label: text,
  variables: texts,
  factors: v.pipe(v.array(text), v.maxLength(1000)),
  codings: v.array(v.nullable(v.picklist(["contrasts", "indicators"]))),
  positions: v.pipe(v.array(count(0, MOST)), v.maxLength(MOST)),
});
const recipeSchema = v.strictObject({
  formula: text,
  columnNames: texts,
  terms: v.pipe(v.array(term), v.maxLength(50_001)),
  hasIntercept: v.boolean(),
  inputs: v.pipe(v.array(input), v.maxLength(MOST)),
  variables: v.pipe(v.array(variable), v.maxLength(50_000)),
  offsets: v.pipe(texts, v.maxLength(1000)),
  response: v.strictObject({
    kind: v.picklist(["numeric", "categorical", "counts"]),
    label: text,
    expressions: v.pipe(v.array(text), v.minLength(1), v.maxLength(2)),
    levels,
  }),
});

/**
 * A recipe from its JSON, checked so that it makes a design of any table that has its columns, or says why not.
 *
 * @param call - the public function to name in an error
 * @throws {@link InputError} naming the part that is no recipe's: wrong sizes, unknown functions, columns that do not follow from the terms
 */
export function recipeFromJson(call: string, json: unknown): DesignRecipe {
  const parsed = v.safeParse(recipeSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw refuseJson(call, v.getDotPath(issue) ?? "the recipe", issue.expected ?? "valid", describeReceived(issue.input));
  }
  const recipe = parsed.output as DesignRecipe;
  const kinds: ColumnKinds = new Map(recipe.inputs.map(({ name, kind }) => [name, kind]));
  if (kinds.size < recipe.inputs.length) throw refuseJson(call, "inputs", "named once each", "a name twice");
  const columnsOf = recipe.variables.map((one) => readsColumns(call, one, kinds));
  for (const offset of recipe.offsets) readsNumbers(call, offset, kinds);
  checkResponse(call, recipe);
  checkTerms(call, recipe, columnsOf);
  return recipe;
}

/** The terms and names of columns must be those that follow from the variables. */
function checkTerms(call: string, recipe: DesignRecipe, columnsOf: readonly (readonly string[])[]): void {
  const positions = new Map(recipe.variables.map(({ label }, position) => [label, position]));
  if (positions.size < recipe.variables.length) throw refuseJson(call, "variables", "named once each", "a label twice");
  const terms = recipe.terms.filter(({ factors }) => factors.length > 0);
  const planned = terms.map(({ label, factors }) => {
    const isSmooth = factors.some((name) => recipe.variables[positions.get(name) ?? -1]?.kind === "smooth");
    if (isSmooth && factors.length > 1) throw refuseJson(call, "terms", "free of products with smooths", describeReceived(label));
    const stray = factors.find((name) => !positions.has(name));
    if (stray !== undefined) throw refuseJson(call, "terms", "made of the variables", describeReceived(stray));
    if (label !== factors.join(":")) throw refuseJson(call, "terms", "labelled by their factors", describeReceived(label));
    return { label, variables: factors.map((name) => positions.get(name)!) };
  });
  const layout = layOutTerms(call, planned, recipe.variables, inOrderOfTerms(recipe, columnsOf), recipe.hasIntercept);
  if (JSON.stringify(layout.terms) !== JSON.stringify(recipe.terms.map(orderKeys))) {
    throw refuseJson(call, "terms", "those that follow from the variables", "others");
  }
  if (layout.columnNames.join("\n") !== recipe.columnNames.join("\n")) {
    throw refuseJson(call, "columnNames", "those that follow from the terms", "others");
  }
}

/** The columns of smooths as their terms list them: a formula may name covariates in another order than a smooth multiplies them. */
function inOrderOfTerms({ terms, variables }: DesignRecipe, columnsOf: readonly (readonly string[])[]): (readonly string[])[] {
  return columnsOf.map((columns, k) => {
    if (variables[k].kind !== "smooth") return columns;
    const listed = terms.find(({ factors }) => factors[0] === variables[k].label)?.variables ?? [];
    return listed.length === columns.length && columns.every((name) => listed.includes(name)) ? listed : columns;
  });
}

/** A term with its fields in the order in which a layout writes them. */
function orderKeys({ label, variables, factors, codings, positions }: DesignTerm): DesignTerm {
  return { label, variables, factors, codings, positions };
}

function readsColumns(call: string, one: RecipeVariable, kinds: ColumnKinds): string[] {
  if (one.kind === "smooth") return readsOfSmooth(call, one, kinds);
  if (one.kind !== "factor") return readsNumbers(call, one.expression, kinds);
  return readsLevels(call, one.expression, kinds);
}

function readsLevels(call: string, expression: string, kinds: ColumnKinds): string[] {
  return checkLevelsSource({ call, text: expression }, parseExpression(expression, call), kinds);
}

function readsNumbers(call: string, expression: string, kinds: ColumnKinds): string[] {
  return checkArithmetic({ call, text: expression }, parseExpression(expression, call), kinds);
}

/** What a smooth reads: covariates, the numbers it is multiplied by, the levels of its copies. */
function readsOfSmooth(call: string, { margins, multipliers, by }: SmoothVariable, kinds: ColumnKinds): string[] {
  const levelled = [...margins.filter((margin) => margin.kind === "levels"), ...(by === null ? [] : [by])];
  const numbers = [...margins.flatMap((margin) => (margin.kind === "basis" ? margin.expressions : [])), ...multipliers];
  const read = [
    ...numbers.flatMap((expression) => readsNumbers(call, expression, kinds)),
    ...levelled.flatMap(({ expression }) => readsLevels(call, expression, kinds)),
  ];
  return [...new Set(read)];
}

/** The columns of the response are not among the inputs: whatever names it has are taken to be there. */
function checkResponse(call: string, { response }: DesignRecipe): void {
  const wanted = response.kind === "counts" ? 2 : 1;
  if (response.expressions.length !== wanted) {
    throw refuseJson(call, "response.expressions", `${wanted} of a response of kind ${response.kind}`, `${response.expressions.length}`);
  }
  for (const expression of response.expressions) {
    const names = collectNames(parseExpression(expression, call)).map(({ name }) => name);
    readsNumbers(call, expression, new Map(names.map((name) => [name, "numeric"])));
  }
}

function refuseJson(call: string, argument: string, expected: string, received: string): InputError {
  return new InputError({ call, argument, expected, received, mend: "Give what the model's toJSON wrote, unchanged." });
}

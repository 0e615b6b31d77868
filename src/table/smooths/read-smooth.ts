import { checkArithmetic, checkName } from "../formula/check-arithmetic.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import type { Expression, SmoothNode } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import { nearestNames } from "../near-names.ts";
import { listNames } from "../../errors.ts";
import { readMargins } from "./read-margins.ts";
import { SmoothArguments } from "./smooth-arguments.ts";
import { SHAPE_NAMES } from "./smooth-spec.ts";
import type { MarginSpec, ShapeName, SmoothCovariate, SmoothSpec } from "./smooth-spec.ts";

/** What the left side of a formula is: no smooth may be of it. */
export interface ResponseTexts {
  readonly label: string;
  readonly columns: readonly string[];
}

/**
 * Reads what a smooth term asks for.
 *
 * @throws InputError with a caret under an unknown column, basis or argument, or what does not suit the smooth
 */
export function readSmooth(source: FormulaSource, place: SmoothNode, columns: ColumnKinds, response: ResponseTexts): SmoothSpec {
  const given = new SmoothArguments(source, place);
  const covariates = given.covariates.map((expression) => readCovariate(given, expression, columns, response));
  checkCovariates(given, covariates);
  const byExpression = given.get("by");
  const by = byExpression === undefined ? null : readCovariate(given, byExpression, columns, response);
  const shape = readShape(given);
  const margins = readMargins(given, covariates, shape !== null);
  const plain = `${place.name}(${covariates.map(({ text }) => text).join(",")})`;
  const read = [...covariates, ...(by === null ? [] : [by])];
  return {
    place,
    type: place.name,
    label: by?.kind === "numbers" ? `${plain}:${by.text}` : plain,
    columns: [...new Set(read.flatMap(({ expression }) => namesIn(source, expression, columns)))],
    covariates,
    margins,
    by,
    smoothing: given.numbers("sp")?.map((value) => (value === null || value < 0 ? null : value)) ?? null,
    group: readGroup(given),
    reparameterized: given.flags("np")?.[0] ?? true,
    full: given.flags("full")?.[0] ?? false,
    shape,
    knots: readKnots(given, covariates),
    point: readPoint(given, covariates, margins),
  };
}

function readCovariate(given: SmoothArguments, expression: Expression, columns: ColumnKinds, response: ResponseTexts): SmoothCovariate {
  const text = expressionText(expression);
  if (text === response.label || (expression.kind === "name" && response.columns.includes(expression.name))) {
    throw given.refuse(expression, "covariates other than the response", text, "Take the response out of the right side.");
  }
  const factor = factorArgument(expression);
  if (factor !== null) {
    if (factor.kind === "name") checkName(given.source, factor, columns);
    else checkArithmetic(given.source, factor, columns);
    return { expression: factor, text, kind: "levels" };
  }
  if (expression.kind === "name" && checkName(given.source, expression, columns) === "categorical") {
    return { expression, text, kind: "levels" };
  }
  const names = checkArithmetic(given.source, expression, columns);
  if (names.length > 0) return { expression, text, kind: "numbers" };
  throw given.refuse(expression, "covariates that vary from row to row", text, "Name a column.");
}

/** What `factor( )` is of; null for any other expression. */
function factorArgument(expression: Expression): Expression | null {
  if (expression.kind !== "call" || !["factor", "as.factor"].includes(expression.name)) return null;
  return expression.arguments.length === 1 && expression.arguments[0].name === null ? expression.arguments[0].value : null;
}

function namesIn(source: FormulaSource, expression: Expression, columns: ColumnKinds): string[] {
  return expression.kind === "name" ? [expression.name] : checkArithmetic(source, expression, columns);
}

function checkCovariates(given: SmoothArguments, covariates: readonly SmoothCovariate[]): void {
  const { place } = given;
  if (covariates.length === 0) throw given.refuse(place, "at least one covariate", "none", `Write ${place.name}(column).`);
  const twice = covariates.find(({ text }, k) => covariates.findIndex((other) => other.text === text) < k);
  if (twice !== undefined) {
    throw given.refuse(given.covariates[covariates.lastIndexOf(twice)], "each covariate once", `${twice.text} twice`, "Take it out once.");
  }
  // ti(x) is the main effect that belongs to ti(x, z).
  if (place.name === "s" || place.name === "ti" || covariates.length > 1) return;
  const mend = `A product needs two margins: add the other covariate, or write s(${covariates[0].text}).`;
  throw given.refuse(place, "at least two covariates", covariates[0].text, mend);
}

function readShape(given: SmoothArguments): ShapeName | null {
  const value = given.get("shape");
  if (value === undefined) return null;
  const name = given.texts("shape")!.join(" ");
  if ((SHAPE_NAMES as readonly string[]).includes(name)) return name as ShapeName;
  const near = nearestNames(name, SHAPE_NAMES);
  const mend = near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "Take one of them.";
  throw given.refuse(value, `a shape among ${listNames(SHAPE_NAMES, SHAPE_NAMES.length)}`, JSON.stringify(name), mend);
}

function readGroup(given: SmoothArguments): string | null {
  const value = given.get("id");
  if (value === undefined) return null;
  if (value.kind === "text" || value.kind === "number") return String(value.value);
  throw given.refuse(value, "a text or a number as id", expressionText(value), "Give linked smooths the same name.");
}

/** Knots by covariate: `c(…)` of a single one, `list(x = c(…), z = c(…))` of several. */
function readKnots(given: SmoothArguments, covariates: readonly SmoothCovariate[]): Record<string, readonly number[]> {
  const value = given.get("knots");
  if (value === undefined) return {};
  const finite = (one: Expression): number[] => {
    const numbers = given.numbersOf(one, "knots");
    if (numbers.every((number) => number !== null)) return numbers;
    throw given.refuse(one, "numbers as knots", expressionText(one), "Leave out NA.");
  };
  const parts = given.list("knots");
  if (parts === null) {
    if (covariates.length === 1) return { [covariates[0].text]: finite(value) };
    throw given.refuse(value, "knots by covariate", expressionText(value), "Write knots = list(x = c(…), z = c(…)).");
  }
  const stray = parts.find(({ name }) => !covariates.some(({ text }) => text === name));
  if (stray === undefined) return Object.fromEntries(parts.map((part) => [part.name, finite(part.value)]));
  const expected = `knots of the covariates ${listNames(covariates.map(({ text }) => text))}`;
  throw given.refuse(stray.value, expected, `those of ${JSON.stringify(stray.name)}`, "Name each part by its covariate.");
}

/** The point at which a smooth is held to 0 instead of on average. */
function readPoint(
  given: SmoothArguments,
  covariates: readonly SmoothCovariate[],
  margins: readonly MarginSpec[],
): readonly number[] | null {
  const value = given.get("pc");
  if (value === undefined) return null;
  const parts = given.list("pc")?.flatMap((part) => given.numbersOf(part.value, "pc")) ?? given.numbers("pc")!;
  const suits = given.place.name !== "ti" && margins.every(({ basis }) => basis !== "re" && basis !== "fs");
  if (suits && parts.length === covariates.length && parts.every((part) => part !== null)) return parts;
  const expected = suits ? `${covariates.length} numbers as pc, one for each covariate` : "no pc where it has no constraint of its own";
  throw given.refuse(value, expected, expressionText(value), suits ? "Give one number for each covariate." : "Leave pc out.");
}

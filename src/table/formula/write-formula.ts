import type { BuiltFormula, FactorTerm, LinearTerm, PolynomialTerm, TermBuilder } from "./builders.ts";
import type { ColumnKinds } from "./check-arithmetic.ts";
import type { ContrastName } from "../design/contrasts.ts";
import { expressionText, quoteName } from "./expression-text.ts";
import { parseExpression } from "./parse-formula.ts";
import type { Formula } from "./parse-formula.ts";
import { writeSmooth } from "./write-smooth.ts";

type SingleTerm = LinearTerm | FactorTerm | PolynomialTerm;

const R_CONTRASTS: Readonly<Record<ContrastName, string>> = { treatment: "treatment", sum: "sum", helmert: "helmert", polynomial: "poly" };

/** A formula that was read, with R's spaces. */
export function printFormula({ response, terms }: Formula): string {
  return `${response === null ? "" : `${expressionText(response)} `}~ ${expressionText(terms)}`;
}

/** Typed parts as a text. A factor of a column that `columns` says is categorical is the column's plain name. */
export function writeFormula(call: string, { response, terms, intercept, offset }: BuiltFormula, columns: ColumnKinds): string {
  const declared = new Map(listFactors(terms).map((term) => [term.column, term]));
  for (const term of terms) if (term.kind === "linear") declared.delete(term.column);
  const writeSingle = (term: SingleTerm | string): string => {
    if (typeof term === "string") return declared.has(term) ? writeTerm(declared.get(term)!, columns) : quoteName(term);
    return writeTerm(term, columns);
  };
  const parts = terms.map((term) => {
    if (term.kind === "smooth") return writeSmooth(term, (text) => writeExpression(call, text, columns));
    return term.kind === "interaction" ? term.of.map(writeSingle).join(":") : writeSingle(term);
  });
  if (parts.length === 0) parts.push(intercept === false ? "0" : "1");
  else if (intercept === false) parts.push("0");
  if (offset !== undefined) parts.push(`offset(${writeExpression(call, offset, columns)})`);
  return `${writeExpression(call, response, columns)} ~ ${parts.join(" + ")}`;
}

/** The factors that terms name with their options, those within interactions too. */
export function listFactors(terms: readonly TermBuilder[]): FactorTerm[] {
  const singles = terms.flatMap((term): readonly (SingleTerm | string)[] => {
    if (term.kind === "smooth") return [];
    return term.kind === "interaction" ? term.of : [term];
  });
  return singles.filter((term) => typeof term !== "string").filter((term) => term.kind === "factor");
}

function writeTerm(term: SingleTerm, columns: ColumnKinds): string {
  const name = quoteName(term.column);
  if (term.kind === "linear") return name;
  if (term.kind === "polynomial") return `poly(${name}, ${term.degree}${term.raw ? ", raw = TRUE" : ""})`;
  if (columns.get(term.column) === "categorical") return name;
  const { contrast, reference } = term;
  if (contrast === undefined && reference === undefined) return `factor(${name})`;
  // Of numbers the levels must be made before one of them is put first.
  const levels = columns.get(term.column) === "numeric" ? `factor(${name})` : name;
  const ordered = reference === undefined ? levels : `relevel(${levels}, ref = ${JSON.stringify(reference)})`;
  return contrast === undefined ? ordered : `C(${ordered}, ${R_CONTRASTS[contrast]})`;
}

/** The name of a column, or an expression: a column's name comes first, as does a text that is no expression. */
function writeExpression(call: string, text: string, columns: ColumnKinds): string {
  if (columns.has(text)) return quoteName(text);
  try {
    return expressionText(parseExpression(text, call));
  } catch {
    return quoteName(text);
  }
}

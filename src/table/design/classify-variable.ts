import { checkArithmetic, checkName } from "../formula/check-arithmetic.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import type { FormulaVariable } from "../formula/expand-formula.ts";
import type { CallNode, Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import { CallArguments } from "./call-arguments.ts";
import { readFactorCall } from "./factor-call.ts";
import type { FactorSpec } from "./factor-call.ts";

/** What a variable of a formula asks for, before anything is learned. */
export type VariableSpec = {
  readonly label: string;
  /** The columns that it reads, each once, in order. */
  readonly columns: readonly string[];
  /** What its numbers or levels are computed from. */
  readonly expression: Expression;
} & (
  | { readonly kind: "numeric" }
  | { readonly kind: "basis"; readonly basis: BasisSpec }
  | { readonly kind: "factor"; readonly factor: FactorSpec }
);

/** A basis with what the formula leaves to be learned missing. */
export type BasisSpec =
  | { readonly kind: "polynomial"; readonly degree: number; readonly raw: boolean; readonly place: CallNode }
  | {
      readonly kind: "bSpline" | "naturalSpline";
      readonly degree: number;
      readonly numKnots: number;
      readonly knots: readonly number[] | null;
      readonly boundary: readonly [number, number] | null;
      readonly intercept: boolean;
      readonly place: CallNode;
    };

const MOST_FUNCTIONS = 1000;
const FACTOR_FUNCTIONS: ReadonlySet<string> = new Set(["factor", "as.factor", "C", "relevel"]);

const BASIS_FUNCTIONS: ReadonlyMap<string, (source: FormulaSource, call: CallNode) => BasisSpec & { argument: Expression }> = new Map([
  ["poly", readPolynomial],
  ["bs", readBSpline],
  ["ns", readNaturalSpline],
]);

/** Reads what a variable is. @throws InputError with a caret under an unknown column or function, or a wrong argument */
export function classifyVariable(source: FormulaSource, variable: FormulaVariable, columns: ColumnKinds): VariableSpec {
  const { label, expression } = variable;
  if (expression.kind === "name" && checkName(source, expression, columns) === "categorical") {
    return { kind: "factor", label, columns: [expression.name], expression, factor: {} };
  }
  if (expression.kind === "call") {
    if (FACTOR_FUNCTIONS.has(expression.name)) {
      const { argument, ...factor } = readFactorCall(source, expression);
      return { kind: "factor", label, columns: checkLevelsSource(source, argument, columns), expression: argument, factor };
    }
    const read = BASIS_FUNCTIONS.get(expression.name);
    if (read !== undefined) {
      const { argument, ...basis } = read(source, expression);
      return { kind: "basis", label, columns: checkArithmetic(source, argument, columns), expression: argument, basis };
    }
  }
  return { kind: "numeric", label, columns: checkArithmetic(source, expression, columns), expression };
}

/** Levels come of a categorical column, or of numbers. */
export function checkLevelsSource(source: FormulaSource, argument: Expression, columns: ColumnKinds): string[] {
  if (argument.kind === "name" && checkName(source, argument, columns) === "categorical") return [argument.name];
  return checkArithmetic(source, argument, columns);
}

function readPolynomial(source: FormulaSource, call: CallNode): BasisSpec & { argument: Expression } {
  const given = new CallArguments(source, call, ["x", "degree"], ["raw"]);
  const degree = given.whole("degree", 1, MOST_FUNCTIONS) ?? 1;
  return { kind: "polynomial", degree, raw: given.flag("raw"), argument: given.need("x"), place: call };
}

function readBSpline(source: FormulaSource, call: CallNode): BasisSpec & { argument: Expression } {
  const given = new CallArguments(source, call, ["x", "df", "knots", "degree", "intercept", "Boundary.knots"]);
  const degree = given.whole("degree", 1, 20) ?? 3;
  const intercept = given.flag("intercept");
  const numKnots = countKnots(given, degree + (intercept ? 1 : 0));
  return { kind: "bSpline", degree, numKnots, intercept, ...readKnots(given), argument: given.need("x"), place: call };
}

function readNaturalSpline(source: FormulaSource, call: CallNode): BasisSpec & { argument: Expression } {
  const given = new CallArguments(source, call, ["x", "df", "knots", "intercept", "Boundary.knots"]);
  const intercept = given.flag("intercept");
  const numKnots = countKnots(given, 1 + (intercept ? 1 : 0));
  return { kind: "naturalSpline", degree: 3, numKnots, intercept, ...readKnots(given), argument: given.need("x"), place: call };
}

/** The number of interior knots: `df` less the functions that a basis without any has. */
function countKnots(given: CallArguments, without: number): number {
  const df = given.whole("df", without, MOST_FUNCTIONS);
  const knots = given.numbers("knots");
  if (df !== undefined && knots !== undefined && df !== knots.length + without) {
    throw given.refuse("df", `df = ${knots.length + without} for ${knots.length} knots, or without df`);
  }
  return knots?.length ?? (df === undefined ? 0 : df - without);
}

function readKnots(given: CallArguments): { knots: readonly number[] | null; boundary: readonly [number, number] | null } {
  const ends = given.numbers("Boundary.knots");
  const boundary = ends === undefined ? null : ([Math.min(...ends), Math.max(...ends)] as const);
  if (ends !== undefined && (ends.length !== 2 || ends[0] === ends[1]))
    throw given.refuse("Boundary.knots", "two Boundary.knots that differ");
  const knots = given.numbers("knots")?.sort((a, b) => a - b) ?? null;
  if (boundary !== null && knots?.some((knot) => knot <= boundary[0] || knot >= boundary[1])) {
    throw given.refuse("knots", `knots between ${expressionText(given.need("Boundary.knots"))}`);
  }
  return { knots, boundary };
}

import { checkArithmetic } from "../formula/check-arithmetic.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import type { Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { checkLevelsSource } from "./classify-variable.ts";
import { takeCodes } from "./complete-rows.ts";
import type { DesignResponse, RecipeResponse } from "./design.ts";
import type { DesignRows } from "./design-rows.ts";
import { readFactorCall } from "./factor-call.ts";

/** What the left side of a formula asks for. */
export interface ResponseSpec {
  readonly kind: RecipeResponse["kind"];
  readonly label: string;
  readonly expressions: readonly string[];
  /** The columns that it reads, each once. */
  readonly columns: readonly string[];
}

/** Reads the left side of a formula. @throws InputError with a caret under what is no response */
export function classifyResponse(source: FormulaSource, response: Expression, columns: ColumnKinds): ResponseSpec {
  const label = expressionText(response);
  if (response.kind === "call" && response.name === "cbind") {
    const parts = response.arguments.map(({ value }) => value);
    if (parts.length !== 2) {
      const mend = "Write cbind(successes, failures).";
      throw formulaError(source, response, { expected: "made of cbind( ) with two arguments", received: `${parts.length}`, mend });
    }
    const names = parts.flatMap((part) => checkArithmetic(source, part, columns));
    return { kind: "counts", label, expressions: parts.map(expressionText), columns: [...new Set(names)] };
  }
  const isFactor = response.kind === "call" && (response.name === "factor" || response.name === "as.factor");
  const argument = isFactor ? readFactorCall(source, response).argument : response;
  const names = isFactor ? checkLevelsSource(source, argument, columns) : readColumns(source, argument, columns);
  if (names.length === 0) {
    const mend = "Name a column left of the tilde.";
    throw formulaError(source, response, { expected: "about a response that varies", received: label, mend });
  }
  const isCategorical = isFactor || (argument.kind === "name" && columns.get(argument.name) === "categorical");
  return { kind: isCategorical ? "categorical" : "numeric", label, expressions: [expressionText(argument)], columns: names };
}

function readColumns(source: FormulaSource, argument: Expression, columns: ColumnKinds): string[] {
  if (argument.kind === "name" && columns.get(argument.name) === "categorical") return [argument.name];
  return checkArithmetic(source, argument, columns);
}

/** The response in the rows of a design; `codes` are those of all rows of the table where it is categorical. */
export function makeResponse(response: RecipeResponse, rows: DesignRows, codes: Int32Array | null): DesignResponse {
  const { label } = response;
  if (response.kind === "categorical") {
    const { levels } = response;
    return {
      kind: "categorical",
      label,
      column: { kind: "categorical", name: label, codes: takeCodes(codes!, rows.rows), levels, description: {} },
    };
  }
  const [first, second] = response.expressions.map((text) => rows.compute(parseExpression(text, rows.call), text));
  return response.kind === "numeric"
    ? { kind: "numeric", label, values: first }
    : { kind: "counts", label, successes: first, failures: second };
}

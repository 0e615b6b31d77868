import { describeReceived, InputError } from "../../errors.ts";
import type { Expression } from "./expression.ts";
import { ExpressionParser } from "./parse-expression.ts";

/** A model's formula as read: R's `response ~ terms`. */
export interface Formula {
  readonly text: string;
  /** What stands on the left of the tilde; null for `~ terms`. */
  readonly response: Expression | null;
  /** What stands on the right: the terms, not yet expanded. */
  readonly terms: Expression;
}

/**
 * Reads a formula in the spelling of Wilkinson and Rogers, as R does: `y ~ a * b + log(x) - 1`. Columns are not looked up yet.
 *
 * @param text - the formula; `y ~ a + b:c + (a + b)^2 + I(x^2) + poly(x, 3) + offset(log(exposure))`, unusual names in backticks
 * @param call - the public function to name in an error
 * @throws {@link InputError} with a caret under the place that cannot be read
 * @example
 * parseFormula("claims ~ region * log(age) + offset(log(exposure))");
 * @see Wilkinson and Rogers (1973), Applied Statistics 22, 392–399, doi:10.2307/2346786
 */
export function parseFormula(text: string, call: string = "parseFormula"): Formula {
  if (typeof text !== "string" || text.trim() === "") {
    throw new InputError({
      call,
      argument: "formula",
      expected: 'a text such as "response ~ first + second"',
      received: typeof text === "string" ? "an empty text" : describeReceived(text),
      mend: "Write the response, a tilde and the terms.",
    });
  }
  const parser = new ExpressionParser({ call, text });
  const response = parser.sees("~") ? null : parser.readExpression();
  if (!parser.takes("~")) throw failAtToken(parser, "a response, a tilde and terms", "Write `response ~ first + second`.");
  const terms = parser.readExpression();
  if (parser.sees("~")) {
    throw parser.fail(parser.token, "of one tilde", "a second one", "Put the response left of the one tilde, all terms right of it.");
  }
  if (parser.token.kind !== "end")
    throw failAtToken(parser, "terms with operators between them", "Put an operator such as + between two terms.");
  return { text, response, terms };
}

/** Reads what may stand in one place of a formula: `log(exposure)`. @throws InputError with a caret under the place that cannot be read */
export function parseExpression(text: string, call: string): Expression {
  const parser = new ExpressionParser({ call, text });
  const expression = parser.readExpression();
  if (parser.token.kind !== "end") throw failAtToken(parser, "one expression", "Take out what follows it.");
  return expression;
}

function failAtToken(parser: ExpressionParser, expected: string, mend: string): Error {
  const { kind, value } = parser.token;
  if (kind === "operator" && value === ")") {
    return parser.fail(parser.token, "of balanced parentheses", "one that closes none", "Take it out, or open it before.");
  }
  return parser.fail(parser.token, expected, kind === "end" ? "its end" : JSON.stringify(value), mend);
}

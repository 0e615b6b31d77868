import { unrollChain } from "./expression.ts";
import type { Argument, BinaryOperator, Expression } from "./expression.ts";

/** Operators that R prints without spaces around them. */
const TIGHT: ReadonlySet<BinaryOperator> = new Set(["/", "^", ":", "%%", "%/%"]);
const PLAIN_NAME = /^(?:\p{L}|\.(?!\d))[\p{L}\p{M}\p{N}._]*$/u;
/** Words that R keeps for itself, so that a column of this name needs backticks. */
const RESERVED: ReadonlySet<string> = new Set([
  "TRUE",
  "FALSE",
  "NULL",
  "NA",
  "NaN",
  "Inf",
  "if",
  "else",
  "for",
  "while",
  "repeat",
  "function",
  "in",
]);

/** An expression as R would print it, with R's spaces: `bs(x, df = 5)`, `I(x/2)`, `log(x + 1)`. */
export function expressionText(node: Expression): string {
  switch (node.kind) {
    case "number":
      return node.whole ? `${node.value}L` : numberText(node.value);
    case "text":
      return JSON.stringify(node.value);
    case "name":
      return node.quoted ? quoteName(node.name) : node.name;
    case "group":
      return `(${expressionText(node.inner)})`;
    case "sign":
      return node.operator + expressionText(node.operand);
    case "call":
    case "smooth":
      return `${node.name}(${node.arguments.map(argumentText).join(", ")})`;
    case "binary": {
      const { first, links } = unrollChain(node);
      return links.reduce((text, { operator, operand }) => text + operatorText(operator) + expressionText(operand), expressionText(first));
    }
  }
}

/** A column's name as a formula spells it: in backticks where it is no plain name. */
export function quoteName(name: string): string {
  if (PLAIN_NAME.test(name) && !RESERVED.has(name)) return name;
  return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

/** A number as R prints it: 15 digits at most, and powers of ten where that is shorter (`1e+05`). */
export function numberText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return value === 0 ? "0" : String(value);
  const rounded = Number(value.toPrecision(15));
  const [digits, power] = rounded.toExponential().split("e");
  const exponent = Number(power);
  const scientific = `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const decimals = Math.max(0, digits.replace(/[-.]/g, "").length - 1 - exponent);
  // Past these sizes one of the two spellings is the shorter without looking.
  if (exponent > 20 || decimals > 100) return scientific;
  const fixed = rounded.toFixed(decimals);
  return fixed.length <= scientific.length ? fixed : scientific;
}

function argumentText({ name, value }: Argument): string {
  return name === null ? expressionText(value) : `${quoteName(name)} = ${expressionText(value)}`;
}

function operatorText(operator: BinaryOperator): string {
  return TIGHT.has(operator) ? operator : ` ${operator} `;
}

import { unrollChain } from "./expression.ts";
import type { CallNode, Expression, Link } from "./expression.ts";
import { CONSTANTS } from "./collect-names.ts";
import { ARITHMETIC, UNARY_FUNCTIONS } from "./numeric-functions.ts";

/** The numbers of a column, one a row; undefined where no column has this name. */
export type ReadNumbers = (name: string) => Float64Array | undefined;

/**
 * The value of an expression in every row; one number where it reads no column. A column's own array is returned as it is, so that the
 * result must not be written to. The expression must have passed `checkArithmetic`.
 */
export function evaluateExpression(node: Expression, numRows: number, read: ReadNumbers): Float64Array | number {
  switch (node.kind) {
    case "number":
      return node.value;
    case "name":
      return read(node.name) ?? CONSTANTS[node.name];
    case "group":
      return evaluateExpression(node.inner, numRows, read);
    case "sign": {
      const operand = evaluateExpression(node.operand, numRows, read);
      return node.operator === "+" ? operand : mapOne(operand, (x) => -x);
    }
    case "call":
      return evaluateCall(node, numRows, read);
    case "binary": {
      const { first, links } = unrollChain(node);
      return links.reduce((left, link) => mapTwo(left, link, numRows, read), evaluateExpression(first, numRows, read));
    }
    default:
      throw new Error(`vitrine: an expression of kind ${node.kind} has no value`); // checkArithmetic lets none pass
  }
}

function evaluateCall(node: CallNode, numRows: number, read: ReadNumbers): Float64Array | number {
  const [first, second] = node.arguments.map(({ value }) => value);
  const value = evaluateExpression(first, numRows, read);
  if (node.name === "I") return value;
  if (second === undefined) return mapOne(value, UNARY_FUNCTIONS[node.name]);
  // log(x, base)
  const logarithm = mapOne(value, Math.log);
  const base = mapOne(evaluateExpression(second, numRows, read), Math.log);
  return combine(logarithm, base, ARITHMETIC["/"]);
}

function mapTwo(left: Float64Array | number, { operator, operand }: Link, numRows: number, read: ReadNumbers): Float64Array | number {
  return combine(left, evaluateExpression(operand, numRows, read), ARITHMETIC[operator]);
}

function mapOne(value: Float64Array | number, compute: (x: number) => number): Float64Array | number {
  if (typeof value === "number") return compute(value);
  const result = new Float64Array(value.length);
  for (let i = 0; i < result.length; i++) result[i] = compute(value[i]);
  return result;
}

function combine(
  left: Float64Array | number,
  right: Float64Array | number,
  compute: (a: number, b: number) => number,
): Float64Array | number {
  if (typeof left === "number" && typeof right === "number") return compute(left, right);
  const result = new Float64Array((typeof left === "number" ? (right as Float64Array) : left).length);
  if (typeof left === "number") {
    for (let i = 0; i < result.length; i++) result[i] = compute(left, (right as Float64Array)[i]);
  } else if (typeof right === "number") {
    for (let i = 0; i < result.length; i++) result[i] = compute(left[i], right);
  } else {
    for (let i = 0; i < result.length; i++) result[i] = compute(left[i], right[i]);
  }
  return result;
}

import { listNames } from "../../errors.ts";
import { nearestNames } from "../near-names.ts";
import { CONSTANTS, visit } from "./collect-names.ts";
import type { CallNode, Expression, NameNode } from "./expression.ts";
import { expressionText } from "./expression-text.ts";
import { formulaError } from "./formula-error.ts";
import type { FormulaSource } from "./formula-error.ts";
import { ARITHMETIC, UNARY_FUNCTIONS } from "./numeric-functions.ts";

/** What the columns of a table are, by name. */
export type ColumnKinds = ReadonlyMap<string, "numeric" | "categorical">;

/** Functions that make a whole term, and so cannot stand within arithmetic. */
const TERM_FUNCTIONS: readonly string[] = ["poly", "bs", "ns", "factor", "as.factor", "C", "relevel", "offset", "cbind"];

/**
 * Checks that an expression can be computed from the table's numbers: known functions of numeric columns and constants.
 *
 * @returns the names of its columns, each once, in order
 * @throws InputError with a caret under what cannot be computed
 */
export function checkArithmetic(source: FormulaSource, expression: Expression, columns: ColumnKinds): string[] {
  const names = new Set<string>();
  visit(expression, (node) => {
    if (node.kind === "call") checkCall(source, node);
    else if (node.kind === "name") {
      if (columns.has(node.name) || !isConstant(node)) names.add(checkNumericName(source, node, columns));
    } else if (node.kind === "binary" ? !Object.hasOwn(ARITHMETIC, node.operator) : node.kind === "text" || node.kind === "smooth") {
      const received = node.kind === "binary" ? `${node.operator} in ${expressionText(expression)}` : expressionText(node);
      throw formulaError(source, node, {
        expected: "made of numbers, columns and arithmetic within a function",
        received,
        mend: "Operators among terms, such as :, stand outside of functions.",
      });
    }
  });
  return [...names];
}

/** Checks that a name is that of a column. @throws InputError with a caret under it and the names that it may be a slip of */
export function checkName(source: FormulaSource, node: NameNode, columns: ColumnKinds): "numeric" | "categorical" {
  const kind = columns.get(node.name);
  if (kind !== undefined) return kind;
  const near = nearestNames(node.name, [...columns.keys()]);
  const hint = near.length > 0 ? `Did you mean ${near.map((name) => JSON.stringify(name)).join(" or ")}?` : "See table.columnNames.";
  throw formulaError(source, node, {
    expected: `made of the columns ${listNames([...columns.keys()])}`,
    received: JSON.stringify(node.name),
    mend: hint,
  });
}

function checkNumericName(source: FormulaSource, node: NameNode, columns: ColumnKinds): string {
  if (checkName(source, node, columns) === "numeric") return node.name;
  throw formulaError(source, node, {
    expected: "made of numeric columns within functions and arithmetic",
    received: `the categorical column ${JSON.stringify(node.name)}`,
    mend: "Let it stand as a term of its own.",
  });
}

function isConstant(node: NameNode): boolean {
  return !node.quoted && Object.hasOwn(CONSTANTS, node.name);
}

function checkCall(source: FormulaSource, node: CallNode): void {
  const { name } = node;
  if (name !== "I" && !Object.hasOwn(UNARY_FUNCTIONS, name)) throw refuseFunction(source, node);
  const [first, second] = node.arguments;
  const hasBase = name === "log" && node.arguments.length === 2 && (second.name === null || second.name === "base");
  if ((node.arguments.length === 1 || hasBase) && (first.name === null || first.name === "x")) return;
  throw formulaError(source, node, {
    expected: name === "log" ? "made of log(x) or log(x, base)" : `made of ${name}( ) with one argument`,
    received: expressionText(node),
    mend: `Write ${name}(x).`,
  });
}

function refuseFunction(source: FormulaSource, node: CallNode): Error {
  const known = [...Object.keys(UNARY_FUNCTIONS), "I", ...TERM_FUNCTIONS];
  const near = TERM_FUNCTIONS.includes(node.name) ? [] : nearestNames(node.name, known);
  return formulaError(
    source,
    { at: node.at, end: node.at + node.name.length },
    {
      expected: TERM_FUNCTIONS.includes(node.name) ? "without terms inside of arithmetic" : `made of the functions ${known.join(", ")}`,
      received: `${node.name}( )`,
      mend: TERM_FUNCTIONS.includes(node.name)
        ? `Let ${node.name}( ) stand as a term of its own.`
        : near.length > 0
          ? `Did you mean ${near.join(" or ")}?`
          : "Compute the column beforehand, and name it in the formula.",
    },
  );
}

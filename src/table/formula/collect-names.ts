import { unrollChain } from "./expression.ts";
import type { Expression, NameNode } from "./expression.ts";

/** Names that are constants unless they stand in backticks. */
export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, TRUE: 1, FALSE: 0, T: 1, F: 0 };

/** The names within an expression, each once, in order; constants among them. */
export function collectNames(expression: Expression): NameNode[] {
  const found = new Map<string, NameNode>();
  visit(expression, (node) => {
    if (node.kind === "name" && !found.has(node.name)) found.set(node.name, node);
  });
  return [...found.values()];
}

/** Calls `see` for a node and all nodes within it, from left to right. */
export function visit(node: Expression, see: (node: Expression) => void): void {
  see(node);
  switch (node.kind) {
    case "group":
      return visit(node.inner, see);
    case "sign":
      return visit(node.operand, see);
    case "call":
    case "smooth":
      for (const { value } of node.arguments) visit(value, see);
      return;
    case "binary": {
      const { first, links } = unrollChain(node);
      visit(first, see);
      for (const { operand } of links) visit(operand, see);
    }
  }
}

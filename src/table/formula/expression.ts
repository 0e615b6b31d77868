/** Where a piece of a formula stands in its text: from position `at` up to, but not with, `end`. */
export interface Place {
  readonly at: number;
  readonly end: number;
}

/** A number: `2`, `0.5`, `1e3`; `2L` is whole. */
export interface NumberNode extends Place {
  readonly kind: "number";
  readonly value: number;
  readonly whole: boolean;
}

/** A text in quotes. */
export interface TextNode extends Place {
  readonly kind: "text";
  readonly value: string;
}

/** The name of a column, or a constant; `.` alone is all other columns. */
export interface NameNode extends Place {
  readonly kind: "name";
  readonly name: string;
  /** Whether it stood in backticks, and so can be nothing but a column. */
  readonly quoted: boolean;
}

/** What a function is given: by place, or by name. */
export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
}

/** A function of arguments: `log(x)`, `bs(x, df = 5)`. */
export interface CallNode extends Place {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/** A smooth term of a generalized additive model: `s(x, k = 12)`. */
export interface SmoothNode extends Place {
  readonly kind: "smooth";
  readonly name: "s" | "te" | "ti" | "t2";
  readonly arguments: readonly Argument[];
}

/** A sign before an expression. */
export interface SignNode extends Place {
  readonly kind: "sign";
  readonly operator: "+" | "-";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | ":" | "^" | "%in%" | "%%" | "%/%";

/** Two expressions and what stands between them. */
export interface BinaryNode extends Place {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** An expression in parentheses. */
export interface GroupNode extends Place {
  readonly kind: "group";
  readonly inner: Expression;
}

/** A piece of a formula as a tree. What an operator means is decided by who reads it: among terms `*` crosses, within a function it multiplies. */
export type Expression = NumberNode | TextNode | NameNode | CallNode | SmoothNode | SignNode | BinaryNode | GroupNode;

/** An operand that follows an operator in a chain. */
export interface Link {
  readonly operator: BinaryOperator;
  readonly operand: Expression;
}

/**
 * `a + b - c` as `a` and the links `+ b`, `- c`: the left side of an operator may be as deep as a formula is long, so that it is walked by
 * a loop; every other way down is no deeper than the parser allows.
 */
export function unrollChain(node: BinaryNode): { first: Expression; links: Link[] } {
  const links: Link[] = [];
  let first: Expression = node;
  while (first.kind === "binary") {
    links.push({ operator: first.operator, operand: first.right });
    first = first.left;
  }
  return { first, links: links.reverse() };
}

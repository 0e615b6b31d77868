import { formulaError } from "./formula-error.ts";
import type { FormulaSource } from "./formula-error.ts";
import type { Place } from "./expression.ts";

/** A word of a formula. */
export interface Token extends Place {
  readonly kind: "number" | "name" | "quotedName" | "text" | "operator" | "end";
  /** What it says: the digits, the name without backticks, the text without quotes, the operator; "" at the end. */
  readonly value: string;
}

const PATTERNS: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?L?/y],
  // R's rule for names: letters, digits, dots and underscores, begun by a letter, or by a dot that no digit follows.
  ["name", /(?:\p{L}|\.(?!\d))[\p{L}\p{M}\p{N}._]*/uy],
  ["quotedName", /`(?:[^`\\]|\\.)+`/y],
  ["text", /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y],
  ["operator", /%[^%]*%|\*\*|[~+\-*/^:(),=]/y],
];

/** The words of a formula, the last one of kind "end". @throws InputError with a caret under what is no word */
export function tokenize(source: FormulaSource): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.text.length) {
    const token = readToken(source, at);
    if (token.kind !== "space") tokens.push(token as Token);
    at = token.end;
  }
  tokens.push({ kind: "end", value: "", at, end: at });
  return tokens;
}

function readToken(source: FormulaSource, at: number): Omit<Token, "kind"> & { kind: Token["kind"] | "space" } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source.text)?.[0];
    if (found === undefined) continue;
    const quoted = kind === "quotedName" || kind === "text";
    return { kind, value: quoted ? readQuoted(found) : found === "**" ? "^" : found, at, end: at + found.length };
  }
  const letter = String.fromCodePoint(source.text.codePointAt(at)!);
  const isQuote = "`\"'".includes(letter);
  throw formulaError(
    source,
    { at, end: at + letter.length },
    {
      expected: isQuote ? "of names and texts whose quotes are closed" : "made of names, numbers and the operators + - * : / ^ %in% ~",
      received: JSON.stringify(letter),
      mend: isQuote ? "Close the quote." : "Put a name of a column with unusual letters in backticks: `my column`.",
    },
  );
}

function readQuoted(found: string): string {
  const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
  return found.slice(1, -1).replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
}

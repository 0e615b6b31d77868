import { describeReceived } from "../../errors.ts";
import type { Argument, BinaryOperator, Expression } from "./expression.ts";
import { formulaError } from "./formula-error.ts";
import type { FormulaSource } from "./formula-error.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

/** How deep parentheses, signs and powers may stand in each other. */
const DEEPEST = 100;
/** How long a formula may be. */
const LONGEST = 200_000;

/** R's order: what binds tighter has the greater number; a sign stands between `:` and `^`, which binds from the right. */
const BINDING: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%in%": 3, "%%": 3, "%/%": 3, ":": 4, "^": 6 };
const POWER = 6;
const SMOOTHS: ReadonlySet<string> = new Set(["s", "te", "ti", "t2"]);

/** Reads expressions off the words of a formula, by precedence climbing. */
export class ExpressionParser {
  readonly #source: FormulaSource;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  /** @throws InputError when the text is longer than 200,000 characters or holds what is no word */
  constructor(source: FormulaSource) {
    this.#source = source;
    if (source.text.length > LONGEST) {
      throw this.fail({ at: 0, end: 1 }, `at most ${LONGEST} characters long`, `${source.text.length}`, "Use `.` for all other columns.");
    }
    this.#tokens = tokenize(source);
  }

  /** The word that comes next. */
  get token(): Token {
    return this.#tokens[this.#next];
  }

  /** Whether the next word is this operator. */
  sees(operator: string): boolean {
    return this.token.kind === "operator" && this.token.value === operator;
  }

  /** Takes the next word if it is this operator. */
  takes(operator: string): boolean {
    if (!this.sees(operator)) return false;
    this.#next++;
    return true;
  }

  /** The expression that begins at the next word; it ends where an operator binds less than `least`. */
  readExpression(least: number = 0): Expression {
    if (++this.#depth > DEEPEST) {
      const received = `more than ${DEEPEST} of them within each other`;
      throw this.fail(this.token, "of few parentheses, signs and powers within each other", received, "Write it in a flatter way.");
    }
    let left = this.#readPrefix();
    for (;;) {
      const { kind, value } = this.token;
      const binding = kind === "operator" ? BINDING[value] : undefined;
      if (binding === undefined || binding < least) break;
      this.#next++;
      const right = this.readExpression(binding === POWER ? POWER : binding + 1);
      left = { kind: "binary", operator: value as BinaryOperator, left, right, at: left.at, end: right.end };
    }
    this.#depth--;
    return left;
  }

  fail(place: { at: number; end: number }, expected: string, received: string, mend: string): Error {
    return formulaError(this.#source, place, { expected, received, mend });
  }

  #readPrefix(): Expression {
    const token = this.token;
    this.#next++;
    if (token.kind === "operator" && (token.value === "+" || token.value === "-")) {
      const operand = this.readExpression(POWER);
      return { kind: "sign", operator: token.value, operand, at: token.at, end: operand.end };
    }
    if (token.kind === "operator" && token.value === "(") {
      const inner = this.readExpression();
      return { kind: "group", inner, at: token.at, end: this.#close(token) };
    }
    if (token.kind === "number") return this.#readNumber(token);
    if (token.kind === "text") return { kind: "text", value: token.value, at: token.at, end: token.end };
    if (token.kind === "name" && this.takes("(")) return this.#readCall(token);
    if (token.kind === "name" || token.kind === "quotedName") {
      return { kind: "name", name: token.value, quoted: token.kind === "quotedName", at: token.at, end: token.end };
    }
    const received = token.kind === "end" ? "its end" : JSON.stringify(token.value);
    throw this.fail(
      token,
      "a term, a name or a number at each side of an operator",
      received,
      "Put in what is missing, or take out what is too much.",
    );
  }

  #readNumber(token: Token): Expression {
    const whole = token.value.endsWith("L");
    const value = Number(whole ? token.value.slice(0, -1) : token.value);
    if (Number.isFinite(value)) return { kind: "number", value, whole, at: token.at, end: token.end };
    throw this.fail(token, "made of finite numbers", describeReceived(token.value), "Write a smaller number.");
  }

  #readCall(token: Token): Expression {
    const list: Argument[] = [];
    if (!this.sees(")"))
      do list.push(this.#readArgument());
      while (this.takes(","));
    const place = { at: token.at, end: this.#close(token) };
    const name = token.value;
    if (SMOOTHS.has(name)) return { kind: "smooth", name: name as "s" | "te" | "ti" | "t2", arguments: list, ...place };
    return { kind: "call", name, arguments: list, ...place };
  }

  #readArgument(): Argument {
    const { kind, value } = this.token;
    const follower = this.#tokens[this.#next + 1];
    if ((kind !== "name" && kind !== "quotedName") || follower.kind !== "operator" || follower.value !== "=") {
      return { name: null, value: this.readExpression() };
    }
    this.#next += 2;
    return { name: value, value: this.readExpression() };
  }

  /** Takes the parenthesis that closes the one at `open`, and says where it ends. */
  #close(open: Token): number {
    const { end, kind, value } = this.token;
    if (this.takes(")")) return end;
    const received = kind === "end" ? "its end where one is open" : `${JSON.stringify(value)} where one is open`;
    const at = kind === "end" ? open : this.token;
    throw this.fail(at, "of balanced parentheses", received, "Close the parenthesis, or put an operator between two terms.");
  }
}

import type { CallNode, Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";

/** The arguments of one call by name, as R matches them, with readers of constants. */
export class CallArguments {
  readonly source: FormulaSource;
  readonly call: CallNode;
  readonly #byName: ReadonlyMap<string, Expression>;

  /**
   * @param byPlace - the names of arguments that may stand without them, in order
   * @param byName - the names of the others
   * @throws InputError with a caret under an argument that the function does not have
   */
  constructor(source: FormulaSource, call: CallNode, byPlace: readonly string[], byName: readonly string[] = []) {
    this.source = source;
    this.call = call;
    const known = [...byPlace, ...byName];
    const found = new Map<string, Expression>();
    for (const { name, value } of call.arguments) {
      if (name === null) continue;
      if (!known.includes(name) || found.has(name)) throw this.#refuse(value, `arguments ${known.join(", ")}, each once`, `${name} =`);
      found.set(name, value);
    }
    const free = byPlace.filter((name) => !found.has(name));
    for (const { value } of call.arguments.filter(({ name }) => name === null)) {
      const name = free.shift();
      if (name === undefined) throw this.#refuse(value, `arguments ${known.join(", ")}, each once`, `${expressionText(value)} besides`);
      found.set(name, value);
    }
    this.#byName = found;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  get(name: string): Expression | undefined {
    return this.#byName.get(name);
  }

  /** The argument that must be there. */
  need(name: string): Expression {
    const value = this.#byName.get(name);
    if (value !== undefined) return value;
    throw this.#refuse(this.call, `an argument ${name}`, "none");
  }

  /** A whole number from `least` to `most`; undefined where the argument is not there. */
  whole(name: string, least: number, most: number): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const [number, ...rest] = constantNumbers(value) ?? [];
    if (rest.length === 0 && Number.isInteger(number) && number >= least && number <= most) return number;
    throw this.#refuse(value, `a whole number from ${least} to ${most} as ${name}`, expressionText(value));
  }

  /** Finite numbers, given as `c(1, 2)` or one alone; undefined where the argument is not there. */
  numbers(name: string): number[] | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const numbers = constantNumbers(value);
    if (numbers !== null && numbers.every(Number.isFinite)) return numbers;
    throw this.#refuse(value, `numbers as ${name}, such as c(10, 20)`, expressionText(value));
  }

  /** TRUE or FALSE; FALSE where the argument is not there. */
  flag(name: string): boolean {
    const value = this.get(name);
    if (value === undefined) return false;
    if (value.kind === "name" && ["TRUE", "T", "FALSE", "F"].includes(value.name)) return value.name.startsWith("T");
    throw this.#refuse(value, `TRUE or FALSE as ${name}`, expressionText(value));
  }

  /** An error about one argument of the call. */
  refuse(name: string, expected: string): Error {
    const value = this.get(name) ?? this.call;
    return this.#refuse(value, expected, expressionText(value));
  }

  #refuse(place: Expression, expected: string, received: string): Error {
    const mend = "Correct the argument.";
    return formulaError(this.source, place, { expected: `made of ${this.call.name}( ) with ${expected}`, received, mend });
  }
}

/** The numbers that an expression spells out; null where it is anything else. */
export function constantNumbers(node: Expression): number[] | null {
  if (node.kind === "number") return [node.value];
  if (node.kind === "group") return constantNumbers(node.inner);
  if (node.kind === "sign") {
    const operand = constantNumbers(node.operand);
    return operand === null || node.operator === "+" ? operand : operand.map((value) => -value);
  }
  if (node.kind !== "call" || node.name !== "c") return null;
  const parts = node.arguments.map(({ name, value }) => (name === null ? constantNumbers(value) : null));
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** The texts that an expression spells out, numbers as R prints them; null where it is anything else. */
export function constantTexts(node: Expression): string[] | null {
  if (node.kind === "text") return [node.value];
  if (node.kind !== "call" || node.name !== "c") return constantNumbers(node)?.map((value) => expressionText(numberNode(value))) ?? null;
  const parts = node.arguments.map(({ name, value }) => (name === null ? constantTexts(value) : null));
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

function numberNode(value: number): Expression {
  return { kind: "number", value, whole: false, at: 0, end: 0 };
}

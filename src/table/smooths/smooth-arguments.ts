import { nearestNames } from "../near-names.ts";
import { constantNumbers } from "../design/call-arguments.ts";
import type { Expression, SmoothNode } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";

const SHARED = ["bs", "k", "m", "by", "fx", "id", "sp", "knots", "pc"] as const;
/** What each kind of smooth can be told by name, in the order in which an error lists it. */
const ARGUMENTS: Readonly<Record<SmoothNode["name"], readonly string[]>> = {
  s: [...SHARED, "shape"],
  te: [...SHARED, "d", "np"],
  ti: [...SHARED, "d", "np", "mc"],
  t2: [...SHARED, "d", "full"],
};

/** The arguments of a smooth term by name, with readers of constants. */
export class SmoothArguments {
  readonly source: FormulaSource;
  readonly place: SmoothNode;
  /** What stands without a name: the covariates. */
  readonly covariates: readonly Expression[];
  readonly #byName: ReadonlyMap<string, Expression>;

  /** @throws InputError with a caret under an argument that the smooth does not have, or has twice */
  constructor(source: FormulaSource, place: SmoothNode) {
    this.source = source;
    this.place = place;
    this.covariates = place.arguments.filter(({ name }) => name === null).map(({ value }) => value);
    const found = new Map<string, Expression>();
    for (const { name, value } of place.arguments) {
      if (name === null) continue;
      if (!ARGUMENTS[place.name].includes(name) || found.has(name)) throw this.#refuseName(name, value);
      found.set(name, value);
    }
    this.#byName = found;
  }

  get(name: string): Expression | undefined {
    const value = this.#byName.get(name);
    return value === undefined || isMissing(value) ? undefined : value;
  }

  /** Finite numbers, `c(1, 2)` or one alone; NA among them is null. Undefined where the argument is not there. */
  numbers(name: string): (number | null)[] | undefined {
    const value = this.get(name);
    return value && this.numbersOf(value, name);
  }

  /** The numbers that an expression spells out. @throws InputError with a caret */
  numbersOf(value: Expression, name: string): (number | null)[] {
    const parts = value.kind === "call" && value.name === "c" ? value.arguments.map((one) => one.value) : [value];
    return parts.flatMap((part): (number | null)[] => {
      const numbers = isMissing(part) ? [null] : constantNumbers(part);
      if (numbers !== null) return numbers;
      throw this.refuse(value, `numbers as ${name}, such as c(5, 10)`, expressionText(value), "Write numbers alone.");
    });
  }

  /** The parts of `list(a, b)` with their names; null where the argument is no list. */
  list(name: string): { readonly name: string | null; readonly value: Expression }[] | null {
    const value = this.get(name);
    return value?.kind === "call" && value.name === "list" ? [...value.arguments] : null;
  }

  /** Texts, `c("cr", "ps")` or one alone. */
  texts(name: string): string[] | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const parts = value.kind === "call" && value.name === "c" ? value.arguments.map((one) => one.value) : [value];
    return parts.map((part) => {
      if (part.kind === "text") return part.value;
      throw this.refuse(value, `texts as ${name}, such as "cr"`, expressionText(value), "Put it in quotes.");
    });
  }

  /** TRUE or FALSE, one or several. */
  flags(name: string): boolean[] | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const parts = value.kind === "call" && value.name === "c" ? value.arguments.map((one) => one.value) : [value];
    return parts.map((part) => {
      if (part.kind === "name" && ["TRUE", "T", "FALSE", "F"].includes(part.name)) return part.name.startsWith("T");
      throw this.refuse(value, `TRUE or FALSE as ${name}`, expressionText(value), "Write TRUE or FALSE.");
    });
  }

  /** One value for each of `count` margins: one alone stands for all. @throws InputError with a caret when there are others */
  spread<T>(name: string, values: readonly T[], count: number): T[] {
    if (values.length === 1) return Array.from({ length: count }, () => values[0]);
    if (values.length === count) return [...values];
    const expected = `${count === 1 ? "one value" : `one value for all margins or ${count}, one for each,`} as ${name}`;
    throw this.refuse(this.get(name)!, expected, `${values.length}`, "Give as many as there are margins.");
  }

  refuse(place: Expression, expected: string, received: string, mend: string): Error {
    return formulaError(this.source, place, { expected: `made of ${this.place.name}( ) with ${expected}`, received, mend });
  }

  #refuseName(name: string, value: Expression): Error {
    const known = ARGUMENTS[this.place.name];
    if (known.includes(name)) return this.refuse(value, `each argument once`, `${name} = twice`, "Take one of them out.");
    const near = nearestNames(name, known);
    const mend =
      name === "xt"
        ? "Leave xt out: bases have no further settings here; knots, m and k say what they need."
        : near.length > 0
          ? `Did you mean ${near.join(" or ")}?`
          : "Correct the name; covariates stand without names, before the arguments.";
    return this.refuse(value, `the arguments ${known.join(", ")}`, `${name} =`, mend);
  }
}

/** Whether an expression is R's word for nothing. */
function isMissing(node: Expression): boolean {
  return node.kind === "name" && !node.quoted && (node.name === "NA" || node.name === "NULL");
}

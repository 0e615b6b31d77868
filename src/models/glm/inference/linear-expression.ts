/** A sum of multiples of coefficients and a constant. */
export interface LinearExpression {
  /** Multiples by position of the coefficient. */
  readonly multiples: ReadonlyMap<number, number>;
  readonly constant: number;
}

/** What is wrong with a text, and where. */
export class ExpressionFault extends Error {
  readonly expected: string;
  readonly at: number;
  /** The name that stands there, where it is unknown. */
  readonly unknownName: string | null;

  constructor(expected: string, at: number, unknownName: string | null = null) {
    super(expected);
    this.expected = expected;
    this.at = at;
    this.unknownName = unknownName;
  }
}

type Operator = "+" | "-" | "*" | "/" | "(" | ")" | "=";
type Token = { readonly at: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly position: number }
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "end" }
);

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const WORD = /^[\p{L}\p{N}._]+/u;
const WORD_END = /[\p{L}\p{N}._]$/u;

/** Both sides of `left = right` as left − right; without an equals sign, the whole text. @throws ExpressionFault */
export function parseEquation(text: string, names: readonly string[]): LinearExpression {
  return new ExpressionParser(tokenize(text, names)).equation();
}

/** Names may hold any signs (`Group1-1.5l`, `I(x/2)`): the longest one that stands at a place is taken; backticks settle doubts. */
function tokenize(text: string, names: readonly string[]): Token[] {
  const byLength = names.map((name, position) => ({ name, position })).sort((one, other) => other.name.length - one.name.length);
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const { token, length } = readToken(rest, at, byLength);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: "end", at: text.length }];
}

function readToken(rest: string, at: number, names: readonly { name: string; position: number }[]): { token: Token; length: number } {
  const standing = names.find(({ name }) => standsAt(rest, name) || rest.startsWith(`\`${name}\``));
  const number = NUMBER.exec(rest);
  if (standing && !(number && number[0].length >= standing.name.length)) {
    const length = standing.name.length + (rest.startsWith("`") && !standing.name.startsWith("`") ? 2 : 0);
    return { token: { kind: "name", position: standing.position, at }, length };
  }
  if (number) return { token: { kind: "number", value: Number(number[0]), at }, length: number[0].length };
  const operator = rest[0];
  if ("+-*/()=".includes(operator)) return { token: { kind: "operator", operator: operator as Operator, at }, length: 1 };
  throw new ExpressionFault(
    "made of coefficients, numbers and the signs + - * / ( ) =",
    at,
    (WORD.exec(rest) ?? /^`[^`]*`?|^./.exec(rest))?.[0],
  );
}

/** Whether a name stands at the beginning and does not go on as a longer word. */
function standsAt(rest: string, name: string): boolean {
  return rest.startsWith(name) && !(WORD_END.test(name) && WORD.test(rest.slice(name.length)));
}

class ExpressionParser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  equation(): LinearExpression {
    const left = this.#sum();
    const right = this.#take("=") ? this.#sum() : { multiples: new Map<number, number>(), constant: 0 };
    const token = this.#tokens[this.#next];
    if (token.kind !== "end") throw new ExpressionFault("one equation, with a sign between its parts", token.at);
    return addExpressions(left, right, -1);
  }

  #sum(): LinearExpression {
    let sum = this.#product();
    for (;;) {
      if (this.#take("+")) sum = addExpressions(sum, this.#product(), 1);
      else if (this.#take("-")) sum = addExpressions(sum, this.#product(), -1);
      else return sum;
    }
  }

  #product(): LinearExpression {
    let product = this.#factor();
    for (;;) {
      const { at } = this.#tokens[this.#next];
      if (this.#take("*")) {
        const other = this.#factor();
        if (product.multiples.size > 0 && other.multiples.size > 0) throw new ExpressionFault("linear in the coefficients", at);
        product = product.multiples.size > 0 ? scaleExpression(product, other.constant) : scaleExpression(other, product.constant);
      } else if (this.#take("/")) {
        const divisor = this.#factor();
        if (divisor.multiples.size > 0 || divisor.constant === 0)
          throw new ExpressionFault("linear: divided by numbers other than 0 alone", at);
        product = scaleExpression(product, 1 / divisor.constant);
      } else return product;
    }
  }

  #factor(): LinearExpression {
    if (this.#take("-")) return scaleExpression(this.#factor(), -1);
    if (this.#take("+")) return this.#factor();
    const token = this.#tokens[this.#next];
    if (this.#take("(")) {
      const inner = this.#sum();
      if (!this.#take(")")) throw new ExpressionFault("closed by )", this.#tokens[this.#next].at);
      return inner;
    }
    if (token.kind !== "number" && token.kind !== "name") throw new ExpressionFault("a coefficient or a number here", token.at);
    this.#next++;
    if (token.kind === "number") return { multiples: new Map(), constant: token.value };
    return { multiples: new Map([[token.position, 1]]), constant: 0 };
  }

  #take(operator: Operator): boolean {
    const token = this.#tokens[this.#next];
    if (token.kind !== "operator" || token.operator !== operator) return false;
    this.#next++;
    return true;
  }
}

function addExpressions(one: LinearExpression, other: LinearExpression, factor: number): LinearExpression {
  const multiples = new Map(one.multiples);
  for (const [position, multiple] of other.multiples) multiples.set(position, (multiples.get(position) ?? 0) + factor * multiple);
  return { multiples, constant: one.constant + factor * other.constant };
}

function scaleExpression({ multiples, constant }: LinearExpression, factor: number): LinearExpression {
  return { multiples: new Map([...multiples].map(([position, multiple]) => [position, factor * multiple])), constant: factor * constant };
}

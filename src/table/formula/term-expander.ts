import { unrollChain } from "./expression.ts";
import type { BinaryNode, BinaryOperator, CallNode, Expression, NameNode, NumberNode, SmoothNode } from "./expression.ts";
import type { FormulaVariable } from "./expand-formula.ts";
import { expressionText, quoteName } from "./expression-text.ts";
import { formulaError } from "./formula-error.ts";
import type { FormulaSource } from "./formula-error.ts";
import { joinTerms, TermSet } from "./term-set.ts";
import type { TermVariables } from "./term-set.ts";

/** More terms than a model could be read with: `(a + b + … )^9` of many columns. */
const MOST_TERMS = 50_000;

/** Turns the right side of one formula into sets of terms, and notes what it meets on the way. */
export class TermExpander {
  readonly variables: FormulaVariable[] = [];
  readonly offsets: Expression[] = [];
  readonly smooths: SmoothNode[] = [];
  hasIntercept = true;
  readonly #source: FormulaSource;
  readonly #dotNames: readonly string[];
  readonly #response: string | null;
  readonly #positions: Map<string, number> = new Map();

  constructor(source: FormulaSource, dotNames: readonly string[], response: string | null) {
    this.#source = source;
    this.#dotNames = dotNames;
    this.#response = response;
  }

  /** The terms of an expression. Right of a minus, `adds` is false: a 1 then takes the intercept away. */
  expand(node: Expression, adds: boolean): TermSet {
    switch (node.kind) {
      case "group":
        return this.expand(node.inner, adds);
      case "number":
        return this.#expandNumber(node, adds);
      case "sign":
        // A minus with nothing before it takes from nothing; only the intercept hears of it.
        if (node.operator === "+") return this.expand(node.operand, adds);
        this.expand(node.operand, !adds);
        return new TermSet();
      case "name":
        if (node.name === "." && !node.quoted) return this.#expandDot(node);
        return this.#addVariable(node);
      case "smooth":
        this.smooths.push(node);
        return new TermSet();
      case "call":
        if (node.name !== "offset") return this.#addVariable(node);
        this.offsets.push(this.#offsetArgument(node));
        return new TermSet();
      case "binary":
        return this.#expandChain(node, adds);
      case "text":
        throw this.#fail(node, "a term, not a text", expressionText(node), "Write names of columns without quotes, or in backticks.");
    }
  }

  #expandNumber(node: NumberNode, adds: boolean): TermSet {
    if (node.value !== 0 && node.value !== 1) {
      const mend = "1 is the intercept and 0 takes it away; arithmetic stands within I( ).";
      throw this.#fail(node, "made of terms, 0 or 1", expressionText(node), mend);
    }
    this.hasIntercept = (node.value === 1) === adds;
    return new TermSet();
  }

  #expandDot(node: NameNode): TermSet {
    if (this.#dotNames.length === 0) {
      throw this.#fail(node, "about a table with columns besides the response", ".", "Name the terms.");
    }
    return new TermSet(this.#dotNames.map((name) => this.#positionsOf({ kind: "name", name, quoted: true, at: node.at, end: node.end })));
  }

  #addVariable(node: NameNode | CallNode): TermSet {
    if (expressionText(node) === this.#response) {
      throw this.#fail(node, "made of terms other than the response", expressionText(node), "Take the response out of the right side.");
    }
    return new TermSet([this.#positionsOf(node)]);
  }

  #positionsOf(node: NameNode | CallNode): TermVariables {
    const label = node.kind === "name" ? quoteName(node.name) : expressionText(node);
    let position = this.#positions.get(label);
    if (position === undefined) {
      position = this.variables.length;
      this.#positions.set(label, position);
      this.variables.push({ label, expression: node });
    }
    return [position];
  }

  #offsetArgument(node: CallNode): Expression {
    if (node.arguments.length === 1 && node.arguments[0].name === null) return node.arguments[0].value;
    throw this.#fail(node, "one expression within offset( )", expressionText(node), "Write offset(log(exposure)).");
  }

  #expandChain(node: BinaryNode, adds: boolean): TermSet {
    const apart = this.offsets.length + this.smooths.length;
    const { first, links } = unrollChain(node);
    let terms = this.expand(first, adds);
    let before = first;
    for (const { operator, operand } of links) {
      if (operator === "-") {
        for (const term of this.expand(operand, !adds)) terms.remove(term);
      } else if (operator === "+") {
        for (const term of this.expand(operand, adds)) terms.add(term);
      } else if (operator === "^") {
        terms = this.#raise(terms, operand);
      } else {
        const right = this.expand(operand, adds);
        const isProduct = terms.size > 0 && right.size > 0 && this.offsets.length + this.smooths.length === apart;
        if (!isProduct) throw this.#refuseFactor(terms.size === 0 ? before : operand, operator);
        terms = this.#combine(node, operator, terms, right);
      }
      if (terms.size > MOST_TERMS) throw this.#refuseSize(node);
      before = operand;
    }
    return terms;
  }

  #combine(node: BinaryNode, operator: BinaryOperator, left: TermSet, right: TermSet): TermSet {
    if (left.size * right.size > MOST_TERMS) throw this.#refuseSize(node);
    switch (operator) {
      case ":":
        return multiply(left, right);
      case "*":
        return new TermSet([...left, ...right, ...multiply(left, right)]);
      case "%in%":
        return multiply(left, unite(right));
      case "/":
        return new TermSet([...left, ...multiply(unite(left), right)]);
      default:
        throw this.#fail(node, "made of the operators + - * : / ^ %in%", `${operator} among terms`, "Put arithmetic within I( ).");
    }
  }

  #raise(terms: TermSet, operand: Expression): TermSet {
    const power = operand.kind === "number" ? operand.value : NaN;
    if (!Number.isInteger(power) || power < 1) {
      const mend = "A power of terms crosses them so many times; arithmetic stands within I( ).";
      throw this.#fail(operand, "made of terms to the power of a whole number from 1", expressionText(operand), mend);
    }
    let result = terms;
    for (let times = 1; times < power; times++) {
      const before = result.size;
      if (before * terms.size > MOST_TERMS) throw this.#refuseSize(operand);
      result = multiply(result, terms);
      if (result.size === before) break; // every product of these terms is there already
    }
    return result;
  }

  #refuseFactor(place: Expression, operator: BinaryOperator): Error {
    const mend = "Offsets, smooth terms and intercepts have no products; give a smooth term its factor by `by =`.";
    return this.#fail(place, `terms on both sides of ${operator}`, expressionText(place), mend);
  }

  #refuseSize(place: Expression): Error {
    return this.#fail(place, `at most ${MOST_TERMS} terms`, "more", "Take fewer columns, or a lower power.");
  }

  #fail(place: Expression, expected: string, received: string, mend: string): Error {
    return formulaError(this.#source, place, { expected, received, mend });
  }
}

function multiply(left: TermSet, right: TermSet): TermSet {
  const product = new TermSet();
  for (const one of left) for (const other of right) product.add(joinTerms(one, other));
  return product;
}

/** One term of all variables of these. */
function unite(terms: TermSet): TermSet {
  const all = [...terms].reduce<TermVariables>((union, term) => joinTerms(union, term), []);
  return new TermSet(all.length === 0 ? [] : [all]);
}

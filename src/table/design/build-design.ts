import { InputError } from "../../errors.ts";
import { contrastMatrix } from "./contrasts.ts";
import type { BasisVariable, Design, DesignRecipe, DesignTerm, FactorCoding, FactorVariable, NumericVariable } from "./design.ts";
import { DesignBlocks } from "./design-blocks.ts";
import type { DesignRows } from "./design-rows.ts";
import { evaluateBasis } from "./evaluate-basis.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { SmoothBlocks } from "../smooths/smooth-blocks.ts";
import type { SmoothLevelSource } from "../smooths/smooth-levels.ts";
import { crossFactors } from "./term-blocks.ts";
import type { CodedFactor } from "./term-blocks.ts";

/** More codes, or numbers that spell out codes, than a product of factors may have. */
const MOST_CODES = 20_000_000;

/** Makes the design of these rows. `codes` has the codes of each variable that is a factor, `levels` those that smooths read, in these rows. */
export function buildDesign(
  recipe: DesignRecipe,
  rows: DesignRows,
  codes: readonly (Int32Array | null)[],
  levels: (source: SmoothLevelSource) => Int32Array,
): Design {
  const builder = new DesignBuilder(recipe, rows, codes, levels);
  return {
    matrix: builder.buildMatrix(),
    columnNames: recipe.columnNames,
    terms: recipe.terms,
    hasIntercept: recipe.hasIntercept,
    offset: sumOffsets(recipe, rows),
    rows: rows.rows,
  };
}

class DesignBuilder {
  readonly #recipe: DesignRecipe;
  readonly #rows: DesignRows;
  readonly #codes: readonly (Int32Array | null)[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #numbers: Map<number, readonly Float64Array[]> = new Map();
  readonly #blocks: DesignBlocks;
  readonly #smooths: SmoothBlocks;

  constructor(
    recipe: DesignRecipe,
    rows: DesignRows,
    codes: readonly (Int32Array | null)[],
    levels: (source: SmoothLevelSource) => Int32Array,
  ) {
    this.#recipe = recipe;
    this.#rows = rows;
    this.#codes = codes;
    this.#positions = new Map(recipe.variables.map(({ label }, v) => [label, v]));
    this.#blocks = new DesignBlocks(rows.numRows, recipe.columnNames.length);
    this.#smooths = new SmoothBlocks(rows, levels);
  }

  buildMatrix(): Design["matrix"] {
    for (const term of this.#recipe.terms) {
      if (term.factors.length === 0) this.#blocks.addDense(term.positions[0], null);
      else this.#addTerm(term);
    }
    return this.#blocks.finish();
  }

  /** Its columns are products of one column of each variable, the first variable's changing fastest. */
  #addTerm(term: DesignTerm): void {
    let products: Product[] = [{ step: 0, values: null }];
    const factorSteps: number[] = [];
    let factor: CodedFactor | null = null;
    let stride = 1;
    for (const [k, label] of term.factors.entries()) {
      const v = this.#positions.get(label)!;
      const variable = this.#recipe.variables[v];
      if (variable.kind === "smooth") return this.#blocks.addBlocks(this.#smooths.make(variable, Int32Array.from(term.positions)));
      const coding = term.codings[k];
      if (coding === null) {
        const columns = this.#numbersOf(v);
        products = columns.flatMap((values, column) => products.map((one) => multiplyProduct(one, values, column * stride)));
        stride *= columns.length;
      } else {
        const coded = codeFactor(this.#recipe.variables[v] as FactorVariable, coding, this.#codes[v]!);
        extendSteps(factorSteps, coded.width, stride);
        factor = factor === null ? coded : crossChecked(this.#rows.call, term.label, factor, coded);
        stride *= coded.width;
      }
    }
    for (const { step, values } of products) {
      if (factor === null) this.#blocks.addDense(term.positions[step], values);
      else
        this.#blocks.addFactor(
          factor,
          Int32Array.from(factorSteps, (at) => term.positions[at + step]),
          values,
        );
    }
  }

  #numbersOf(v: number): readonly Float64Array[] {
    const found = this.#numbers.get(v);
    if (found) return found;
    const variable = this.#recipe.variables[v] as NumericVariable | BasisVariable;
    const values = this.#rows.compute(parseExpression(variable.expression, this.#rows.call), variable.label);
    const columns = variable.kind === "numeric" ? [values] : evaluateBasis(variable.basis, values);
    this.#numbers.set(v, columns);
    return columns;
  }
}

/** A product of numbers, and how far its column is from the term's first. */
interface Product {
  readonly step: number;
  readonly values: Float64Array | null;
}

function multiplyProduct({ step, values }: Product, factor: Float64Array, further: number): Product {
  if (values === null) return { step: step + further, values: factor };
  const product = new Float64Array(factor.length);
  for (let i = 0; i < product.length; i++) product[i] = values[i] * factor[i];
  return { step: step + further, values: product };
}

/** Adds a factor of `width` columns, `stride` apart, to the steps of the ones before. */
function extendSteps(steps: number[], width: number, stride: number): void {
  const before = steps.length === 0 ? [0] : [...steps];
  steps.length = 0;
  for (let column = 0; column < width; column++) for (const step of before) steps.push(step + column * stride);
}

function codeFactor(variable: FactorVariable, coding: FactorCoding, codes: Int32Array): CodedFactor {
  const numCodes = variable.levels.length;
  const { contrast, reference } = variable;
  if (coding === "indicators") {
    return { codes, numCodes, width: numCodes, columnOfCode: Int32Array.from({ length: numCodes }, (_, code) => code), matrix: null };
  }
  if (contrast !== "treatment")
    return { codes, numCodes, width: numCodes - 1, columnOfCode: null, matrix: contrastMatrix(contrast, numCodes, reference) };
  const columnOfCode = Int32Array.from({ length: numCodes }, (_, code) => (code === reference ? -1 : code < reference ? code : code - 1));
  return { codes, numCodes, width: numCodes - 1, columnOfCode, matrix: null };
}

function crossChecked(call: string, label: string, one: CodedFactor, other: CodedFactor): CodedFactor {
  const numCodes = one.numCodes * other.numCodes;
  const numCells = one.columnOfCode && other.columnOfCode ? numCodes : numCodes * one.width * other.width;
  if (numCells <= MOST_CODES) return crossFactors(one, other);
  throw new InputError({
    call,
    argument: `the term ${label}`,
    expected: `of at most ${MOST_CODES} cells`,
    received: `${numCells}`,
    mend: "Cross factors of fewer levels, or code them by treatment contrasts.",
  });
}

function sumOffsets({ offsets }: DesignRecipe, rows: DesignRows): Float64Array | null {
  if (offsets.length === 0) return null;
  const sum = new Float64Array(rows.numRows);
  for (const text of offsets) {
    const values = rows.compute(parseExpression(text, rows.call), `offset(${text})`);
    for (let i = 0; i < sum.length; i++) sum[i] += values[i];
  }
  return sum;
}

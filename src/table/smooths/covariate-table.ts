import { findDistinctPoints, findRoundedPoints } from "../../numeric/index.ts";
import type { BasisPoints, DistinctPoints } from "../../numeric/index.ts";
import { absorbConstraint, basisMargins, evaluateProducts } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { SmoothMargin, SmoothVariable } from "./smooth-variable.ts";

/** The most cells of each of two covariates of a smooth together, and of each of more: their combinations multiply. */
const CELLS_OF_TWO = 100;
const CELLS_OF_MORE = 25;

/** Covariates in some rows by their texts: each computed once, and the distinct points of several found once. */
export class CovariateTable {
  readonly #cells: number;
  readonly #read: (text: string) => Float64Array;
  readonly #values: Map<string, Float64Array> = new Map();
  readonly #codes: Map<Int32Array, string> = new Map();
  readonly #points: Map<string, DistinctPoints> = new Map();
  readonly #products: Map<readonly SmoothMargin[], PointMatrix> = new Map();

  /**
   * @param read - the numbers of an expression, one a row, all finite
   * @param cells - the most different numbers that smooths see of a covariate: see `findRoundedPoints`
   */
  constructor(read: (text: string) => Float64Array, cells: number = Infinity) {
    this.#read = read;
    this.#cells = cells;
  }

  /** An expression in these rows by its text. */
  values(text: string): Float64Array {
    let values = this.#values.get(text);
    if (values === undefined) this.#values.set(text, (values = this.#read(text)));
    return values;
  }

  /**
   * The distinct points of expressions, rounded to cells where that is asked for.
   *
   * @param together - how many covariates their smooth has in all
   */
  points(texts: readonly string[], together: number = texts.length): DistinctPoints {
    const cells = together === 1 ? this.#cells : Math.min(this.#cells, together === 2 ? CELLS_OF_TWO : CELLS_OF_MORE);
    const isExact = this.#cells === Infinity;
    const key = [isExact ? "" : cells, ...texts].join("\n");
    let found = this.#points.get(key);
    if (found === undefined) {
      const columns = texts.map((text) => this.values(text));
      found = isExact
        ? findDistinctPoints(columns)
        : findRoundedPoints(
            columns,
            columns.map(() => cells),
          );
      this.#points.set(key, found);
    }
    return found;
  }

  /** Whether an expression is the same number in every row. */
  isConstant(text: string): boolean {
    const values = this.values(text);
    return values.every((value) => value === values[0]);
  }

  /** The distinct pairs of a point of expressions and a code: `codes` has one a row. */
  pairs(texts: readonly string[], codes: Int32Array): DistinctPoints {
    let text = this.#codes.get(codes);
    if (text === undefined) {
      text = `codes ${this.#codes.size}`; // no expression reads so
      this.#codes.set(codes, text);
      this.#values.set(text, Float64Array.from(codes));
    }
    const key = [...texts, text].join("\n");
    let found = this.#points.get(key);
    if (found === undefined) {
      const points = Float64Array.from(this.points(texts).codes);
      this.#points.set(key, (found = findDistinctPoints([points, this.values(text)])));
    }
    return found;
  }

  /** All functions of a smooth of numbers at the distinct points of its covariates; what its copies share is computed once. */
  functions(variable: SmoothVariable): { readonly points: DistinctPoints } & PointMatrix {
    const { margins, order } = variable;
    const own = basisMargins(margins);
    const points = this.points(own.flatMap(({ expressions }) => expressions));
    return { points, ...absorbConstraint(variable, this.products(margins, order)) };
  }

  /** The chosen products of a smooth's margins of numbers at the distinct points of its covariates, computed once for the same margins. */
  products(margins: readonly SmoothMargin[], order: readonly number[] | null): PointMatrix {
    let found = this.#products.get(margins);
    if (found === undefined) {
      const own = basisMargins(margins);
      found = evaluateProducts(own, order, this.points(own.flatMap(({ expressions }) => expressions)).coordinates);
      this.#products.set(margins, found);
    }
    return found;
  }

  /** The product of expressions in every row; null for none of them. */
  product(texts: readonly string[]): Float64Array | null {
    if (texts.length < 2) return texts.length === 0 ? null : this.values(texts[0]);
    const key = `product ${texts.join("\n")}`;
    let product = this.#values.get(key);
    if (product === undefined) {
      product = this.values(texts[0]).slice();
      for (const text of texts.slice(1)) {
        const values = this.values(text);
        for (let row = 0; row < product.length; row++) product[row] *= values[row];
      }
      this.#values.set(key, product);
    }
    return product;
  }
}

/** The points of several lists as one, each counted once, as mgcv does: of linked smooths, whose bases are learned from the values of all. */
export function poolPoints(lists: readonly BasisPoints[]): BasisPoints {
  if (lists.length === 1) return lists[0];
  const stacked = lists[0].coordinates.map((_, dimension) => concatenate(lists.map(({ coordinates }) => coordinates[dimension])));
  const { coordinates, firstRows } = findDistinctPoints(stacked);
  return { coordinates, counts: new Float64Array(firstRows.length).fill(1) };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let next = 0;
  for (const part of parts) {
    all.set(part, next);
    next += part.length;
  }
  return all;
}

import { findDistinctPoints, findRoundedPoints } from "../../numeric/index.ts";
import type { BasisPoints, DistinctPoints } from "../../numeric/index.ts";
import type { TrainingCovariates } from "./smooth-context.ts";
import { absorbConstraint, basisMargins, recallProducts } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { SmoothMargin, SmoothVariable } from "./smooth-variable.ts";

/** The points of rows, without a row of each. */
export type CodedPoints = Omit<DistinctPoints, "firstRows">;

/** Cells that were found before: of all rows that a model was fitted to. */
export interface KnownCells extends Pick<TrainingCovariates, "products"> {
  /** @param values - an expression in the rows at hand */
  findPoints(texts: readonly string[], together: number, values: (text: string) => Float64Array): CodedPoints;
}

/** The most cells of each of two covariates of a smooth together, and of each of more: their combinations multiply. */
const CELLS_OF_TWO = 100;
const CELLS_OF_MORE = 25;

/** How many cells each of some covariates of one smooth has, where one that is alone has so many. */
export function cellsOfEach(cells: number, together: number): number {
  return together === 1 ? cells : Math.min(cells, together === 2 ? CELLS_OF_TWO : CELLS_OF_MORE);
}

/** Covariates in some rows by their texts: each computed once, and the distinct points of several found once. */
export class CovariateTable implements TrainingCovariates {
  readonly #cells: number;
  readonly #known: KnownCells | null;
  readonly #read: (text: string) => Float64Array;
  readonly #values: Map<string, Float64Array> = new Map();
  readonly #codes: Map<Int32Array, string> = new Map();
  readonly #points: Map<string, CodedPoints> = new Map();
  readonly #products: Map<readonly SmoothMargin[], PointMatrix> = new Map();

  /**
   * @param read - the numbers of an expression, one a row, all finite
   * @param cells - the most different numbers that smooths see of a covariate: see `findRoundedPoints`; or the cells themselves
   */
  constructor(read: (text: string) => Float64Array, cells: number | KnownCells = Infinity) {
    this.#read = read;
    this.#cells = typeof cells === "number" ? cells : Infinity;
    this.#known = typeof cells === "number" ? null : cells;
  }

  /** An expression in these rows by its text. */
  readonly values = (text: string): Float64Array => {
    let values = this.#values.get(text);
    if (values === undefined) this.#values.set(text, (values = this.#read(text)));
    return values;
  };

  points(texts: readonly string[], together: number = texts.length): CodedPoints {
    const key = [cellsOfEach(this.#cells, together), ...texts].join("\n");
    let found = this.#points.get(key);
    if (found === undefined) this.#points.set(key, (found = this.#findPoints(texts, together)));
    return found;
  }

  #findPoints(texts: readonly string[], together: number): CodedPoints {
    if (this.#known !== null) return this.#known.findPoints(texts, together, this.values);
    const columns = texts.map(this.values);
    if (this.#cells === Infinity) return findDistinctPoints(columns);
    return findRoundedPoints(
      columns,
      columns.map(() => cellsOfEach(this.#cells, together)),
    );
  }

  isConstant(text: string): boolean {
    const values = this.values(text);
    return values.every((value) => value === values[0]);
  }

  /** The distinct pairs of a point of expressions and a code: `codes` has one a row. */
  pairs(texts: readonly string[], codes: Int32Array): CodedPoints {
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
  functions(variable: SmoothVariable): { readonly points: CodedPoints } & PointMatrix {
    const { margins, order } = variable;
    const own = basisMargins(margins);
    const points = this.points(own.flatMap(({ expressions }) => expressions));
    return { points, ...absorbConstraint(variable, this.products(margins, order)) };
  }

  products(margins: readonly SmoothMargin[], order: readonly number[] | null): PointMatrix {
    if (this.#known !== null) return this.#known.products(margins, order);
    return recallProducts(this.#products, margins, order, (texts) => this.points(texts));
  }

  largestProduct(texts: readonly string[]): number {
    return largestAbsolute(this.product(texts) ?? Float64Array.of(1));
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

/** The largest absolute number; 0 of none. */
export function largestAbsolute(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
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

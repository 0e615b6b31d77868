import type { DenseBlock, MatrixBlock } from "../../numeric/index.ts";
import { crossFactors, factorBlock } from "../design/term-blocks.ts";
import type { CodedFactor } from "../design/term-blocks.ts";
import { evaluateSmooth } from "./smooth-matrix.ts";
import type { PointMatrix, SmoothRows } from "./smooth-matrix.ts";
import type { SmoothLevel, SmoothVariable } from "./smooth-variable.ts";

/** Of fewer distinct points than this share of the rows a smooth is held by codes. */
const CODED_SHARE = 0.5;
/** The most distinct points that are held by codes: tables of sums by code must stay small. */
const MOST_POINTS = 2 ** 14;
/** The most numbers that spell out the codes of one copy of a smooth. */
const MOST_NUMBERS = 2 ** 22;

/** Makes the blocks of smooth terms in some rows; what several of them need is computed once. */
export class SmoothBlocks {
  readonly #where: SmoothRows;
  readonly #multipliers: Map<string, Float64Array> = new Map();

  constructor(where: SmoothRows) {
    this.#where = where;
  }

  /** The blocks of a smooth. @param columns - where they go */
  make(variable: SmoothVariable, columns: Int32Array): MatrixBlock[] {
    const multiplier = this.#multiplierOf(variable.multipliers);
    if (variable.reflector === null && variable.order === null && variable.margins.every(({ kind }) => kind === "levels")) {
      return [this.#levelsBlock(variable, columns, multiplier)];
    }
    const values = evaluateSmooth(variable, this.#where);
    const { by } = variable;
    const numPoints = values.points.counts.length;
    const { numRows } = this.#where.rows;
    const isCoded = numPoints <= Math.min(numRows * CODED_SHARE, MOST_POINTS) && numPoints * values.width <= MOST_NUMBERS;
    if (isCoded && by === null) {
      return [
        factorBlock(
          { codes: values.points.codes, numCodes: numPoints, width: values.width, columnOfCode: null, matrix: values.matrix },
          columns,
          multiplier,
        ),
      ];
    }
    return [denseBlock(values, columns, by === null ? multiplier : this.#onlyLevel(by, multiplier))];
  }

  /** Columns of levels alone: a code a row. */
  #levelsBlock({ margins, by }: SmoothVariable, columns: Int32Array, multiplier: Float64Array | null): MatrixBlock {
    const sources = margins.map((margin) => margin as Exclude<typeof margin, { kind: "basis" }>);
    const numbers = by === null ? multiplier : this.#onlyLevel(by, multiplier);
    if (sources.length === 0) return { kind: "dense", columns, values: [numbers] };
    const factors = sources.reverse().map((source) => this.#indicators(source));
    return factorBlock(factors.reduce(crossFactors), columns, numbers);
  }

  /** A column for each level; none for the code of a level that is not among them. */
  #indicators(source: { readonly expression: string; readonly levels: readonly string[] }): CodedFactor {
    const width = source.levels.length;
    const columnOfCode = Int32Array.from({ length: width + 1 }, (_, code) => (code < width ? code : -1));
    return { codes: this.#where.codes(source), numCodes: width + 1, width, columnOfCode, matrix: null };
  }

  /** The multiplier in rows of a level, 0 in others. */
  #onlyLevel(by: SmoothLevel, multiplier: Float64Array | null): Float64Array {
    const codes = this.#where.codes(by);
    const out = new Float64Array(codes.length);
    for (let row = 0; row < out.length; row++) if (codes[row] === by.level) out[row] = multiplier === null ? 1 : multiplier[row];
    return out;
  }

  #multiplierOf(texts: readonly string[]): Float64Array | null {
    if (texts.length === 0) return null;
    const key = texts.join("\n");
    let product = this.#multipliers.get(key);
    if (product === undefined) {
      const columns = texts.map((text) => this.#where.rows.covariate(text));
      product = columns.length === 1 ? columns[0] : columns[0].map((_, row) => columns.reduce((all, values) => all * values[row], 1));
      this.#multipliers.set(key, product);
    }
    return product;
  }
}

/** Functions of points spelled out, one array a column. */
function denseBlock({ points, width, matrix }: PointMatrix, columns: Int32Array, multiplier: Float64Array | null): DenseBlock {
  const { codes } = points;
  const values = Array.from({ length: width }, (_, column) => {
    const out = new Float64Array(codes.length);
    if (multiplier === null) for (let row = 0; row < out.length; row++) out[row] = matrix[codes[row] * width + column];
    else for (let row = 0; row < out.length; row++) out[row] = multiplier[row] * matrix[codes[row] * width + column];
    return out;
  });
  return { kind: "dense", columns, values };
}

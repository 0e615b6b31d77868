import type { MatrixBlock } from "../../numeric/index.ts";
import type { DesignRows } from "../design/design-rows.ts";
import { crossFactors, factorBlock } from "../design/term-blocks.ts";
import type { CodedFactor } from "../design/term-blocks.ts";
import { placeColumns } from "./place-columns.ts";
import { basisMargins } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { SmoothLevelSource } from "./smooth-levels.ts";
import type { LevelsMargin, SmoothVariable } from "./smooth-variable.ts";

/** Where there are no more distinct points than this share of the rows, a smooth is held by codes. */
const CODED_SHARE = 0.5;
/** The most distinct points that are held by codes: tables of sums by code must stay small. */
const MOST_POINTS = 2 ** 15;
/** The most numbers that spell out the codes of a smooth and its copies. */
const MOST_NUMBERS = 2 ** 23;

/** The functions of a smooth, which its copies for the levels of a factor share. */
interface Functions extends PointMatrix {
  readonly of: string;
  /** The point of each row. */
  readonly codes: Int32Array;
  readonly numPoints: number;
  /** Spelled out in rows, times the multiplier, when first needed. */
  columns: Float64Array[] | null;
}

/** Makes the blocks of smooth terms in some rows. */
export class SmoothBlocks {
  readonly #rows: DesignRows;
  readonly #codesOf: (source: SmoothLevelSource) => Int32Array;
  readonly #functions: Functions[] = [];

  /** @param codesOf - a code a row; the number of levels stands for a level that is none of them */
  constructor(rows: DesignRows, codesOf: (source: SmoothLevelSource) => Int32Array) {
    this.#rows = rows;
    this.#codesOf = codesOf;
  }

  /** The blocks of a smooth. @param columns - where they go */
  make(variable: SmoothVariable, columns: Int32Array): MatrixBlock[] {
    const { margins, by } = variable;
    const multiplier = this.#rows.covariates.product(variable.multipliers);
    const levels = margins.filter((margin) => margin.kind === "levels");
    if (levels.length > 0) return this.#levelBlocks(variable, levels, columns, multiplier);
    if (margins.length === 0) return this.#copies(variable, columns, [multiplier!]);
    const functions = this.#functionsOf(variable);
    const isSmall = (points: number, times: number): boolean =>
      points <= Math.min(this.#rows.numRows * CODED_SHARE, MOST_POINTS) && points * functions.width * times <= MOST_NUMBERS;
    if (by === null && isSmall(functions.numPoints, 1)) {
      const { codes, numPoints, width, matrix } = functions;
      return [factorBlock({ codes, numCodes: numPoints, width, columnOfCode: null, matrix }, columns, multiplier)];
    }
    if (by !== null) {
      const pairs = this.#rows.covariates.pairs(coordinateTexts(variable), this.#codesOf(by));
      if (isSmall(pairs.counts.length, by.levels.length)) {
        return [factorBlock(copyAtLevel(functions, pairs.coordinates, pairs.codes, by.level), columns, multiplier)];
      }
    }
    functions.columns ??= spellOut(functions, multiplier);
    return this.#copies(variable, columns, functions.columns);
  }

  /** Columns of numbers: as they are, or in the rows of one level alone. */
  #copies({ by }: SmoothVariable, columns: Int32Array, values: readonly Float64Array[]): MatrixBlock[] {
    if (by === null) return [{ kind: "dense", columns, values }];
    const numCodes = by.levels.length + 1;
    const columnOfCode = Int32Array.from({ length: numCodes }, (_, code) => (code === by.level ? 0 : -1));
    const factor: CodedFactor = { codes: this.#codesOf(by), numCodes, width: 1, columnOfCode, matrix: null };
    return values.map((multiplier, k) => factorBlock(factor, columns.subarray(k, k + 1), multiplier));
  }

  /** A column for each level, or combination of levels, and function of numbers beside them: rows are looked up by level. */
  #levelBlocks(
    variable: SmoothVariable,
    levels: readonly LevelsMargin[],
    columns: Int32Array,
    multiplier: Float64Array | null,
  ): MatrixBlock[] {
    const numbers = this.#numbersBesideLevels(variable, multiplier);
    // Of a product of factors the first one's codes change fastest, of margins the last one's.
    const factor = [...levels]
      .reverse()
      .map((source) => this.#indicators(source))
      .reduce(crossFactors);
    const numFunctions = numbers.length;
    if (numFunctions === 1) return [factorBlock(factor, columns, numbers[0])];
    const positions = placeColumns(variable);
    return numbers.map((values, k) =>
      factorBlock(
        factor,
        Int32Array.from(positions[k], (at) => columns[at]),
        values,
      ),
    );
  }

  #numbersBesideLevels(variable: SmoothVariable, multiplier: Float64Array | null): (Float64Array | null)[] {
    const { by, margins } = variable;
    const inLevel = by === null ? null : Float64Array.from(this.#codesOf(by), (code) => (code === by.level ? 1 : 0));
    const hasNumbers = margins.some(({ kind }) => kind === "basis");
    const functions = hasNumbers ? spellOut(this.#functionsOf(variable), multiplier) : [multiplier];
    if (inLevel === null) return functions;
    return functions.map((values) => (values === null ? inLevel : values.map((value, row) => value * inLevel[row])));
  }

  /** A column for each level; none for the code of a level that is not among them. */
  #indicators(source: LevelsMargin): CodedFactor {
    const width = source.levels.length;
    const columnOfCode = Int32Array.from({ length: width + 1 }, (_, code) => (code < width ? code : -1));
    return { codes: this.#codesOf(source), numCodes: width + 1, width, columnOfCode, matrix: null };
  }

  #functionsOf(variable: SmoothVariable): Functions {
    const { label, by } = variable;
    // Copies have the same functions, and so may other smooths: what is written down of them decides.
    const of = by === null ? label : describeFunctions(variable);
    const found = this.#functions.find((functions) => functions.of === of);
    if (found !== undefined) return found;
    const { points, width, matrix } = this.#rows.covariates.functions(variable);
    const made: Functions = { of, codes: points.codes, numPoints: points.counts.length, columns: null, width, matrix };
    this.#functions.push(made);
    return made;
  }
}

const described: WeakMap<SmoothVariable, string> = new WeakMap();

function describeFunctions(variable: SmoothVariable): string {
  let text = described.get(variable);
  if (text === undefined) {
    const { margins, order, reflector, centres, dropped, multipliers } = variable;
    described.set(variable, (text = JSON.stringify([margins, order, reflector, centres, dropped, multipliers])));
  }
  return text;
}

function coordinateTexts({ margins }: SmoothVariable): string[] {
  return basisMargins(margins).flatMap(({ expressions }) => expressions);
}

/** Functions of points as functions of pairs of a point and a level: 0 at other levels. */
function copyAtLevel(
  { width, matrix }: PointMatrix,
  [points, levels]: readonly Float64Array[],
  codes: Int32Array,
  level: number,
): CodedFactor {
  const own = new Float64Array(points.length * width);
  for (let pair = 0; pair < points.length; pair++) {
    if (levels[pair] === level) own.set(matrix.subarray(points[pair] * width, (points[pair] + 1) * width), pair * width);
  }
  return { codes, numCodes: points.length, width, columnOfCode: null, matrix: own };
}

/** Functions of points in every row, one array a column. */
function spellOut({ codes, width, matrix }: Functions, multiplier: Float64Array | null): Float64Array[] {
  return Array.from({ length: width }, (_, column) => {
    const out = new Float64Array(codes.length);
    if (multiplier === null) for (let row = 0; row < out.length; row++) out[row] = matrix[codes[row] * width + column];
    else for (let row = 0; row < out.length; row++) out[row] = multiplier[row] * matrix[codes[row] * width + column];
    return out;
  });
}

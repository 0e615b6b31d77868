import type { CodedBlock } from "../../numeric/index.ts";

/** A factor of a term in the rows of a design: a code a row, and what each code's columns hold. */
export interface CodedFactor {
  readonly codes: Int32Array;
  readonly numCodes: number;
  readonly width: number;
  /** For each code the column that is 1, or −1 for none; null where `matrix` is given. */
  readonly columnOfCode: Int32Array | null;
  /** numCodes × width, row-major; null where `columnOfCode` is given. */
  readonly matrix: Float64Array | null;
}

/** The product of two factors: a code for every pair, the first factor's codes and columns changing fastest. */
export function crossFactors(first: CodedFactor, second: CodedFactor): CodedFactor {
  const numCodes = first.numCodes * second.numCodes;
  const width = first.width * second.width;
  const codes = new Int32Array(first.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = first.codes[row] + first.numCodes * second.codes[row];
  if (first.columnOfCode && second.columnOfCode) {
    const columnOfCode = new Int32Array(numCodes);
    for (let code = 0; code < numCodes; code++) {
      const one = first.columnOfCode[code % first.numCodes];
      const other = second.columnOfCode[Math.floor(code / first.numCodes)];
      columnOfCode[code] = one < 0 || other < 0 ? -1 : one + first.width * other;
    }
    return { codes, numCodes, width, columnOfCode, matrix: null };
  }
  const matrix = new Float64Array(numCodes * width);
  const [ones, others] = [spellOut(first), spellOut(second)];
  for (let code = 0; code < numCodes; code++) {
    const oneRow = (code % first.numCodes) * first.width;
    const otherRow = Math.floor(code / first.numCodes) * second.width;
    for (let column = 0; column < width; column++) {
      const one = ones[oneRow + (column % first.width)];
      matrix[code * width + column] = one * others[otherRow + Math.floor(column / first.width)];
    }
  }
  return { codes, numCodes, width, columnOfCode: null, matrix };
}

/** A block of a factor at these positions, times a number a row. */
export function factorBlock(factor: CodedFactor, columns: Int32Array, multiplier: Float64Array | null): CodedBlock {
  const { codes, numCodes, columnOfCode, matrix } = factor;
  return { kind: "coded", columns, codes, numCodes, multiplier, columnOfCode, matrix };
}

/** What each code's columns hold; numCodes × width, row-major. */
function spellOut({ columnOfCode, matrix, numCodes, width }: CodedFactor): Float64Array {
  if (matrix) return matrix;
  const spelled = new Float64Array(numCodes * width);
  for (let code = 0; code < numCodes; code++) if (columnOfCode![code] >= 0) spelled[code * width + columnOfCode![code]] = 1;
  return spelled;
}

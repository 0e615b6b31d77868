import type { BlockMatrix, CodedBlock, DenseBlock, SparseBlock } from "../../../numeric/index.ts";

/** Weighted means and standard deviations (divisor n) of p columns. */
export interface ColumnSpread {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** A deviation below this share of the mean is rounding: the column is constant. */
const CONSTANT = 1e-10;

/**
 * Mean and spread of each column without writing any block out; a constant column has deviation 0.
 *
 * @param weights - one a row, summing to 1
 */
export function columnSpread(matrix: BlockMatrix, weights: Float64Array): ColumnSpread {
  const spread = { means: new Float64Array(matrix.numColumns), deviations: new Float64Array(matrix.numColumns) };
  for (const block of matrix.blocks) {
    if (block.kind === "dense") spreadOfDense(block, weights, spread);
    else if (block.kind === "coded") spreadOfCoded(block, weights, spread);
    else spreadOfSparse(block, weights, spread);
  }
  const { means, deviations } = spread;
  deviations.forEach((variance, j) => {
    const deviation = Math.sqrt(Math.max(0, variance));
    deviations[j] = deviation > CONSTANT * Math.abs(means[j]) ? deviation : 0;
  });
  return spread;
}

/** Until its end `columnSpread` holds variances where deviations go. */
function spreadOfDense({ columns, values }: DenseBlock, weights: Float64Array, { means, deviations }: ColumnSpread): void {
  columns.forEach((column, k) => {
    const numbers = values[k];
    if (numbers === null) {
      means[column] = 1;
      return;
    }
    // One reading from a place near the mean; a second from the mean where the first rows have misled.
    const start = momentsAbout(numbers, weights, pivotOf(numbers));
    const { mean, variance } = start.isNear ? start : momentsAbout(numbers, weights, start.mean);
    means[column] = mean;
    deviations[column] = variance;
  });
}

const FIRST_ROWS = 16;
/** A pivot further from the mean than so many deviations costs more digits than can be spared. */
const FAR_PIVOT = 30;

function pivotOf(numbers: Float64Array): number {
  const count = Math.min(FIRST_ROWS, numbers.length);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += numbers[i];
  return sum / count;
}

function momentsAbout(numbers: Float64Array, weights: Float64Array, pivot: number): { mean: number; variance: number; isNear: boolean } {
  let shift = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const difference = numbers[i] - pivot;
    const weighted = weights[i] * difference;
    shift += weighted;
    squares += weighted * difference;
  }
  const variance = squares - shift * shift;
  return { mean: pivot + shift, variance, isNear: shift * shift <= FAR_PIVOT * FAR_PIVOT * variance };
}

/** With M the matrix of codes: sums over codes of weight, weight × multiplier and weight × multiplier² say it all. */
function spreadOfCoded(block: CodedBlock, weights: Float64Array, { means, deviations }: ColumnSpread): void {
  const { columns, codes, numCodes, multiplier, columnOfCode, matrix } = block;
  const width = columns.length;
  const [plain, once, twice] = [new Float64Array(numCodes), new Float64Array(numCodes), new Float64Array(numCodes)];
  for (let i = 0; i < codes.length; i++) {
    const factor = multiplier === null ? 1 : multiplier[i];
    plain[codes[i]] += weights[i];
    once[codes[i]] += weights[i] * factor;
    twice[codes[i]] += weights[i] * factor * factor;
  }
  for (let k = 0; k < width; k++) {
    const entry = (code: number): number => (matrix === null ? Number(columnOfCode?.[code] === k) : matrix[code * width + k]);
    let mean = 0;
    for (let code = 0; code < numCodes; code++) mean += once[code] * entry(code);
    let variance = 0;
    for (let code = 0; code < numCodes; code++) {
      const value = entry(code);
      variance += twice[code] * value * value - 2 * mean * once[code] * value + plain[code] * mean * mean;
    }
    means[columns[k]] = mean;
    deviations[columns[k]] = variance;
  }
}

function spreadOfSparse({ columns, starts, rows, values }: SparseBlock, weights: Float64Array, { means, deviations }: ColumnSpread): void {
  columns.forEach((column, k) => {
    let mean = 0;
    let stored = 0;
    for (let e = starts[k]; e < starts[k + 1]; e++) {
      mean += weights[rows[e]] * values[e];
      stored += weights[rows[e]];
    }
    let variance = (1 - stored) * mean * mean;
    for (let e = starts[k]; e < starts[k + 1]; e++) variance += weights[rows[e]] * (values[e] - mean) ** 2;
    means[column] = mean;
    deviations[column] = variance;
  });
}

/** Beyond this ratio of mean to deviation, sums of products would lose the digits that tell rows apart. */
const FAR = 30;

/**
 * The same matrix with dense columns that lie far from zero moved to mean zero (in copies): a model with an intercept fits alike, and sums of
 * products keep their digits. Other blocks stay as they are.
 *
 * @returns the matrix, and what was taken from each column
 */
export function centreFarColumns(
  matrix: BlockMatrix,
  { means, deviations }: ColumnSpread,
): { readonly matrix: BlockMatrix; readonly shifts: Float64Array } {
  const shifts = new Float64Array(matrix.numColumns);
  const blocks = matrix.blocks.map((block) => {
    if (block.kind !== "dense") return block;
    const values = block.values.map((numbers, k) => {
      const column = block.columns[k];
      if (numbers === null || deviations[column] === 0 || Math.abs(means[column]) <= FAR * deviations[column]) return numbers;
      const mean = means[column];
      shifts[column] = mean;
      return numbers.map((value) => value - mean);
    });
    return { ...block, values };
  });
  return { matrix: { ...matrix, blocks }, shifts };
}

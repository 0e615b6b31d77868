import { BlockProducts, evaluateBSplines, type BlockMatrix } from "../../src/numeric/index.ts";
import type { Family } from "../../src/models/index.ts";
import { fitSmoothing } from "../../src/models/gam/fitting/fit-smoothing.ts";
import type { PenaltyBlock } from "../../src/models/gam/fitting/penalty-block.ts";
import type { SmoothingFit, SmoothingSettings } from "../../src/models/gam/fitting/smoothing-fit.ts";
import { drive, type PassSteps } from "../../src/models/glm/fitting/drive.ts";
import type { PassRequest } from "../../src/models/glm/fitting/pass.ts";
import { runPass } from "../../src/models/glm/fitting/run-pass.ts";
import type { GlmProblem } from "../../src/models/glm/glm-fit.ts";

/** A problem and its penalties. */
export interface SmoothingProblem {
  readonly problem: GlmProblem;
  readonly blocks: readonly PenaltyBlock[];
}

/** A dense matrix, row-major, as the blocks that passes read. */
export function blockMatrix(values: ArrayLike<number>, numRows: number, numColumns: number): BlockMatrix {
  const columns = Array.from({ length: numColumns }, (_, j) =>
    Float64Array.from({ length: numRows }, (__, i) => values[i * numColumns + j]),
  );
  return { numRows, numColumns, blocks: [{ kind: "dense", columns: Int32Array.from(columns.keys()), values: columns }] };
}

export function makeProblem(
  matrix: BlockMatrix,
  response: ArrayLike<number>,
  family: Family,
  { weights, offset }: { readonly weights?: ArrayLike<number>; readonly offset?: Float64Array } = {},
): GlmProblem {
  const ones = new Float64Array(matrix.numRows).fill(1);
  return {
    matrix,
    response: Float64Array.from(response),
    weights: weights ? Float64Array.from(weights) : ones,
    frequencies: null,
    offset: offset ?? null,
    family,
  };
}

/** Answers a conversation from rows in memory. @param seen told of each request */
export function answer<Result>(problem: GlmProblem, steps: PassSteps<Result>, seen: (request: PassRequest) => void = () => {}): Result {
  const products = new BlockProducts(problem.matrix);
  return drive(steps, (request) => {
    seen(request);
    return runPass(problem, products, request);
  });
}

export const defaultSettings: Omit<SmoothingSettings, "numObservations"> = {
  method: "REML",
  dispersion: null,
  gamma: 1,
  start: null,
  fallback: null,
  startSmoothing: null,
  maxIterations: 200,
  tolerance: 1e-10,
};

export function fitSmooths(
  { problem, blocks }: SmoothingProblem,
  settings: Partial<SmoothingSettings> = {},
  seen?: (request: PassRequest) => void,
): SmoothingFit {
  const { numRows, numColumns } = problem.matrix;
  return answer(
    problem,
    fitSmoothing(numColumns, problem.family, blocks, {
      ...defaultSettings,
      numObservations: numRows,
      startParameters: problem.family.startParameters(problem),
      ...settings,
    }),
    seen,
  );
}

/** Centred B-splines of a number between 0 and 1, without the last, and their penalty of second differences. */
export function splineColumns(x: readonly number[], size: number): { readonly columns: Float64Array[]; readonly penalty: Float64Array } {
  const interior = Array.from({ length: size - 3 }, (_, k) => (k + 1) / (size - 2));
  const all = evaluateBSplines(interior, [0, 1], 3, Float64Array.from(x));
  const columns = all.slice(0, size).map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  });
  const penalty = new Float64Array(size * size);
  for (let row = 0; row + 2 <= size; row++) {
    const difference = [1, -2, 1].slice(0, size - row);
    difference.forEach((one, i) => difference.forEach((other, j) => (penalty[(row + i) * size + row + j] += one * other)));
  }
  return { columns, penalty };
}

/** An intercept, then columns. */
export function joinColumns(columns: readonly Float64Array[]): BlockMatrix {
  const values = [null, ...columns];
  return {
    numRows: columns[0].length,
    numColumns: values.length,
    blocks: [{ kind: "dense", columns: Int32Array.from(values.keys()), values }],
  };
}

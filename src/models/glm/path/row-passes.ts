import { BlockProducts, selectColumns } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import type { WorkingRows } from "../../families/family.ts";
import type { GlmProblem } from "../glm-fit.ts";

/** Some columns of a matrix, ready for products. */
export interface ColumnSet {
  /** Positions in the whole matrix. */
  readonly positions: Int32Array;
  readonly products: BlockProducts;
}

/** Bytes of columns that are kept ready from pass to pass; larger sets are copied anew. */
const MOST_KEPT = 2 ** 29;

export function columnSet(matrix: BlockMatrix, positions: Int32Array): ColumnSet {
  const keep = 8 * matrix.numRows * positions.length <= MOST_KEPT;
  const part = positions.length === matrix.numColumns ? matrix : selectColumns(matrix, positions);
  return { positions, products: new BlockProducts(part, { keep }) };
}

/** What a pass over the rows finds; weights as in the problem. */
export interface RowPass {
  /** Half the deviance: the negative log-likelihood up to a constant, at dispersion 1. NaN or infinite outside the range of the family. */
  readonly halfDeviance: number;
  /** Minus its gradient by the coefficients of the set. */
  readonly score: Float64Array;
  /** Its expected second derivatives, where asked for; else null. */
  readonly information: Float64Array | null;
}

/** Passes over the rows of one problem. `scores` keeps the derivative of each row's log-likelihood by its linear predictor from the last one. */
export class RowPasses {
  readonly problem: GlmProblem;
  readonly scores: Float64Array;
  /** Evaluations so far. */
  count = 0;

  constructor(problem: GlmProblem) {
    this.problem = problem;
    this.scores = new Float64Array(problem.matrix.numRows);
  }

  /**
   * The model at some coefficients, in one reading of the set's columns.
   *
   * @param coefficients - one a column of the set; all other coefficients are zero
   */
  evaluate({ products }: ColumnSet, coefficients: Float64Array, withInformation: boolean): RowPass {
    const { response, weights, offset, family, matrix } = this.problem;
    const panelRows = products.panelRows;
    const linearPredictor = new Float64Array(panelRows);
    const mean = new Float64Array(panelRows);
    const information = new Float64Array(panelRows);
    products.reset();
    let deviance = 0;
    for (let start = 0; start < matrix.numRows; start += panelRows) {
      const end = Math.min(start + panelRows, matrix.numRows);
      products.movePanel(start, end);
      products.multiply(coefficients, linearPredictor);
      if (offset !== null) for (let i = start; i < end; i++) linearPredictor[i - start] += offset[i];
      const score = this.scores.subarray(start, end);
      const rows: WorkingRows = {
        count: end - start,
        response: response.subarray(start, end),
        linearPredictor,
        weights: weights.subarray(start, end),
        mean,
        information,
        score,
        observed: false,
      };
      deviance += family.work(rows);
      if (!Number.isFinite(deviance)) break;
      if (withInformation) products.addWorking(information, score);
      else products.addTransposed(score);
    }
    this.count++;
    return {
      halfDeviance: deviance / 2,
      score: products.transposed(),
      information: withInformation ? products.sandwich() : null,
    };
  }

  /** Minus the gradient by other columns, where the last evaluation stood. */
  scoreOf({ products }: ColumnSet): Float64Array {
    const { numRows } = this.problem.matrix;
    products.reset();
    for (let start = 0; start < numRows; start += products.panelRows) {
      const end = Math.min(start + products.panelRows, numRows);
      products.movePanel(start, end);
      products.addTransposed(this.scores.subarray(start, end));
    }
    return products.transposed();
  }
}

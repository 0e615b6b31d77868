import { BlockProducts, QrAccumulator, denseRows } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import type { PassRequest, PassSums, RemainderRequest, RemainderSums, WorkingRequest, WorkingSums } from "./pass.ts";
import { PanelRows } from "./panel-rows.ts";
import type { FittedRowNumbers } from "./panel-rows.ts";
import { addSlopes, runSlope } from "./run-slope.ts";

/**
 * Computes what a request asks of one block of rows. Sums of several blocks are added by {@link addSums}. The Gram matrix is written over by
 * the next pass with the same products.
 *
 * @param record where to keep linear predictors and means of the rows, if the request is a "working" one with coefficients
 */
export function runPass(
  problem: GlmProblem,
  products: BlockProducts,
  request: PassRequest,
  record: FittedRowNumbers | null = null,
): PassSums {
  products.reset();
  if (request.kind === "working") return runWorking(problem, products, request, record);
  return request.kind === "slope" ? runSlope(problem, products, request) : runRemainder(problem, products, request);
}

function runWorking(problem: GlmProblem, products: BlockProducts, request: WorkingRequest, record: FittedRowNumbers | null): WorkingSums {
  const { matrix } = problem;
  const { curvature, firth } = request;
  const rows = new PanelRows(problem, products, request, record);
  const qr = curvature === "qr" ? new QrAccumulator(matrix.numColumns) : null;
  const leverages = firth && new Float64Array(products.panelRows);
  let deviance = 0;
  let pearson = 0;
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    deviance += rows.move(start, end);
    pearson += rows.pearson();
    if (firth && leverages) {
      products.rowQuadratic(firth, leverages);
      rows.addFirth(leverages);
    }
    if (curvature === "gram") products.addSandwich(rows.information);
    if (qr) qr.addRows(weighRows(problem, rows, start, end), end - start);
    products.addTransposed(rows.score);
  }
  return {
    kind: "working",
    deviance,
    pearson,
    score: products.transposed(),
    gram: curvature === "gram" ? products.borrowSandwich() : null,
    factor: qr && qr.triangle(),
  };
}

/** Rows [√W x | score / √W] of the least-squares problem whose normal equations are those of a step. */
function weighRows({ matrix }: GlmProblem, { information, score }: PanelRows, start: number, end: number): Float64Array {
  const p = matrix.numColumns;
  const dense = denseRows(matrix, start, end);
  const rows = new Float64Array((end - start) * (p + 1));
  for (let i = 0; i < end - start; i++) {
    const root = Math.sqrt(information[i]);
    for (let j = 0; j < p; j++) rows[i * (p + 1) + j] = root * dense[i * p + j];
    // A row without weight has no say.
    rows[i * (p + 1) + p] = root > 0 ? score[i] / root : 0;
  }
  return rows;
}

function runRemainder(problem: GlmProblem, products: BlockProducts, request: RemainderRequest): RemainderSums {
  const { matrix } = problem;
  const { columns, onOthers } = request;
  const rows = new PanelRows(problem, products, { ...request, observed: false });
  const unit = new Float64Array(matrix.numColumns);
  const panel = new Float64Array(products.panelRows);
  const fitted = new Float64Array(products.panelRows);
  const left = new Float64Array(columns.length);
  const total = new Float64Array(columns.length);
  const sums = columns.map((): Float64Array => new Float64Array(matrix.numColumns));
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    rows.move(start, end);
    columns.forEach((column, k) => {
      unit.fill(0)[column] = 1;
      products.multiply(unit, panel);
      products.multiply(onOthers[k], fitted);
      for (let i = 0; i < end - start; i++) {
        const rest = panel[i] - fitted[i];
        const weight = rows.information[i];
        total[k] += weight * panel[i] * panel[i];
        left[k] += weight * rest * rest;
        fitted[i] = weight * rest;
      }
      products.reset();
      products.addTransposed(fitted);
      const part = products.transposed();
      for (let j = 0; j < part.length; j++) sums[k][j] += part[j];
    });
  }
  return { kind: "remainder", left, total, products: sums };
}

/** The sums of two blocks of rows together. Both must answer the same request. */
export function addSums(one: PassSums, other: PassSums): PassSums {
  if (one.kind === "working" && other.kind === "working") {
    return {
      kind: "working",
      deviance: one.deviance + other.deviance,
      pearson: one.pearson + other.pearson,
      score: addArrays(one.score, other.score),
      gram: one.gram && other.gram && addArrays(one.gram, other.gram),
      factor: one.factor && other.factor && joinFactors(one.factor, other.factor, one.score.length),
    };
  }
  if (one.kind === "slope" && other.kind === "slope") return addSlopes(one, other);
  const [first, second] = [one as RemainderSums, other as RemainderSums];
  return {
    kind: "remainder",
    left: addArrays(first.left, second.left),
    total: addArrays(first.total, second.total),
    products: first.products.map((sum, k) => addArrays(sum, second.products[k])),
  };
}

function addArrays(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, i) => value + other[i]);
}

function joinFactors(one: Float64Array, other: Float64Array, numColumns: number): Float64Array {
  const joined = new QrAccumulator(numColumns);
  joined.addRows(one, numColumns + 1);
  joined.addRows(other, numColumns + 1);
  return joined.triangle();
}

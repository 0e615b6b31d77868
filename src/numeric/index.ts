export type { BlockMatrix, CodedBlock, DenseBlock, MatrixBlock, SparseBlock } from "./blocks/block-matrix.ts";
export { BlockProducts } from "./blocks/block-products.ts";
export { selectColumns } from "./blocks/choose-columns.ts";
export { denseRows } from "./blocks/dense-rows.ts";
export { multiply, multiplyTransposed, rowQuadratics, sandwich } from "./blocks/products.ts";
export { sliceRows } from "./blocks/slice-rows.ts";
export { type Binomial, binomial, type Normal, normal, type Poisson, poisson } from "./distributions/index.ts";
export { gaussLegendre } from "./gauss-legendre.ts";
export {
  factorCholesky,
  invertCholesky,
  logDeterminant,
  reciprocalCondition,
  solveCholesky,
  solveLower,
  solveLowerTransposed,
  type CholeskyFactor,
} from "./linear-algebra/cholesky.ts";
export { QrAccumulator, type LeastSquares } from "./linear-algebra/qr-accumulator.ts";
export { solveQuadraticProgram } from "./quadratic-program.ts";
export type { QuadraticProgram, QuadraticSolution } from "./quadratic-program.ts";
export { createRandom } from "./random.ts";
export { devianceTerm, digamma, logGamma, millsRatio, stirlingError, tetragamma, trigamma } from "./special/index.ts";

export {
  evaluateBSplines,
  evaluateNaturalSplines,
  evaluateOrthogonalPolynomials,
  findRecurrence,
  quantileOfSorted,
} from "./bases/index.ts";
export type { BlockMatrix, CodedBlock, DenseBlock, MatrixBlock, SparseBlock } from "./blocks/block-matrix.ts";
export { BlockProducts } from "./blocks/block-products.ts";
export { selectColumns } from "./blocks/choose-columns.ts";
export { denseRows } from "./blocks/dense-rows.ts";
export { multiply, multiplyTransposed, rowQuadratics, sandwich } from "./blocks/products.ts";
export { sliceRows } from "./blocks/slice-rows.ts";
export {
  binomial,
  chiSquared,
  fisherF,
  gamma,
  inverseGaussian,
  negativeBinomial,
  normal,
  poisson,
  randomNormal,
  studentT,
  tweedie,
  weightedChiSquared,
  tweedieSaturation,
  tweedieSlopes,
  TweedieTable,
} from "./distributions/index.ts";
export { findDistinctPoints, type DistinctPoints } from "./distinct-points.ts";
export { CellFinder, chooseEdges, type NumberRange, StridedSample } from "./cells.ts";
export { findRoundedPoints } from "./rounded-points.ts";
export { farFromCases } from "./geometry/far-from-cases.ts";
export { PlaceGrid } from "./geometry/place-grid.ts";
export { gaussLegendre } from "./gauss-legendre.ts";
export type { QuadratureRule } from "./gauss-legendre.ts";
export { BlockDiagonal, type DiagonalBlock } from "./linear-algebra/block-diagonal.ts";
export { factorCholesky, invertCholesky, logDeterminant, reciprocalCondition, solveCholesky } from "./linear-algebra/cholesky.ts";
export { type JsonNumber, readJsonNumber, writeJsonNumber } from "./json-number.ts";
export { PACKED_TYPES, type PackedNumbers, packNumbers, unpackNumbers } from "./packed-numbers.ts";
export {
  invertDense,
  kronecker,
  largestColumnSum,
  multiplyDense,
  pickEntries,
  transformSymmetric,
  transposeDense,
} from "./linear-algebra/dense-products.ts";
export { findDependentColumns } from "./linear-algebra/dependent-columns.ts";
export { dot } from "./linear-algebra/dot.ts";
export { findReflector, makeSymmetric, reflectRows, reflectSymmetric } from "./linear-algebra/reflector.ts";
export { symmetricEigen } from "./linear-algebra/symmetric-eigen.ts";
export { QrAccumulator, type LeastSquares } from "./linear-algebra/qr-accumulator.ts";
export { solveQuadraticProgram } from "./quadratic-program.ts";
export type { QuadraticProgram } from "./quadratic-program.ts";
export { createRandom, shuffle, type Random } from "./random.ts";
export {
  devianceTerm,
  digamma,
  exponential,
  logBeta,
  logGamma,
  logOnePlus,
  millsRatio,
  stirlingError,
  stirlingSlopes,
  tetragamma,
  trigamma,
} from "./special/index.ts";
export { isNearMean, powerDevianceSeries, powerDevianceTerm } from "./special/index.ts";
export { log1mExp, log1pExp, logLowerBeta, logLowerGamma, logUpperGamma, lowerBeta, lowerGamma, upperGamma } from "./special/index.ts";
export { evaluateSmoothBasis, learnSmoothBasis, smoothBasisSize } from "./smooths/index.ts";
export type { BasisPoints, LearnedBasis, SmoothBasis, SmoothBasisKind, SmoothBasisOptions } from "./smooths/index.ts";

export type { BlockMatrix, CodedBlock, DenseBlock, MatrixBlock, SparseBlock } from "./blocks/block-matrix.ts";
export { type Binomial, binomial, type Normal, normal, type Poisson, poisson } from "./distributions/index.ts";
export { gaussLegendre } from "./gauss-legendre.ts";
export { solveQuadraticProgram } from "./quadratic-program.ts";
export type { QuadraticProgram, QuadraticSolution } from "./quadratic-program.ts";
export { createRandom } from "./random.ts";
export { devianceTerm, digamma, logGamma, tetragamma, trigamma } from "./special/index.ts";

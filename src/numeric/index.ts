export type { BlockMatrix, CodedBlock, DenseBlock, MatrixBlock, SparseBlock } from "./blocks/block-matrix.ts";
export { gaussLegendre } from "./gauss-legendre.ts";
export { createRandom } from "./random.ts";

export { evaluateSmoothBasis, learnSmoothBasis, smoothBasisSize } from "./smooth-basis.ts";
export type { BasisPoints, LearnedBasis, SmoothBasis, SmoothBasisKind, SmoothBasisOptions } from "./types.ts";

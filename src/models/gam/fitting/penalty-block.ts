/** Linear inequalities on a smooth's coefficients: matrix × coefficients ≥ 0. */
export interface ShapeRows {
  /** m × size, row-major. */
  readonly matrix: Float64Array;
}

/** The penalties of one smooth on its columns of the design: Σ λ β'Sβ. */
export interface PenaltyBlock {
  /** The term's name, for warnings. */
  readonly label: string;
  /** The first of its columns, which are contiguous. */
  readonly first: number;
  readonly size: number;
  /** Each S: size × size, row-major, positive semidefinite. None where the smooth is not penalized. */
  readonly matrices: readonly Float64Array[];
  /** The rank of each. */
  readonly ranks: readonly number[];
  /** Dimension of the space that no penalty touches. */
  readonly nullSpaceDimension: number;
  /** Which smoothing parameter each matrix has: linked smooths share them. Of no account where it is fixed. */
  readonly parameters: readonly number[];
  /** λ where it is given; else null. */
  readonly fixed: readonly (number | null)[];
  /** What the coefficients must satisfy; absent or null: nothing. */
  readonly shape?: ShapeRows | null;
}

/** The same blocks with parameters numbered 0, 1, 2 … in their old order, of those that are sought. */
export function renumberParameters(blocks: readonly PenaltyBlock[]): PenaltyBlock[] {
  const sought = new Set(blocks.flatMap(({ parameters, fixed }) => parameters.filter((_, k) => fixed[k] === null)));
  const numbers = new Map([...sought].sort((one, other) => one - other).map((parameter, k) => [parameter, k]));
  return blocks.map((block) => ({ ...block, parameters: block.parameters.map((parameter) => numbers.get(parameter) ?? -1) }));
}

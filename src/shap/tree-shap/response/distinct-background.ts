/** Background rows of which no two have the same codes. */
export interface DistinctBackground {
  /** Rows × columns. */
  readonly codes: Uint32Array;
  /** Weights, of sum 1. */
  readonly weights: Float64Array;
  /** The first of the rows that each stands for. */
  readonly rows: Int32Array;
}

/** Joins rows of the same codes, which no test tells apart; rows that weigh nothing are left out. @param weights - any positive scale */
export function distinctRows(codes: Uint32Array, numColumns: number, weights: Float64Array): DistinctBackground {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const placeOf = new Map<string, number>();
  const rows: number[] = [];
  const sums: number[] = [];
  weights.forEach((weight, row) => {
    if (weight === 0) return;
    const key = codes.subarray(row * numColumns, (row + 1) * numColumns).join();
    const place = placeOf.get(key) ?? rows.push(row) - 1;
    placeOf.set(key, place);
    sums[place] = (sums[place] ?? 0) + weight / total;
  });
  const kept = new Uint32Array(rows.length * numColumns);
  rows.forEach((row, i) => kept.set(codes.subarray(row * numColumns, (row + 1) * numColumns), i * numColumns));
  return { codes: kept, weights: Float64Array.from(sums), rows: Int32Array.from(rows) };
}

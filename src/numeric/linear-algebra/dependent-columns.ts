/**
 * The last columns of a matrix that depend on its first ones, found by orthogonal projection: the first columns are reflected away, then the
 * rest is taken in order of what is left of each.
 *
 * @param rows - numRows × numColumns, row-major; written over
 * @param numFirst - how many columns come first
 * @param tolerance - a column depends on those before it where less than this share of the longest is left
 * @returns positions among the last columns, ascending
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 5.4.2
 */
export function findDependentColumns(rows: Float64Array, numColumns: number, numFirst: number, tolerance: number): number[] {
  const numRows = rows.length / numColumns;
  const columns = Array.from({ length: numColumns }, (_, j) =>
    Float64Array.from({ length: numRows }, (_value, i) => rows[i * numColumns + j]),
  );
  const [first, last] = [columns.slice(0, numFirst), columns.slice(numFirst)];
  const least = (some: readonly Float64Array[]): number =>
    tolerance * some.reduce((most, column) => Math.max(most, lengthFrom(column, 0)), 0);
  const leastOfLast = least(last);
  const { rank } = reflectInOrder(first, last, 0, least(first));
  const { order, rank: ownRank } = reflectInOrder(last, [], rank, leastOfLast);
  return order.slice(ownRank).sort((a, b) => a - b);
}

/**
 * Householder reflections with column pivoting, from row `start` on.
 *
 * @param others - columns that are reflected along
 * @param least - a column of which no more is left depends on those before it
 * @returns the order in which columns were taken, and how many of them are independent
 */
function reflectInOrder(
  columns: readonly Float64Array[],
  others: readonly Float64Array[],
  start: number,
  least: number,
): { order: number[]; rank: number } {
  const order = columns.map((_, j) => j);
  const numRows = columns[0]?.length ?? 0;
  let rank = 0;
  for (; rank < order.length && start + rank < numRows; rank++) {
    const from = start + rank;
    const lengths = order.slice(rank).map((j) => lengthFrom(columns[j], from));
    const best = lengths.reduce((at, length, k) => (length > lengths[at] ? k : at), 0);
    [order[rank], order[rank + best]] = [order[rank + best], order[rank]];
    if (!(lengths[best] > least)) break;
    const v = columns[order[rank]].slice(from);
    v[0] += v[0] < 0 ? -lengths[best] : lengths[best];
    for (const j of order.slice(rank)) reflect(columns[j], v, from);
    for (const column of others) reflect(column, v, from);
  }
  return { order, rank };
}

function lengthFrom(column: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < column.length; i++) sum += column[i] * column[i];
  return Math.sqrt(sum);
}

function reflect(column: Float64Array, v: Float64Array, from: number): void {
  let squares = 0;
  let product = 0;
  for (let i = 0; i < v.length; i++) {
    squares += v[i] * v[i];
    product += v[i] * column[from + i];
  }
  const share = (2 * product) / squares;
  for (let i = 0; i < v.length; i++) column[from + i] -= share * v[i];
}

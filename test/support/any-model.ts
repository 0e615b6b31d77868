import { createRandom } from "../../src/numeric/index.ts";
import { InputError } from "../../src/errors.ts";
import { Table } from "../../src/table/index.ts";

/** Rows of numbers between -1 and 1, in columns x0, x1, … */
export function makeTable(numRows: number, numColumns: number, seed: number): Table {
  const random = createRandom(seed);
  const names = Array.from({ length: numColumns }, (_, j) => `x${j}`);
  return Table.fromMatrix(
    Float64Array.from({ length: numRows * numColumns }, () => 2 * random.next() - 1),
    names,
  );
}

/** Products of neighbours, of three and of five, so that nothing short of enumeration is exact. */
export function tangle({ values, numRows, numColumns }: Table): Float64Array {
  return Float64Array.from({ length: numRows }, (_, i) => {
    const x = values.subarray(i * numColumns, (i + 1) * numColumns);
    let sum = Math.exp(x[0] + x[1] * x[2]) + 3 * x[1] * x[3] * x[4];
    for (let j = 1; j < numColumns; j++) sum += x[j] * x[j - 1] + Math.tanh(4 * x[j] * x[(j * 7) % numColumns] * x[(j * 3) % numColumns]);
    return sum;
  });
}

/** The message of the InputError that the work must end with. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const reason: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  return reason instanceof InputError ? reason.message : `no InputError: ${String(reason)}`;
}

/** The mean prediction of each coalition (bit j: column j of the row is there), absent columns from the background's rows. */
export function meanGame(
  predict: (batch: Table) => ArrayLike<number>,
  row: readonly number[],
  background: readonly (readonly number[])[],
): Float64Array {
  return Float64Array.from({ length: 2 ** row.length }, (_, set) => {
    const rows = background.map((base) => base.map((cell, j) => ((set >> j) & 1 ? row[j] : cell)));
    const names = row.map((_cell, j) => `x${j}`);
    const found = predict(Table.fromMatrix(Float64Array.from(rows.flat()), names));
    return Array.from(found).reduce((sum, one) => sum + one, 0) / rows.length;
  });
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const bits = (set: number): number => (set === 0 ? 0 : (set & 1) + bits(set >> 1));

/** Shapley's formula over all coalitions. */
export function shapleyOf(game: Float64Array): number[] {
  const n = Math.log2(game.length);
  return Array.from({ length: n }, (_, j) => {
    let sum = 0;
    for (let set = 0; set < game.length; set++) {
      if ((set >> j) & 1) continue;
      sum += ((factorial(bits(set)) * factorial(n - 1 - bits(set))) / factorial(n)) * (game[set | (1 << j)] - game[set]);
    }
    return sum;
  });
}

/** Shapley's interaction index of a pair over all coalitions of the others. */
export function interactionOf(game: Float64Array, i: number, j: number): number {
  const n = Math.log2(game.length);
  let sum = 0;
  for (let set = 0; set < game.length; set++) {
    if ((set >> i) & 1 || (set >> j) & 1) continue;
    const weight = (factorial(bits(set)) * factorial(n - 2 - bits(set))) / factorial(n - 1);
    sum += weight * (game[set | (1 << i) | (1 << j)] - game[set | (1 << i)] - game[set | (1 << j)] + game[set]);
  }
  return sum;
}

type Nested = number | readonly Nested[];

/** Mean marginal contributions over every ordering that keeps the players of each list together. */
export function owenOf(game: Float64Array, tree: Nested): number[] {
  const all = orderings(tree);
  const values = Array.from({ length: Math.log2(game.length) }, () => 0);
  for (const ordering of all) {
    let set = 0;
    for (const player of ordering) {
      values[player] += (game[set | (1 << player)] - game[set]) / all.length;
      set |= 1 << player;
    }
  }
  return values;
}

function orderings(node: Nested): number[][] {
  if (typeof node === "number") return [[node]];
  return permutations(node).flatMap((children) =>
    children.reduce<number[][]>((before, child) => before.flatMap((own) => orderings(child).map((next) => [...own, ...next])), [[]]),
  );
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.filter((_, other) => other !== i)).map((rest) => [item, ...rest]));
}

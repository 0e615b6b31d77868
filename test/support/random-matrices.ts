import * as fc from "fast-check";
import { createRandom, type BlockMatrix, type MatrixBlock } from "../../src/numeric/index.ts";

/** What a random block matrix is made of. */
export interface MatrixPlan {
  readonly seed: number;
  readonly numRows: number;
  readonly kinds: readonly BlockKind[];
}

const KINDS = ["dense", "ones", "select", "selectTimes", "matrix", "matrixTimes", "sparse", "sameCodes", "empty"] as const;
type BlockKind = (typeof KINDS)[number];

/** Plans of matrices of up to six blocks of any kinds. @param sizes - numbers of rows to take */
export function matrixPlans(sizes: fc.Arbitrary<number>): fc.Arbitrary<MatrixPlan> {
  return fc.record({ seed: fc.nat(), numRows: sizes, kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 }) });
}

/** The block matrix of a plan: columns shuffled over the blocks, numbers between −1 and 1. */
export function makeMatrix({ seed, numRows, kinds }: MatrixPlan): BlockMatrix {
  const random = createRandom(seed);
  const uniform = (): number => 2 * random.next() - 1;
  const numbers = (length: number): Float64Array => Float64Array.from({ length }, uniform);
  let shared: { codes: Int32Array; numCodes: number } | null = null;
  const blocks = kinds.map((kind): MatrixBlock => {
    const width = kind === "empty" ? 0 : 1 + random.integer(6);
    const columns = new Int32Array(width);
    if (kind === "dense" || kind === "empty") return { kind: "dense", columns, values: Array.from(columns, () => numbers(numRows)) };
    if (kind === "ones") return { kind: "dense", columns, values: Array.from(columns, (_, k) => (k === 0 ? null : numbers(numRows))) };
    if (kind === "sparse") return makeSparse(numRows, columns, uniform);
    const numCodes = 1 + random.integer(9);
    if (kind !== "sameCodes" || shared === null) {
      shared = { codes: Int32Array.from({ length: numRows }, () => random.integer(numCodes)), numCodes };
    }
    const select = kind === "select" || kind === "selectTimes" || (kind === "sameCodes" && random.integer(2) === 0);
    const multiplier = kind === "selectTimes" || kind === "matrixTimes" || kind === "sameCodes" ? numbers(numRows) : null;
    const columnOfCode = Int32Array.from({ length: shared.numCodes }, () => random.integer(width + 1) - 1);
    return {
      ...shared,
      kind: "coded",
      columns,
      multiplier,
      columnOfCode: select ? columnOfCode : null,
      matrix: select ? null : numbers(shared.numCodes * width),
    };
  });
  return { numRows, blocks, numColumns: placeColumns(blocks, random.integer) };
}

function makeSparse(numRows: number, columns: Int32Array, uniform: () => number): MatrixBlock {
  const entries = Array.from(columns, () => Array.from({ length: numRows }, (_, i) => i).filter(() => uniform() > 0.5));
  const starts = new Int32Array(columns.length + 1);
  entries.forEach((rows, k) => (starts[k + 1] = starts[k] + rows.length));
  const rows = Int32Array.from(entries.flat());
  return { kind: "sparse", columns, starts, rows, values: Float64Array.from(rows, uniform) };
}

/** Deals positions out to the blocks' columns at random. @returns how many there are */
function placeColumns(blocks: readonly MatrixBlock[], integer: (n: number) => number): number {
  const positions = blocks.flatMap(({ columns }) => [...columns]).map((_, at) => at);
  for (let i = positions.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    [positions[i], positions[j]] = [positions[j], positions[i]];
  }
  let next = 0;
  for (const { columns } of blocks) for (let k = 0; k < columns.length; k++) columns[k] = positions[next++];
  return positions.length;
}

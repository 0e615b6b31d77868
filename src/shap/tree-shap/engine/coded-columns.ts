import { InputError } from "../../../errors.ts";
import { CATEGORICAL, MISSING_LEFT, OTHERS_LEFT, ZERO_IS_MISSING, countTrees, isListed } from "../../../trees/index.ts";
import type { TreeNodes } from "../../../trees/index.ts";

/** Bits that all sets of categories together may take: 1 GiB. */
const MOST_SET_WORDS = 2 ** 28;

/**
 * One column as the kernels see it: each value is coded once, so that every test in the model is one whole-number comparison or one bit.
 * Numeric: the code is 1 + the number of thresholds below the value; `x <= threshold[k]` is `code <= k + 1`, exactly. Missing is the largest u32:
 * above every limit, and 0 when a test that sends it left adds 1.
 * Categorical: the code is the category's place among those that the model lists, then one code for all others and one for missing.
 */
interface CodedColumn {
  readonly feature: number;
  readonly kind: "numeric" | "zeroIsMissing" | "categorical";
  /** Distinct thresholds or categories, ascending. */
  readonly cuts: Float64Array;
}

/** All coded columns of a model, and for each node which column it tests and by which limit. */
export interface ColumnCoding {
  readonly columns: readonly CodedColumn[];
  /** Column of each test node; -1 at leaves. */
  readonly nodeColumn: Int32Array;
  /** Numeric tests: the limit of the code. Categorical tests: where the node's set begins in `sets`. */
  readonly nodeLimit: Uint32Array;
  /** Bit sets of the categorical tests: bit = 1 for codes that go left. */
  readonly sets: Uint32Array;
}

/** Finds the distinct thresholds and categories of each column of a model. */
export function codeColumns(nodes: TreeNodes): ColumnCoding {
  const nodeColumn = new Int32Array(nodes.feature.length).fill(-1);
  const drafts: { feature: number; kind: CodedColumn["kind"]; cuts: number[] }[] = [];
  const known = new Map<string, number>();
  const numNodes = nodes.treeStart[countTrees(nodes)];
  for (let i = 0; i < numNodes; i++) {
    const feature = nodes.feature[i];
    if (feature < 0) continue;
    const kind = nodes.flags[i] & CATEGORICAL ? "categorical" : nodes.flags[i] & ZERO_IS_MISSING ? "zeroIsMissing" : "numeric";
    const key = `${feature} ${kind}`;
    const column = known.get(key) ?? drafts.push({ feature, kind, cuts: [] }) - 1;
    known.set(key, column);
    nodeColumn[i] = column;
    const { cuts } = drafts[column];
    if (kind !== "categorical") cuts.push(nodes.threshold[i]);
    else for (let c = nodes.categoryStart[i]; c < nodes.categoryEnd[i]; c++) cuts.push(nodes.categories[c]);
  }
  const columns = drafts.map((draft): CodedColumn => ({ ...draft, cuts: distinctAscending(draft.cuts) }));
  return { columns, nodeColumn, ...codeTests(nodes, nodeColumn, columns) };
}

function codeTests(
  nodes: TreeNodes,
  nodeColumn: Int32Array,
  columns: readonly CodedColumn[],
): { nodeLimit: Uint32Array; sets: Uint32Array } {
  const nodeLimit = new Uint32Array(nodeColumn.length);
  const wordsOf = columns.map(({ cuts }) => Math.ceil((cuts.length + 2) / 32));
  let words = 0;
  nodeColumn.forEach((column, i) => {
    if (column < 0) return;
    const { kind, cuts } = columns[column];
    if (kind === "categorical") {
      nodeLimit[i] = words;
      words += wordsOf[column];
      return;
    }
    const threshold = nodes.threshold[i];
    const passes = Number.isNaN(threshold) ? 0 : countBelow(cuts, threshold) + 1;
    nodeLimit[i] = passes + (nodes.flags[i] & MISSING_LEFT ? 1 : 0);
  });
  if (words > MOST_SET_WORDS) throw tooManyCategories(words);
  const sets = new Uint32Array(words);
  nodeColumn.forEach((column, i) => {
    if (column >= 0 && columns[column].kind === "categorical") fillSet(nodes, i, columns[column].cuts, sets, nodeLimit[i]);
  });
  return { nodeLimit, sets };
}

function fillSet(nodes: TreeNodes, i: number, cuts: Float64Array, sets: Uint32Array, start: number): void {
  const othersLeft = (nodes.flags[i] & OTHERS_LEFT) !== 0;
  const setBit = (code: number, left: boolean): void => {
    if (left) sets[start + (code >> 5)] |= 1 << (code & 31);
  };
  cuts.forEach((category, code) => setBit(code, isListed(nodes, i, category) !== othersLeft));
  setBit(cuts.length, othersLeft);
  setBit(cuts.length + 1, (nodes.flags[i] & MISSING_LEFT) !== 0);
}

/** Number of cuts below `x`, by binary search. */
function countBelow(cuts: Float64Array, x: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** NaN (a test that nothing passes) is no cut. */
function distinctAscending(all: readonly number[]): Float64Array {
  const sorted = Float64Array.from(all.filter((x) => !Number.isNaN(x))).sort();
  return sorted.filter((x, i) => i === 0 || x !== sorted[i - 1]);
}

function tooManyCategories(words: number): InputError {
  return new InputError({
    call: "treeShap",
    argument: "ensemble",
    expected: "a model whose categorical splits take at most 1 GiB as bit sets",
    received: `${Math.ceil((words * 4) / 2 ** 20)} MiB`,
    mend: "Train with fewer or grouped categories.",
  });
}

import { Kernel } from "../kernels/index.ts";
import type { EncodedRows } from "./encoded-rows.ts";
import { countTrees, type TreeNodes } from "./nodes.ts";

/** As `kernels/assembly/leaves.ts` tells them. */
const NODE_BYTES = 32;
const NODE_WORDS = NODE_BYTES / 4;
const LEAF = 16;
/** Rows of a block are a multiple of this. */
const LANES = 4;
/** Rows that go through one tree before the next one: few enough that their cells stay in the processor's cache. */
const ROWS_AT_ONCE = 256;

/** A model's trees in WebAssembly. */
export class LeafSums {
  private readonly kernel = new Kernel();
  private readonly nodes: TreeNodes;
  readonly leafValues: Float64Array | Float32Array;
  private readonly place: { nodes: number; roots: number; categories: number; values: number };

  constructor(nodes: TreeNodes, leafValues: Float64Array | Float32Array) {
    this.nodes = nodes;
    this.leafValues = leafValues;
    const { kernel } = this;
    this.place = {
      nodes: this.storeNodes(),
      roots: kernel.store(listRoots(nodes)),
      categories: kernel.store(nodes.categories),
      values: kernel.store(Float64Array.from(leafValues)),
    };
  }

  /** @param sums - rows × outputs, row-major; changed in place; in float32 every sum is rounded to that */
  add({ values, numRows, numColumns }: EncodedRows, sums: Float64Array | Float32Array): void {
    const { kernel, nodes, place } = this;
    const numOutputs = sums.length / numRows;
    const single = sums instanceof Float32Array;
    kernel.scratch(() => {
      const most = Math.min(ROWS_AT_ONCE, Math.ceil(numRows / LANES) * LANES);
      const cells = kernel.allocate(most * Math.max(1, numColumns) * 8);
      const out = kernel.allocate(most * numOutputs * 8);
      const numTrees = countTrees(nodes);
      for (let first = 0; first < numRows; first += most) {
        const count = Math.min(most, numRows - first);
        const rows = Math.ceil(count / LANES) * LANES;
        kernel.floats(cells, rows * numColumns).set(values.subarray(first * numColumns, (first + count) * numColumns));
        const found = kernel.floats(out, rows * numOutputs);
        found.set(sums.subarray(first * numOutputs, (first + count) * numOutputs));
        const trees = [place.nodes, place.roots, numTrees, place.categories] as const;
        kernel.run.addLeaves(...trees, cells, numColumns * 8, rows, place.values, nodes.leafWidth, single, out, numOutputs);
        sums.set(found.subarray(0, count * numOutputs), first * numOutputs);
      }
    });
  }

  private storeNodes(): number {
    const { kernel, nodes } = this;
    const numNodes = nodes.treeStart[countTrees(nodes)];
    const start = kernel.allocate(numNodes * NODE_BYTES);
    const doubles = kernel.floats(start, numNodes * 4);
    const words = kernel.words(start, numNodes * NODE_WORDS);
    for (let i = 0; i < numNodes; i++) {
      const isLeaf = nodes.feature[i] < 0;
      const at = i * NODE_WORDS;
      doubles[i * 4] = nodes.threshold[i];
      words[at + 2] = isLeaf ? 0 : nodes.feature[i] * 8;
      words[at + 3] = (isLeaf ? i : nodes.left[i]) * NODE_BYTES;
      words[at + 4] = (isLeaf ? i : nodes.right[i]) * NODE_BYTES;
      words[at + 5] = isLeaf ? LEAF : nodes.flags[i];
      words[at + 6] = isLeaf ? nodes.leafStart[i] * 8 : nodes.categoryStart[i];
      words[at + 7] = nodes.categoryEnd[i];
    }
    return start;
  }
}

function listRoots({ treeStart, treeOutput }: TreeNodes): Int32Array {
  const roots = new Int32Array(treeOutput.length * 2);
  treeOutput.forEach((output, t) => roots.set([treeStart[t] * NODE_BYTES, output], t * 2));
  return roots;
}

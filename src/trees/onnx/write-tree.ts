import type { OnnxForest } from "./forest.ts";
import { gatherChain } from "./merge-sets.ts";
import { atMost, lessThan, type CellType, type PlainTests } from "./tests.ts";
import type { Hook, TreeWriter, WorkBudget } from "./tree-writer.ts";

/** What writing the trees of one forest needs. */
export interface ForestPlan {
  readonly forest: OnnxForest;
  readonly tests: PlainTests;
  readonly cells: CellType;
  /** Equal numbers for equal trees. */
  readonly same: Int32Array;
  /** The model's column of each column of the operator. */
  readonly columns: readonly number[];
  /** Which columns of the model are categories. */
  readonly isCategory: readonly boolean[];
  readonly budget: WorkBudget;
}

/** What is known of a cell on the way to a node: it lies above `low`, unless that is -Infinity, and at most at `high`; or is missing where `missing`. */
interface Bounds {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
  readonly missing: boolean;
  readonly outer: Bounds | null;
}

/** A node of the file still to be written, or a row of intervals of one column, each with the node that it leads to. */
type Pending =
  | { readonly hook: Hook | null; readonly bounds: Bounds | null; readonly node: number }
  | { readonly hook: Hook | null; readonly bounds: Bounds | null; readonly row: IntervalRow; readonly from: number; readonly to: number };

/** Column cut into intervals: the i-th reaches to `ends[i]`, the last to infinity. */
interface IntervalRow {
  readonly feature: number;
  readonly ends: readonly number[];
  /** One more than the ends. */
  readonly nodes: readonly number[];
  /** The interval that missing values go with. */
  readonly missingIn: number;
}

/** Writes the tree under a root; sets of categories stay sets, other sets become tests of order. */
export function writeTree(plan: ForestPlan, root: number, writer: TreeWriter): void {
  const stack: Pending[] = [{ hook: null, bounds: null, node: root }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    plan.budget.spend(1);
    if ("row" in next) writeInterval(next.row, next.from, next.to, next, writer, stack);
    else writeNode(plan, next.node, next, writer, stack);
  }
}

/** Where a pending node hangs and what is known there. */
type Place = Pick<Pending, "hook" | "bounds">;

function writeNode(plan: ForestPlan, node: number, place: Place, writer: TreeWriter, stack: Pending[]): void {
  const { forest, tests } = plan;
  const { hook, bounds } = place;
  const [left, right] = [tests.left[node], tests.right[node]];
  const feature = plan.columns[tests.features[node]];
  const cover = forest.covers[node];
  if (left < 0) writer.leaf(hook, node, cover);
  // Trees of a single leaf are written with a test that leads to it either way.
  else if (left === right) stack.push({ hook, bounds, node: left });
  else if (!tests.sets.has(node)) writeNumber(plan, node, place, writer, stack);
  else {
    const chain = gatherChain(tests, plan.same, node, plan.budget);
    if (!plan.isCategory[feature]) {
      const row = cutIntervals(plan.cells, feature, chain);
      stack.push({ hook, bounds, row, from: 0, to: row.ends.length });
      return;
    }
    const id = writer.set(hook, feature, chain.listed, chain.missingLeft, cover);
    stack.push({ hook: { parent: id, side: "right" }, bounds, node: chain.right });
    stack.push({ hook: { parent: id, side: "left" }, bounds, node: chain.left });
  }
}

function writeNumber(
  { forest, tests, columns }: ForestPlan,
  node: number,
  { hook, bounds }: Place,
  writer: TreeWriter,
  stack: Pending[],
): void {
  const feature = columns[tests.features[node]];
  const threshold = tests.thresholds[node];
  const missingLeft = tests.missingLeft[node] === 1;
  const known = findBounds(bounds, feature);
  if (known !== null) {
    const missing = known.missing ? missingLeft : null;
    if (known.high <= threshold && missing !== false) return void stack.push({ hook, bounds, node: tests.left[node] });
    if (isAbove(known, threshold) && missing !== true) return void stack.push({ hook, bounds, node: tests.right[node] });
  }
  const id = writer.number(hook, feature, threshold, missingLeft, forest.covers[node]);
  stack.push({ hook: { parent: id, side: "right" }, bounds, node: tests.right[node] });
  stack.push({ hook: { parent: id, side: "left" }, bounds, node: tests.left[node] });
}

function isAbove({ low }: Bounds, threshold: number): boolean {
  return low > -Infinity && low >= threshold;
}

function findBounds(bounds: Bounds | null, feature: number): Bounds | null {
  let found = bounds;
  while (found !== null && found.feature !== feature) found = found.outer;
  return found;
}

/** The numbers of a set lead left and what lies between them right. */
function cutIntervals(
  cells: CellType,
  feature: number,
  chain: { readonly listed: readonly number[]; readonly left: number; readonly right: number; readonly missingLeft: boolean },
): IntervalRow {
  const ends: number[] = [];
  const nodes: number[] = [];
  const add = (end: number, node: number): void => {
    // Nothing lies between neighbouring numbers, and nothing below the lowest.
    if (Number.isNaN(end) || (ends.length > 0 && end <= ends[ends.length - 1])) return;
    ends.push(end);
    nodes.push(node);
  };
  for (const value of chain.listed) {
    add(lessThan(cells, value), chain.right);
    add(atMost(cells, value), chain.left);
  }
  nodes.push(chain.right);
  const missingIn = nodes.indexOf(chain.missingLeft ? chain.left : chain.right);
  // A set that lists nothing has no interval of its own for missing values: they part from the numbers, all of which are at most infinity.
  if (missingIn < 0) return { feature, ends: [Infinity], nodes: [chain.right, chain.left], missingIn: 1 };
  return { feature, ends, nodes, missingIn };
}

/** Halves a row of intervals until each stands alone. */
function writeInterval(row: IntervalRow, from: number, to: number, { hook, bounds }: Place, writer: TreeWriter, stack: Pending[]): void {
  const { feature, ends, nodes, missingIn } = row;
  const known = findBounds(bounds, feature);
  if (from === to) {
    const low = from === 0 ? -Infinity : ends[from - 1];
    const high = to === ends.length ? Infinity : ends[to];
    const missing = from === missingIn && (known === null || known.missing);
    const inner: Bounds = {
      feature,
      low: Math.max(low, known?.low ?? -Infinity),
      high: Math.min(high, known?.high ?? Infinity),
      missing,
      outer: bounds,
    };
    stack.push({ hook, bounds: inner, node: nodes[from] });
    return;
  }
  const middle = (from + to - 1) >> 1;
  const missingLeft = missingIn <= middle;
  if (known !== null) {
    const missing = known.missing ? missingLeft : null;
    if (known.high <= ends[middle] && missing !== false) return void stack.push({ hook, bounds, row, from, to: middle });
    if (isAbove(known, ends[middle]) && missing !== true) return void stack.push({ hook, bounds, row, from: middle + 1, to });
  }
  const id = writer.number(hook, feature, ends[middle], missingLeft, NaN);
  stack.push({ hook: { parent: id, side: "right" }, bounds, row, from: middle + 1, to });
  stack.push({ hook: { parent: id, side: "left" }, bounds, row, from, to: middle });
}

import type { OnnxForest } from "./forest.ts";
import type { PlainTests } from "./tests.ts";
import type { WorkBudget } from "./tree-writer.ts";

/** Gathers the sets of a chain of tests: `x in A` goes left, else `x in B` goes to the same place, and so on. */
export interface SetChain {
  /** Ascending. */
  readonly listed: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly missingLeft: boolean;
}

/**
 * The whole chain that begins at a set test: converters write one set of categories as a row of `==` whose true branches lead to the same
 * node, or to copies of one subtree.
 *
 * @param same - Equal numbers for nodes that lead to equal trees.
 */
export function gatherChain(tests: PlainTests, same: Int32Array, head: number, budget: WorkBudget): SetChain {
  const { features, sets, left, right, missingLeft } = tests;
  const listed = new Set(sets.get(head));
  let end = head;
  let missing = missingLeft[head] === 1;
  for (
    let next = right[end];
    sets.has(next) && features[next] === features[head] && same[left[next]] === same[left[head]];
    next = right[end]
  ) {
    for (const value of sets.get(next) ?? []) listed.add(value);
    budget.spend(1);
    missing ||= missingLeft[next] === 1;
    end = next;
  }
  budget.spend(listed.size);
  return { listed: [...listed].sort((a, b) => a - b), left: left[head], right: right[end], missingLeft: missing };
}

/**
 * Numbers the nodes so that two have the same number if and only if the trees under them are equal.
 *
 * @param order - Every node after its children.
 */
export function numberEqualTrees(forest: OnnxForest, tests: PlainTests, order: Int32Array): Int32Array {
  const numbers = new Int32Array(forest.modes.length).fill(-1);
  const known = new Map<string, number>();
  for (const i of order) {
    const key = tests.left[i] < 0 ? describeLeaf(forest, i) : describeTest(tests, numbers, i);
    let number = known.get(key);
    if (number === undefined) known.set(key, (number = known.size));
    numbers[i] = number;
  }
  return numbers;
}

function describeLeaf({ weightStart, targets, weights }: OnnxForest, i: number): string {
  const [from, to] = [weightStart[i], weightStart[i + 1]];
  return `leaf ${targets.subarray(from, to).join()} ${weights.subarray(from, to).join()}`;
}

function describeTest({ features, thresholds, sets, left, right, missingLeft }: PlainTests, numbers: Int32Array, i: number): string {
  return [features[i], thresholds[i], sets.get(i)?.join(" "), numbers[left[i]], numbers[right[i]], missingLeft[i]].join();
}

import { damagedFile } from "../damaged-file.ts";
import type { OnnxForest } from "./forest.ts";

/**
 * All nodes, every node after its children. Nodes may share children; none may lead back to itself.
 *
 * @throws InputError where a path comes round to a node again, or none leads to a node.
 */
export function orderFromLeaves(call: string, { trueChild, falseChild, roots, modes, where }: OnnxForest): Int32Array {
  const order = new Int32Array(modes.length);
  // 0 unseen, 1 on the way down, 2 done.
  const state = new Uint8Array(modes.length);
  let count = 0;
  const stack: number[] = [];
  for (const root of roots) {
    stack.push(root);
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      if (state[node] !== 0) {
        stack.pop();
        if (state[node] === 1) order[count++] = node;
        state[node] = 2;
        continue;
      }
      state[node] = 1;
      if (trueChild[node] < 0) continue;
      for (const child of [falseChild[node], trueChild[node]]) {
        if (state[child] === 1) throw damagedFile(call, "every path", "without a circle", `node ${child} below itself`, where);
        if (state[child] === 0) stack.push(child);
      }
    }
  }
  if (count < modes.length)
    throw damagedFile(call, "the trees", "whole, every node led to by a root", `${modes.length - count} others`, where);
  return order;
}

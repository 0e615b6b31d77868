import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readNumbers } from "../json-numbers.ts";
import type { SplitReader } from "./splits.ts";

/** A node of a file, a leaf where it has a value. */
interface NodeJson {
  readonly value?: unknown;
  readonly weight?: unknown;
  readonly split?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
}

/** How many values a leaf of the first tree holds. */
export function branchingLeafWidth(call: string, json: unknown): number {
  let node = readNode(call, json, "tree 0");
  while (node.value === undefined) node = readNode(call, node.left, "tree 0");
  return Array.isArray(node.value) ? Math.max(1, node.value.length) : 1;
}

/** A tree of any shape, whose file nests its nodes. @throws InputError at the first thing that cannot be */
export function draftBranchingTree(call: string, reader: SplitReader, json: unknown, t: number, leafWidth: number): DraftTree {
  const where = `tree ${t}`;
  const nodes = [{ node: readNode(call, json, where), left: -1, right: -1 }];
  for (let i = 0; i < nodes.length; i++) {
    const { node } = nodes[i];
    if (node.value !== undefined) continue;
    nodes[i].left = nodes.push({ node: readNode(call, node.left, where), left: -1, right: -1 }) - 1;
    nodes[i].right = nodes.push({ node: readNode(call, node.right, where), left: -1, right: -1 }) - 1;
  }
  const tests = nodes.map(({ node }) => (node.value === undefined ? reader.read(node.split, where) : null));
  const leafValues = new Float64Array(nodes.length * leafWidth);
  const cover = new Float64Array(nodes.length);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { node, left, right } = nodes[i];
    if (left >= 0) {
      cover[i] = cover[left] + cover[right];
      continue;
    }
    const values: unknown[] = Array.isArray(node.value) ? node.value : [node.value];
    leafValues.set(readNumbers({ call, name: "value", where }, values, leafWidth), i * leafWidth);
    cover[i] = readNumbers({ call, name: "weight", where }, [node.weight ?? null], 1)[0];
  }
  return {
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    feature: Int32Array.from(tests, (test) => test?.feature ?? -1),
    threshold: Float64Array.from(tests, (test) => test?.threshold ?? NaN),
    flags: Uint8Array.from(tests, (test) => test?.flags ?? 0),
    cover,
    leafValues,
    categories: new Map(
      tests.flatMap((test, i) => (test === null || test.category === null ? [] : [[i, Int32Array.of(test.category)] as const])),
    ),
    output: 0,
    numDeleted: 0,
  };
}

function readNode(call: string, json: unknown, where: string): NodeJson {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw damagedFile(call, "a node", "an object", describeReceived(json), where);
}

import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";

/** Beyond this no tree of theirs was ever trained: what goes on makes its nodes while it is read. */
const MOST_NODES = 2 ** 20;

/** A node as ml-cart keeps it, live or from JSON. */
interface NodeJson {
  readonly left?: unknown;
  readonly right?: unknown;
  readonly splitColumn?: unknown;
  readonly splitValue?: unknown;
  readonly numberSamples?: unknown;
  readonly distribution?: unknown;
}

/** One node; a test has both children, as positions in the list of nodes. */
export interface CartNode {
  readonly left: number;
  readonly right: number;
  /** Of the columns that the tree was given; -1 at a leaf. */
  readonly column: number;
  /** Left when `x < limit`. */
  readonly limit: number;
  /** What a leaf predicts: a value, or the share of each class; empty at a test. */
  readonly values: readonly number[];
  /** Training rows that reached the node, NaN where it does not say. */
  readonly cover: number;
}

/** Where a tree stands, for errors. */
export interface CartPlace {
  readonly call: string;
  /** For example `tree 3`. */
  readonly where: string;
}

/**
 * The nodes of a tree of ml-cart, breadth first. As in `classify`, a node with two children is a test and any other a leaf.
 *
 * @throws InputError where nodes are shared, circular, half a test, or hold anything but numbers.
 */
export function flattenTree(place: CartPlace, root: unknown, isClassifier: boolean): CartNode[] {
  const found = [readNode(place, root)];
  const seen = new Set(found);
  const nodes: CartNode[] = [];
  for (let i = 0; i < found.length; i++) {
    const json = found[i];
    const children = readChildren(place, json);
    if (children === null) {
      nodes.push({
        left: -1,
        right: -1,
        column: -1,
        limit: NaN,
        values: readLeaf(place, json, isClassifier),
        cover: readCover(place, json),
      });
      continue;
    }
    const left = found.length;
    for (const child of children) {
      if (seen.has(child)) throw damagedFile(place.call, "every node", "the child of one node alone", "one twice", place.where);
      seen.add(child);
      found.push(child);
    }
    if (found.length > MOST_NODES) throw damagedFile(place.call, "nodes", `at most ${MOST_NODES}`, "more", place.where);
    nodes.push({ left, right: left + 1, ...readTest(place, json), values: [], cover: readCover(place, json) });
  }
  return nodes;
}

function readNode({ call, where }: CartPlace, json: unknown): NodeJson {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw damagedFile(call, "a node", "an object", describeReceived(json), where);
}

/** Both children of a test; null at a leaf. */
function readChildren(place: CartPlace, { left, right, distribution }: NodeJson): readonly NodeJson[] | null {
  if (isAbsent(left) && isAbsent(right)) return null;
  const children = [readNode(place, left), readNode(place, right)];
  if (isAbsent(distribution)) return children;
  // Their `classify` takes it for a test, their `load` for a leaf.
  throw damagedFile(place.call, "a node", "a test with children or a leaf with a distribution", "both", place.where);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function readTest({ call, where }: CartPlace, { splitColumn, splitValue }: NodeJson): { column: number; limit: number } {
  if (typeof splitColumn !== "number" || !Number.isInteger(splitColumn) || splitColumn < 0 || splitColumn >= 2 ** 31) {
    throw damagedFile(call, "splitColumn", "a column's number from 0", describeReceived(splitColumn), where);
  }
  if (typeof splitValue !== "number" || Number.isNaN(splitValue)) {
    throw damagedFile(call, "splitValue", "a number", describeReceived(splitValue), where);
  }
  return { column: splitColumn, limit: splitValue };
}

function readLeaf({ call, where }: CartPlace, { distribution }: NodeJson, isClassifier: boolean): readonly number[] {
  const values = isClassifier ? readShares(distribution) : [distribution];
  const bad = values.findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (values.length > 0 && bad < 0) return values as number[];
  const expected = isClassifier ? "one row with the finite share of each class" : "a finite number";
  throw damagedFile(call, "distribution", expected, describeReceived(bad < 0 ? distribution : values[bad]), where);
}

/** The one row of a matrix of ml-matrix, or of its JSON; empty for anything else. */
function readShares(distribution: unknown): readonly unknown[] {
  const { to2DArray } = Object(distribution) as { readonly to2DArray?: unknown };
  const rows: unknown = typeof to2DArray === "function" ? to2DArray.call(distribution) : distribution;
  return Array.isArray(rows) && rows.length === 1 && Array.isArray(rows[0]) ? (rows[0] as unknown[]) : [];
}

function readCover({ call, where }: CartPlace, { numberSamples }: NodeJson): number {
  if (isAbsent(numberSamples)) return NaN;
  if (typeof numberSamples === "number" && numberSamples >= 0 && numberSamples < Infinity) return numberSamples;
  throw damagedFile(call, "numberSamples", "a number from 0", describeReceived(numberSamples), where);
}

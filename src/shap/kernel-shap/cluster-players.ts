import type { Table } from "../../table/index.ts";
import type { HierarchyNode } from "./hierarchy.ts";

/**
 * A hierarchy of players by the background: those that go together most are joined first (average linkage, distance 1 − |correlation| of ranks;
 * of several columns the closest two count). Categories are correlated by their codes' indicator most like the other column.
 */
export function clusterPlayers(background: Table, playerOf: Int32Array, numPlayers: number): HierarchyNode {
  const columns = background.columns.map((column) => indicatorsOf(column.kind === "numeric" ? column.values : column.codes, column.kind));
  const distance = Array.from({ length: numPlayers }, () => new Float64Array(numPlayers).fill(1));
  for (let i = 0; i < columns.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [playerOf[i], playerOf[j]];
      const own = 1 - closeness(columns[i], columns[j]);
      distance[a][b] = distance[b][a] = Math.min(distance[a][b], own);
    }
  }
  return joinClosest(distance);
}

/** Average linkage. */
function joinClosest(distance: readonly Float64Array[]): HierarchyNode {
  let nodes = distance.map((_, player): { node: HierarchyNode; members: number[] } => ({ node: player, members: [player] }));
  const between = (one: readonly number[], other: readonly number[]): number => {
    let sum = 0;
    for (const i of one) for (const j of other) sum += distance[i][j];
    return sum / (one.length * other.length);
  };
  while (nodes.length > 1) {
    let [first, second, least] = [0, 1, Infinity];
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const own = between(nodes[i].members, nodes[j].members);
        if (own < least) [first, second, least] = [i, j, own];
      }
    }
    const joined = { node: [nodes[first].node, nodes[second].node], members: [...nodes[first].members, ...nodes[second].members] };
    nodes = [...nodes.filter((_, i) => i !== first && i !== second), joined];
  }
  return nodes[0].node;
}

/** Largest |correlation| of any two. */
function closeness(one: readonly Float64Array[], other: readonly Float64Array[]): number {
  let largest = 0;
  for (const a of one) for (const b of other) largest = Math.max(largest, Math.abs(correlate(a, b)));
  return largest;
}

/** Ranks of numbers, or 0 and 1 for each category; centred, of length 1; constant ones are zeros. */
function indicatorsOf(cells: Float64Array | Int32Array, kind: "numeric" | "categorical"): Float64Array[] {
  if (kind === "numeric") return [standardize(rank(Float64Array.from(cells)))];
  return [...new Set(cells)].map((code) => standardize(Float64Array.from(cells, (cell) => (cell === code ? 1 : 0))));
}

/** Ranks, ties at their middle; missing values in the middle of all. */
function rank(values: Float64Array): Float64Array {
  const order = [...values.keys()].filter((i) => !Number.isNaN(values[i])).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length).fill((order.length - 1) / 2);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

function standardize(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(correlate(centred, centred));
  return length === 0 ? centred : centred.map((value) => value / length);
}

function correlate(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

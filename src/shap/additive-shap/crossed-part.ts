import { InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { MaskedRows } from "../masked-rows.ts";
import { evaluatePart } from "./additive-model.ts";
import type { AdditiveModel, ModelPart } from "./additive-model.ts";
import type { BackgroundRows, JointPart } from "./joint-part.ts";

/** Rows that a table of crossed rows has at most. */
const BATCH_ROWS = 65_536;
/** Beyond so many crossed rows of one coalition an explanation would take the better part of an hour. */
const MOST_CROSSED = 1e9;

const call = "additiveShap.explain";

/**
 * Any part that several players share: every distinct combination of the present columns' values is crossed with every distinct combination
 * of the absent columns' values in the background, and the model is asked.
 * @param playerOf the player of a column
 */
export function crossedPart(
  model: AdditiveModel,
  part: ModelPart,
  players: readonly number[],
  playerOf: (column: string) => number,
  background: BackgroundRows,
): JointPart {
  const isPresent = (column: string, coalition: number): boolean => ((coalition >> players.indexOf(playerOf(column))) & 1) === 1;
  return {
    players,
    worth: (coalition, rows) => {
      const present = part.columns.filter((column) => isPresent(column, coalition));
      const absent = part.columns.filter((column) => !isPresent(column, coalition));
      const asked = findDistinct(rows, present);
      const crossed = weighDistinct(background, absent);
      refuseTooMany(part, asked.firsts.length, crossed.firsts.length);
      const masked = new MaskedRows(call, rows.take(asked.firsts), background.table.take(crossed.firsts));
      const flags = background.table.columnNames.map((column) => present.includes(column));
      const means = crossMeans(model, part, masked, flags, asked.firsts.length, crossed.weights);
      return Float64Array.from(asked.groupOf, (group) => means[group]);
    },
  };
}

/** The mean of a part over the crossed background rows, for each asked row. */
function crossMeans(
  model: AdditiveModel,
  part: ModelPart,
  masked: MaskedRows,
  present: readonly boolean[],
  numAsked: number,
  weights: Float64Array,
): Float64Array {
  const means = new Float64Array(numAsked);
  const atOnce = Math.max(1, Math.floor(BATCH_ROWS / weights.length));
  for (let first = 0; first < numAsked; first += atOnce) {
    const count = Math.min(atOnce, numAsked - first);
    const table = masked.make(Array.from({ length: count }, (_, k) => ({ row: first + k, present })));
    const values = evaluatePart(model, part, table);
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let b = 0; b < weights.length; b++) sum += weights[b] * values[k * weights.length + b];
      means[first + k] = sum;
    }
  }
  return means;
}

interface DistinctRows {
  /** The first row of each distinct combination of values. */
  readonly firsts: readonly number[];
  /** The combination of each row. */
  readonly groupOf: Int32Array;
}

function findDistinct(table: Table, columns: readonly string[]): DistinctRows {
  const cells = columns.map((name) => {
    const column = table.column(name);
    return column.kind === "numeric" ? column.values : column.codes;
  });
  const groups = new Map<string, number>();
  const firsts: number[] = [];
  const groupOf = new Int32Array(table.numRows);
  for (let row = 0; row < table.numRows; row++) {
    const key = cells.map((values) => values[row]).join();
    let group = groups.get(key);
    if (group === undefined) {
      group = firsts.push(row) - 1;
      groups.set(key, group);
    }
    groupOf[row] = group;
  }
  return { firsts, groupOf };
}

/** Distinct combinations in the background with their shares of its weight; those of weight 0 are left out. */
function weighDistinct(
  { table, weights, totalWeight }: BackgroundRows,
  columns: readonly string[],
): { firsts: number[]; weights: Float64Array } {
  const { firsts, groupOf } = findDistinct(table, columns);
  const sums = new Float64Array(firsts.length);
  for (const [row, group] of groupOf.entries()) sums[group] += weights[row];
  const kept = firsts.map((_, group) => group).filter((group) => sums[group] > 0);
  return { firsts: kept.map((group) => firsts[group]), weights: Float64Array.from(kept, (group) => sums[group] / totalWeight) };
}

function refuseTooMany({ label }: ModelPart, asked: number, crossed: number): void {
  if (asked * crossed <= MOST_CROSSED) return;
  throw new InputError({
    call,
    argument: "background",
    expected: `small enough to cross it with the rows in at most ${MOST_CROSSED} combinations`,
    received: `${asked} × ${crossed}`,
    where: `the term ${label}`,
    mend: "Pass `background` with fewer rows, explain fewer rows, or put the term's columns into one group.",
  });
}

import { fewestOfLevel, medianLine } from "../charts/index.ts";
import type { MedianPoint } from "../charts/index.ts";
import { median } from "simple-statistics";
import type { CategoricalColumn, NumericColumn } from "../table/index.ts";

/** With fewer cases nothing is said about a level or a range; the chart has a line for the levels that are spoken of. */
export const FEWEST_CASES: number = fewestOfLevel;
/** Ups and downs of less than this share of the whole swing are no turn. */
const TURN = 0.2;
/** A stretch that holds this share of the swing on at most half of the cases is named as the place where it happens. */
const MOST_OF_SWING = 0.7;

/** How the contribution goes with the values of a numeric driver, by the medians of equally filled bins. */
export interface NumericShape {
  readonly kind: "rises" | "falls" | "turns";
  readonly first: MedianPoint;
  readonly last: MedianPoint;
  readonly lowest: MedianPoint;
  readonly highest: MedianPoint;
  /** For what rises or falls: where most of it happens, if that is no more than half of the cases. */
  readonly steepest: readonly [MedianPoint, MedianPoint] | null;
  /** Beyond this value lie few cases over a wide range, and so many. */
  readonly sparseAbove: { readonly value: number; readonly count: number } | null;
}

/** The medians of values and contributions in equally filled bins, as the charts draw them; empty where there are not two bins. */
export function medianPoints(column: NumericColumn, amounts: Float64Array): MedianPoint[] {
  return medianLine(rowsByValue(column, amounts), column.values, amounts);
}

/** Null where there are too few cases or values. `amounts`: the contributions of the driver, one a row. */
export function numericShape(column: NumericColumn, amounts: Float64Array): NumericShape | null {
  const line = medianPoints(column, amounts);
  if (line.length < 2) return null;
  const lowest = line.reduce((low, point) => (point.amount < low.amount ? point : low));
  const highest = line.reduce((high, point) => (point.amount > high.amount ? point : high));
  const kind = findDirection(line, highest.amount - lowest.amount);
  return {
    kind,
    first: line[0],
    last: line[line.length - 1],
    lowest,
    highest,
    steepest: kind === "turns" ? null : findSteepest(line),
    sparseAbove: findSparse(rowsByValue(column, amounts).map((row) => column.values[row])),
  };
}

/** Rows with a finite value, in rising order of it. */
function rowsByValue({ values }: NumericColumn, amounts: Float64Array): number[] {
  const rows = Array.from(values, (_, row) => row).filter((row) => Number.isFinite(values[row]));
  return rows.sort((a, b) => values[a] - values[b] || amounts[a] - amounts[b]);
}

/** Rises if it never falls back by much of the swing, and the other way round. */
function findDirection(line: readonly MedianPoint[], swing: number): NumericShape["kind"] {
  let drop = 0;
  let climb = 0;
  for (let i = 0; i < line.length; i++) {
    for (let j = i + 1; j < line.length; j++) {
      drop = Math.max(drop, line[i].amount - line[j].amount);
      climb = Math.max(climb, line[j].amount - line[i].amount);
    }
  }
  if (drop < TURN * swing) return "rises";
  return climb < TURN * swing ? "falls" : "turns";
}

/** The shortest run of bins over which most of the way from the first to the last is made. */
function findSteepest(line: readonly MedianPoint[]): readonly [MedianPoint, MedianPoint] | null {
  const whole = Math.abs(line[line.length - 1].amount - line[0].amount);
  for (let length = 1; length <= (line.length - 1) / 2; length++) {
    for (let i = 0; i + length < line.length; i++) {
      if (Math.abs(line[i + length].amount - line[i].amount) >= MOST_OF_SWING * whole) return [line[i], line[i + length]];
    }
  }
  return null;
}

/** The upper end where fewer than {@link FEWEST_CASES} cases spread over more than a fifth of the range. */
function findSparse(ascending: readonly number[]): NumericShape["sparseAbove"] {
  const border = ascending[ascending.length - FEWEST_CASES];
  const highest = ascending[ascending.length - 1];
  if (border === undefined || highest - border <= (highest - ascending[0]) / 5) return null;
  return { value: border, count: ascending.filter((value) => value > border).length };
}

/** A level of a categorical driver. */
export interface LevelShape {
  readonly code: number;
  readonly count: number;
  /** The median contribution of its cases. */
  readonly amount: number;
}

/** Levels that occur, highest median first; code -1 stands for missing. */
export function levelShapes(column: CategoricalColumn, amounts: Float64Array): LevelShape[] {
  const byCode = new Map<number, number[]>();
  column.codes.forEach((code, row) => {
    const found = byCode.get(code);
    if (found) found.push(amounts[row]);
    else byCode.set(code, [amounts[row]]);
  });
  return [...byCode]
    .map(([code, found]): LevelShape => ({ code, count: found.length, amount: median(found) }))
    .sort((a, b) => b.amount - a.amount || a.code - b.code);
}

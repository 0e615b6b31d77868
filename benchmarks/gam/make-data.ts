import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { poissonQuantile, uniform } from "../draw.ts";
import type { DataSet, GamCase } from "./cases.ts";

/** Where data are written for every engine to read. */
export const folder = resolve(import.meta.dirname, "../models");

/** Smooth functions of a number between 0 and 1, after those of Gu and Wahba (1991); the last has no effect. */
const EFFECTS: readonly ((x: number) => number)[] = [
  (x) => 2 * Math.sin(Math.PI * x),
  (x) => Math.exp(2 * x) / 3,
  (x) => 0.2 * x ** 11 * (10 * (1 - x)) ** 6 + 10 * (10 * x) ** 3 * (1 - x) ** 10,
  (x) => x * x,
  (x) => Math.cos(6 * x),
  () => 0,
];

/** Writes NAME.x and NAME.FAMILY (float64, columns one after the other), unless they are there already. */
export function makeData(data: DataSet, families: readonly GamCase["family"][]): void {
  mkdirSync(folder, { recursive: true });
  const path = (part: string): string => resolve(folder, `${data.name}.${part}`);
  if (["x", ...families].every((part) => existsSync(path(part)))) return;
  const { columns, eta } = drawRows(data, 1);
  const x = new Float64Array(data.numRows * data.numColumns);
  columns.forEach((column, j) => x.set(column, j * data.numRows));
  writeFileSync(path("x"), x);
  for (const family of families) writeFileSync(path(family), drawResponse(eta, family, 300));
}

/** Columns between 0 and 1, and a sum of smooth functions of them. */
export function drawRows(
  { numRows, numColumns }: Pick<DataSet, "numRows" | "numColumns">,
  seed: number,
): { columns: Float64Array[]; eta: Float64Array } {
  const columns = Array.from({ length: numColumns }, (_, j) => uniform(numRows, seed + j));
  const eta = new Float64Array(numRows);
  columns.forEach((column, j) => {
    const effect = EFFECTS[j % EFFECTS.length];
    for (let row = 0; row < numRows; row++) eta[row] += effect(column[row]);
  });
  return { columns, eta };
}

export function drawResponse(eta: Float64Array, family: GamCase["family"], seed: number): Float64Array {
  const drawn = uniform(eta.length, seed);
  if (family === "gaussian") return eta.map((value, row) => value + 2 * Math.sqrt(12) * (drawn[row] - 0.5));
  if (family === "binomial") return eta.map((value, row) => (drawn[row] < 1 / (1 + Math.exp(5 - value)) ? 1 : 0));
  return eta.map((value, row) => poissonQuantile(drawn[row], Math.exp(value / 5)));
}

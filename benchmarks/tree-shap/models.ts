import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { importLightgbm, importXgboost, type TreeEnsemble } from "vitrine/trees";
import { COLUMNS, FILED_ROWS, type ModelShape } from "./cases.ts";
import type { Peer } from "./peers.ts";

/** Where models, rows and values are kept between runs. */
export const folder = resolve(import.meta.dirname, "../models");

/** Seconds that training may take. */
const TRAINING = 120;

/** Rows as vitrine takes them. */
export interface Rows {
  readonly values: Float64Array;
  readonly numRows: number;
  readonly numColumns: number;
}

/** Doubles of a file of the folder. */
export function readDoubles(file: string): Float64Array {
  const bytes = readFileSync(resolve(folder, file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The first rows of these. */
export function firstRows(cells: Float64Array, numRows: number, from = 0): Rows {
  return { values: cells.subarray(from * COLUMNS, (from + numRows) * COLUMNS), numRows, numColumns: COLUMNS };
}

/** Writes the rows to explain and the background, if they are not there yet. */
export async function writeRows(peer: Peer): Promise<void> {
  for (const [name, seed] of Object.entries({ explained: 77, background: 99 }))
    if (!existsSync(resolve(folder, `${name}.x`))) await peer.ask({ do: "rows", name, count: FILED_ROWS, seed });
}

/** LightGBM's model of this shape, trained if need be. */
export async function openLightgbm(
  peer: Peer,
  { name, leaves, depth, trees }: ModelShape,
  cuts: readonly number[] = [],
): Promise<TreeEnsemble> {
  const files = [name, ...cuts.map((cut) => `${name}-${cut}`)];
  if (!files.every((file) => existsSync(resolve(folder, `${file}.lgb.txt`))))
    await peer.ask({ do: "train", name, leaves, depth, trees, cuts }, TRAINING);
  return readLightgbm(name);
}

/** A model that is there. */
export function readLightgbm(name: string): TreeEnsemble {
  return importLightgbm(readFileSync(resolve(folder, `${name}.lgb.txt`), "utf8"));
}

/** XGBoost's model of this shape, trained if need be. */
export async function openXgboost(peer: Peer, { name, leaves, depth, trees }: ModelShape): Promise<TreeEnsemble> {
  const file = resolve(folder, `${name}.xgb.json`);
  if (!existsSync(file)) await peer.ask({ do: "train", name, leaves, depth, trees }, TRAINING);
  return importXgboost(readFileSync(file, "utf8"));
}

/** Leaves of all its trees. */
export function countLeaves({ nodes }: TreeEnsemble): number {
  return nodes.leafStart.filter((start) => start >= 0).length;
}

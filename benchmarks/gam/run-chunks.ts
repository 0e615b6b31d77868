import { resolve } from "node:path";
import { Engine } from "../engine.ts";
import { formulaOf, type ChunkCase } from "./cases.ts";

/** What the fit from chunks measured. */
export interface ChunkResult {
  readonly title: string;
  readonly seconds: number;
  /** Share of that time in which the chunks were made, as a file would be read. */
  readonly secondsOfChunks: number;
  readonly passes: number;
  readonly peakBytes: number | null;
}

/** Fits in a process of its own, so that its peak memory is that of the fit alone. */
export async function runChunks(each: ChunkCase): Promise<ChunkResult> {
  const engine = new Engine(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "chunks.ts")]);
  const answer = await engine.ask<Omit<ChunkResult, "title">>({ ...each, formula: formulaOf(each) });
  engine.close();
  return { title: each.title, ...answer };
}

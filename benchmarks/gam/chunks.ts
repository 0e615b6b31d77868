// Fits from chunks that are drawn anew at every pass; answers one line of JSON with another.   tsx chunks.ts
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fitGamChunks, Table } from "vitrine/models";
import type { ChunkCase } from "./cases.ts";
import { drawResponse, drawRows } from "./make-data.ts";

for await (const line of createInterface(process.stdin)) {
  const { formula, numRows, numColumns, rowsPerChunk, family } = JSON.parse(line) as ChunkCase & { formula: string };
  let passes = 0;
  let secondsOfChunks = 0;
  const chunks = function* (): Generator<Table> {
    passes++;
    for (let first = 0; first < numRows; first += rowsPerChunk) {
      const start = performance.now();
      const { columns, eta } = drawRows({ numRows: Math.min(rowsPerChunk, numRows - first), numColumns }, 1000 + first);
      const named = Object.fromEntries(columns.map((column, j) => [`x${j}`, column]));
      const table = Table.fromColumns({ y: drawResponse(eta, family, 300 + first), ...named });
      secondsOfChunks += (performance.now() - start) / 1000;
      yield table;
    }
  };
  const start = performance.now();
  await fitGamChunks(formula, chunks, { family });
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`${JSON.stringify({ seconds, secondsOfChunks, passes, peakBytes: peakMemory() })}\n`);
}

/** Highest resident memory of this process, bytes; null where the system does not tell. */
function peakMemory(): number | null {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024;
  } catch {
    return null;
  }
}

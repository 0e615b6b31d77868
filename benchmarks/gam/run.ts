// Times generalized additive models beside mgcv's gam and bam: same machine, same rows, one thread, in turn.
// Writes results.json and docs/benchmarks.md.   npm run bench
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describeMachine, writePage } from "../page.ts";
import { chunkCase, gamCases } from "./cases.ts";
import { runChunks } from "./run-chunks.ts";
import { runGam, startPeer, type GamResult } from "./run-gam.ts";
import type { GamRun } from "./section.ts";

const { versions, absent } = await findPeer();
if (absent !== null) console.log(`absent: mgcv (${absent})`);

const fits: GamResult[] = [];
for (const each of absent === null ? gamCases : []) {
  const result = await runGam(each);
  fits.push(result);
  const { title, peer, seconds, ratio, criterionExcess, difference } = result;
  const excess = criterionExcess === null ? "" : `; criterion ${criterionExcess.toExponential(1)} above`;
  console.log(
    `${title}: vitrine ${seconds.vitrine.toPrecision(3)} s, ${peer} ${seconds.peer.toPrecision(3)} s (${ratio.toFixed(1)} ×); curves differ by ${difference.toPrecision(2)} standard errors${excess}`,
  );
}

const chunks = await runChunks(chunkCase);
console.log(
  `${chunks.title}: ${chunks.seconds.toFixed(1)} s (${chunks.secondsOfChunks.toFixed(1)} s of them drawing), ${chunks.passes} passes, peak ${((chunks.peakBytes ?? NaN) / 1e6).toFixed(0)} MB`,
);

const run: GamRun = { ...describeMachine(versions), absent, fits, chunks };
writeFileSync(resolve(import.meta.dirname, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
writePage();

async function findPeer(): Promise<{ versions: Record<string, string>; absent: string | null }> {
  try {
    const engine = startPeer();
    const found = await engine.ask<Record<string, string>>({ do: "versions" });
    engine.close();
    return { versions: found, absent: found.mgcv === undefined ? "not installed" : null };
  } catch (error) {
    return { versions: {}, absent: error instanceof Error ? error.message : String(error) };
  }
}

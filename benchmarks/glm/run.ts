// Times generalized linear models beside R's glm, statsmodels, glum and glmnet: same machine, same rows, one thread, in turn.
// Writes results.json and docs/benchmarks.md.   npm run bench
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describeMachine, writePage } from "../page.ts";
import { fitCases, pathCases } from "./cases.ts";
import { findPeers } from "./peers.ts";
import { runFit, type FitResult } from "./run-fit.ts";
import { runPath, type PathResult } from "./run-path.ts";
import type { GlmRun } from "./section.ts";

const present = await findPeers();
for (const [name, reason] of Object.entries(present.absent)) console.log(`absent: ${name} (${reason})`);

const fits: FitResult[] = [];
for (const each of fitCases) {
  const result = await runFit(each, present);
  fits.push(result);
  const peers = result.peers.map(({ peer, seconds, ratio }) => `${peer} ${seconds.toPrecision(3)} s (${ratio.toFixed(1)} ×)`);
  const peak =
    result.peakBytes.vitrine === null || result.dataBytes < 1e8
      ? ""
      : `; peak ${(result.peakBytes.vitrine / result.dataBytes).toFixed(2)} × the data`;
  console.log(`${result.title}: vitrine ${result.seconds.toPrecision(3)} s, ${peers.join(", ")}${peak}`);
}

const paths: PathResult[] = [];
for (const each of present.absent.glmnet === undefined ? pathCases : []) {
  const result = await runPath(each);
  paths.push(result);
  const { family, seconds, ratio, excess } = result;
  const ends = `ends ${excess.vitrine.toExponential(0)} above glmnet's objective, glmnet ${excess.glmnet.toExponential(0)} above vitrine's`;
  console.log(
    `${family} path: vitrine ${seconds.vitrine.toFixed(2)} s, glmnet ${seconds.glmnet.toFixed(2)} s (${ratio.toFixed(1)} ×); ${ends}`,
  );
}

const run: GlmRun = { ...describeMachine(present.versions), absent: present.absent, fits, paths };
writeFileSync(resolve(import.meta.dirname, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
writePage();

import type { Environment } from "../page.ts";
import type { ChunkResult } from "./run-chunks.ts";
import type { GamResult } from "./run-gam.ts";

/** One run of the benchmark. */
export interface GamRun extends Environment {
  /** Why mgcv could not be asked; null where it could. */
  readonly absent: string | null;
  readonly fits: readonly GamResult[];
  readonly chunks: ChunkResult;
}

/** The section of the page of figures. */
export function gamSection({ absent, fits, chunks }: GamRun): string {
  return `Six cubic regression splines of ten functions each on synthetic rows, smoothness by REML, one thread each, on one machine in one run. Curves
are compared before anything is timed; then vitrine and mgcv take turns. Times are medians over the rounds, ratios are of medians, and are of the
whole call: design, smoothness, standard errors and tests. Beside \`gam(method = "REML")\` vitrine's \`fitGam\` minimises the same criterion of
the same rows. Beside \`bam(discrete = TRUE)\` both round covariates to bins (\`discretize: true\`) and are given the same knots, which \`bam\`
would place by a sample of the rows: vitrine minimises the exact criterion of the rounded rows, mgcv an approximation that neglects how the weights
depend on the smoothness.
${absent === null ? "" : `\nmgcv was absent (${absent}): nothing was compared.\n`}
| rows and family | beside | vitrine | mgcv | mgcv ÷ vitrine | criterion above mgcv's | largest difference of a curve, in its standard errors |
| --- | --- | --- | --- | --- | --- | --- |
${fits.map(fitLine).join("\n")}

From chunks, which are drawn anew at every pass, in memory that does not grow with the rows:

| rows and family | time | of which chunks were drawn | passes | peak memory, Node included |
| --- | --- | --- | --- | --- |
| ${[chunks.title, time(chunks.seconds), time(chunks.secondsOfChunks), chunks.passes, megabytes(chunks.peakBytes)].join(" | ")} |
`;
}

function fitLine({ title, peer, seconds, ratio, criterionExcess, difference }: GamResult): string {
  const cells = [
    title,
    peer === "gam" ? "`gam`" : "`bam(discrete = TRUE)`",
    time(seconds.vitrine),
    time(seconds.peer),
    `${ratio.toFixed(1)} ×`,
    criterionExcess === null ? "–" : criterionExcess.toExponential(0),
    difference.toPrecision(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

function time(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

function megabytes(bytes: number | null): string {
  return bytes === null ? "–" : `${(bytes / 1e6).toFixed(0)} MB`;
}

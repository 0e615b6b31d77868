import type { Environment } from "../page.ts";
import type { PeerName } from "./cases.ts";
import type { FitResult, PeerResult } from "./run-fit.ts";
import type { PathResult } from "./run-path.ts";

/** One run of the benchmark. */
export interface GlmRun extends Environment {
  /** Peers that were not there, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
  readonly fits: readonly FitResult[];
  readonly paths: readonly PathResult[];
}

const PEERS: readonly PeerName[] = ["R", "statsmodels", "glum", "glumErrors"];

/** The section of the page of figures. */
export function glmSection({ absent, fits, paths }: GlmRun): string {
  const missing = Object.keys(absent);
  return `Poisson regressions with log link on synthetic rows, one thread each, on one machine in one run. All find the same coefficients before
anything is timed; then they take turns. Times are medians over the rounds, ratios are of medians; fits of few rows
are timed many at once and warm. Vitrine is the whole call of \`fitGlm\` on a
table: design, checks, fit, standard errors, null deviance and likelihood. "R" is \`glm(…)\` without its summary; "statsmodels" is
\`GLM(…).fit()\`, its matrix made beforehand; "glum" is the fit without standard errors and "glum with errors" the fit with its covariance matrix,
both to a gradient of 1e-6. Factors are integer codes in vitrine and pandas categoricals in glum.
${missing.length === 0 ? "" : `\nAbsent on this machine, and so not compared: ${missing.join(", ")}.\n`}
| data | vitrine | R | statsmodels | glum | glum with errors | largest difference |
| --- | --- | --- | --- | --- | --- | --- |
${fits.map(fitLine).join("\n")}

Peak memory of a process that reads the data and fits once, Node or Python themselves included:

| data | the table's arrays | vitrine | vitrine ÷ arrays | glum |
| --- | --- | --- | --- | --- |
${fits
  .filter(({ dataBytes }) => dataBytes > 1e8)
  .map(memoryLine)
  .join("\n")}

### Elastic-net paths

100,000 rows × 100 columns, equal parts of lasso and ridge, a hundred steps from glmnet's first strength on, at its default threshold. The objective of
each is compared over the path: the excess over the lower of both, as a share of the null deviance, is what its stopping rule leaves.

${paths.length === 0 ? "glmnet was absent: not measured." : pathTable(paths)}
`;
}

function fitLine({ title, seconds, peers }: FitResult): string {
  const differences = peers.map(({ difference }) => difference);
  const cells = [
    title,
    time(seconds),
    ...PEERS.map((name) => peerCell(peers.find(({ peer }) => peer === name))),
    differences.length === 0 ? "–" : Math.max(...differences).toExponential(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

function peerCell(result: PeerResult | undefined): string {
  return result ? `${time(result.seconds)} (${result.ratio.toFixed(1)} ×)` : "–";
}

function memoryLine({ title, dataBytes, peakBytes: { vitrine, glum } }: FitResult): string {
  const cells = [
    title,
    megabytes(dataBytes),
    megabytes(vitrine),
    vitrine === null ? "–" : `${(vitrine / dataBytes).toFixed(2)} ×`,
    megabytes(glum),
  ];
  return `| ${cells.join(" | ")} |`;
}

function pathTable(paths: readonly PathResult[]): string {
  const lines = paths.map(({ family, numSteps, seconds, ratio, difference, excess }) => {
    const cells = [
      `${family}, ${numSteps} steps`,
      time(seconds.vitrine),
      `${time(seconds.glmnet)} (${ratio.toFixed(1)} ×)`,
      excess.vitrine.toExponential(0),
      excess.glmnet.toExponential(0),
      difference.toExponential(0),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `| path | vitrine | glmnet | excess of vitrine | excess of glmnet | largest difference |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}`;
}

function time(seconds: number): string {
  return seconds < 0.1 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 2 : 1)} ms` : `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

function megabytes(bytes: number | null): string {
  return bytes === null ? "–" : `${(bytes / 1e6).toFixed(0)} MB`;
}

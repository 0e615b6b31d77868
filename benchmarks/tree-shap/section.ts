import { PEER_NAMES, PEERS, type PeerName } from "./peers.ts";
import type { InterventionalResult, LinearitySeries, OneRowResult, PathResult, PeerResult, TreeShapRun } from "./results.ts";

const thousands = (count: number): string => count.toLocaleString("en-US");
const digits = (value: number): string => (value < 20 ? value.toFixed(1) : value.toFixed(0));
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The section of the page of figures. */
export function treeShapSection({ pathDependent, interventional, oneRow, linearity, threads, notes }: TreeShapRun): string {
  const parts = [pathPart(pathDependent), interventionalPart(interventional), oneRowPart(oneRow), linearityPart(linearity)];
  const ratios = threads.map(({ name, rows, ratio }) => `${ratio.toFixed(2)} × (${name}, ${thousands(rows)} rows)`);
  parts.push(`Two threads of \`explainParallel\` against one: ${ratios.join(", ")}; the same bits.\n`);
  if (notes.length > 0) parts.push(`Left out in this run:\n\n${notes.map((note) => `- ${note}`).join("\n")}\n`);
  return parts.join("\n");
}

function pathPart(results: readonly PathResult[]): string {
  const names = results.map(
    ({ trees, depth, numLeaves, rows }) => `${trees} trees, depth ${depth}, ${thousands(numLeaves)} leaves, ${thousands(rows)} rows`,
  );
  const peerCells = (result: PathResult, cell: (peer: PeerResult) => string): string[] =>
    PEER_NAMES.map((name) => {
      const peer = result.peers[name];
      return peer === undefined || peer.note !== undefined ? "–" : cell(peer);
    });
  const built = results.flatMap((result, i) => [
    [names[i], result.nanoseconds.toFixed(1), ...peerCells(result, (peer) => `${digits(peer.ratio)} × (${digits(peer.nanoseconds)})`)],
    [
      `– with building: ${(result.buildSeconds * 1000).toFixed(0)} ms, as ${thousands(result.buildRows)} rows`,
      result.fresh.toFixed(1),
      ...peerCells(result, (peer) => `${digits(peer.freshRatio)} × (${digits(peer.fresh)})`),
    ],
  ]);
  const fewer = (name: PeerName): string =>
    results.some(({ peers, rows }) => peers[name]?.note === undefined && (peers[name]?.rows ?? rows) < rows) ? PEERS[name].title : "";
  const scaled = PEER_NAMES.map(fewer).filter((title) => title !== "");
  const differences = PEER_NAMES.flatMap((name) => {
    const all = results.flatMap(({ peers }) =>
      peers[name] === undefined || peers[name].note !== undefined ? [] : [peers[name].difference],
    );
    return all.length === 0 ? [] : [`${PEERS[name].title} ${Math.max(...all).toExponential(0)}`];
  });
  const onXgboost = results.flatMap(({ xgboost }) =>
    xgboost === null ? [] : [`${xgboost.nanoseconds.toFixed(1)} (${thousands(xgboost.numLeaves)} leaves)`],
  );
  return `Regressions on synthetic data of 20 columns, one thread each, on one machine in one run. Vitrine and its peers take turns, for 3 to 7 rounds
by cost; ratios are of medians. Values are compared before anything is timed; largest differences: ${differences.join(", ")}.
Each cell is how many times as long a peer takes as vitrine, and in brackets its nanoseconds for one row and leaf; the column "vitrine" is in
nanoseconds too. "shap" is its own C extension, "LightGBM" is \`predict(pred_contrib=True)\`, "XGBoost" is \`pred_contribs\` on an XGBoost model of the
same shape, beside vitrine on that same file: ${onXgboost.join(", ")}. FastTreeSHAP runs with an older numpy and LightGBM.
${scaled.length === 0 ? "" : `On large cases ${scaled.join(", ")} explain fewer rows (their price for a row does not depend on how many).\n`}In a second line explainers are built within the time (reading the model is not): vitrine's is \`treeShap\` and the first \`explain\` of the batch.

${table(["model", "vitrine", ...PEER_NAMES.map((name) => PEERS[name].title)], built)}
`;
}

function interventionalPart(results: readonly InterventionalResult[]): string {
  const cell = (peer: PeerResult | undefined, microseconds: number): string =>
    peer === undefined || peer.note !== undefined
      ? "–"
      : `${digits(peer.ratio * microseconds)} µs (${thousands(Number(peer.ratio.toPrecision(2)))} ×; built within: ${digits(peer.freshRatio)} ×)`;
  const rows = results.map(({ background, microseconds, buildSeconds, peers }) => [
    thousands(background),
    `${microseconds.toFixed(1)} µs`,
    `${(buildSeconds * 1000).toFixed(0)} ms`,
    cell(peers.shap, microseconds),
    cell(peers.woodelf, microseconds),
  ]);
  return `### Against a background

The model of depth 6, ${thousands(results[0]?.rows ?? 0)} explained rows; the time of one explained row, with the explainer built. shap explains fewer rows, and no background
beyond 1,000 rows; it and woodelf compute in single precision in parts.

${table(["background rows", "vitrine", "vitrine's building", "shap", "woodelf"], rows)}
`;
}

function oneRowPart(results: readonly OneRowResult[]): string {
  const cell = (value: number | null): string => (value === null ? "–" : `${value.toFixed(3)} ms`);
  const rows = results.map(({ trees, depth, numLeaves, vitrine, python, native }) => [
    `${trees} trees, depth ${depth}, ${thousands(numLeaves)} leaves`,
    cell(vitrine),
    cell(native),
    cell(python),
  ]);
  return `### One row

A service's request: the median time of \`explain\` of one row, beside LightGBM's contributions of one row by its C function
\`LGBM_BoosterPredictForMatSingleRow\` and by \`Booster.predict(pred_contrib=True)\`.

${table(["model", "vitrine", "LightGBM, native", "LightGBM, Python"], rows)}
`;
}

function linearityPart(results: readonly LinearitySeries[]): string {
  const exponents = results.map(({ size, points, exponent }) => {
    const ends = `${thousands(points[0].size)} to ${thousands(points[points.length - 1].size)}`;
    return `${size} to the power ${exponent.toFixed(2)} (${ends})`;
  });
  return `### Against rows, trees and leaves

Time grows as ${exponents.join(", ")}, all else equal; the dashed line is exact proportion.

![time against rows, trees and leaves](images/tree-shap-linearity.svg)
`;
}

// Vitrine in a process of its own, so that its peak memory is that of reading the data and fitting alone. It answers lines of JSON as peers.py
// and peers.R do.   node vitrine.mjs FOLDER
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import { fitGlm, fitGlmPath, Table } from "vitrine/models";

const folder = process.argv[2];
let table;

/** Fills arrays one after the other from a file, so that nothing is in memory twice. */
function readArrays(file, Kind, count, length) {
  const descriptor = openSync(`${folder}/${file}`, "r");
  const arrays = Array.from({ length: count }, () => {
    const array = new Kind(length);
    for (let at = 0; at < array.byteLength;) at += readSync(descriptor, new Uint8Array(array.buffer), at, array.byteLength - at, null);
    return array;
  });
  closeSync(descriptor);
  return arrays;
}

function open({ data: { name, numRows, numColumns, levels }, response, useColumns, useFactors }) {
  const numeric = (label, values) => ({ kind: "numeric", name: label, values, description: {} });
  const [y] = readArrays(`${name}.${response}`, Float64Array, 1, numRows);
  const dense = useColumns ? readArrays(`${name}.x`, Float64Array, numColumns, numRows) : [];
  const codes = useFactors ? readArrays(`${name}.codes`, Int32Array, levels.length, numRows) : [];
  table = Table.of([
    numeric("y", y),
    ...dense.map((values, j) => numeric(`x${j}`, values)),
    ...codes.map((each, f) => ({
      kind: "categorical",
      name: `f${f}`,
      codes: each,
      levels: Array.from({ length: levels[f] }, (_, code) => `level ${code}`),
      description: {},
    })),
  ]);
  const bytes = table.columns.reduce((sum, column) => sum + (column.kind === "numeric" ? column.values : column.codes).byteLength, 0);
  return { bytes };
}

/** Mean seconds of some repetitions, and the last result. */
function timed(work, repeats) {
  let result;
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat++) result = work();
  return { seconds: (performance.now() - start) / 1000 / repeats, result };
}

function fit({ repeats }) {
  const { seconds, result } = timed(() => fitGlm("y ~ .", table, { family: "poisson" }), repeats);
  return { seconds, coefficients: result.coefficients.map(({ estimate }) => estimate), iterations: result.fit.iterations };
}

function path({ family, l1Ratio, lambdas }) {
  const options = { family, l1Ratio, strengths: lambdas, keepData: false };
  const { seconds, result } = timed(() => fitGlmPath("y ~ .", table, options), 1);
  return { seconds, lambdas: [...result.strengths], coefficients: [...result.coefficients] };
}

/** Highest resident memory of this process, bytes; null where the system does not tell. */
function peak() {
  try {
    return { bytes: Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024 };
  } catch {
    return { bytes: null };
  }
}

const actions = { open, fit, path, peak, versions: () => ({ node: process.version }) };
for await (const line of createInterface(process.stdin)) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(actions[request.do](request))}\n`);
}

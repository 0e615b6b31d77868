// Vitrine in a process of its own. It answers lines of JSON as peers.R does.   node vitrine.mjs FOLDER
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fitGam, Table } from "vitrine/models";

const folder = process.argv[2];
let table;

function readArray(file) {
  const { buffer, byteOffset, byteLength } = readFileSync(`${folder}/${file}`);
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function open({ data: { name, numRows, numColumns }, family }) {
  const x = readArray(`${name}.x`);
  const columns = Object.fromEntries(Array.from({ length: numColumns }, (_, j) => [`x${j}`, x.subarray(j * numRows, (j + 1) * numRows)]));
  table = Table.fromColumns({ y: readArray(`${name}.${family}`), ...columns });
  return { rows: numRows };
}

function fit({ formula, family, discretize, knots: shared, repeats }) {
  const names = table.columnNames.filter((name) => name !== "y");
  const knots = shared && Object.fromEntries(names.map((name) => [name, shared]));
  let model;
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat++) model = fitGam(formula, table, { family, discretize, ...(knots && { knots }) });
  const seconds = (performance.now() - start) / 1000 / repeats;
  const step = Math.floor(table.numRows / 1000);
  const shown = table.take(Int32Array.from({ length: 1000 }, (_, k) => k * step));
  const { values, standardErrors } = model.predictWithErrors(shown, { scale: "link" });
  return {
    seconds,
    criterion: model.criterion,
    edf: model.effectiveDegreesOfFreedom,
    iterations: model.fit.iterations,
    linearPredictor: [...values],
    standardErrors: [...standardErrors],
  };
}

const actions = { open, fit, versions: () => ({ node: process.version }) };
for await (const line of createInterface(process.stdin)) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(actions[request.do](request))}\n`);
}

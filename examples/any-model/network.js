// How the network's files are written and read, and how it takes its columns.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";

const file = (name) => fileURLToPath(new URL(`model/${name}`, import.meta.url));

/** TensorFlow.js on WebAssembly: in Node, where tfjs-node is not installed, by far the faster of its backends. */
export async function startTensorflow() {
  setThreadsCount(1);
  await tf.setBackend("wasm");
  return tf;
}

/** What stands in the network's inputs, in order: numbers to be scaled, and categories as indicators. Saved beside it. */
export const readColumns = () => JSON.parse(readFileSync(file("columns.json"), "utf8"));
export const writeColumns = (columns) => writeFileSync(file("columns.json"), `${JSON.stringify(columns, null, 2)}\n`);

/** Reads the files as tf.loadLayersModel reads them from a web server: outside tfjs-node, that is all there is for files. */
export function loadNetwork() {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(file("model.json"), "utf8"));
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const bytes = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths).map((path) => readFileSync(file(path))));
  const weightData = new Uint8Array(bytes).buffer;
  return tf.loadLayersModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
}

/** Writes model.json and weights.bin, as tf.LayersModel.save does to a download. */
export function saveNetwork(model) {
  return model.save({
    save: async ({ modelTopology, weightSpecs, weightData, format, generatedBy }) => {
      writeFileSync(file("weights.bin"), new Uint8Array(weightData));
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      writeFileSync(file("model.json"), `${JSON.stringify({ format, generatedBy, modelTopology, weightsManifest }, null, 1)}\n`);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
}

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as tfjs from "@tensorflow/tfjs";

/**
 * The TensorFlow.js that the tests run: the package itself on its wasm and pure backends, or, with VITRINE_TFJS=node in the environment,
 * tfjs-node, which must be installed by hand (see docs/guides/connect-a-model.md).
 */
const onNode = process.env.VITRINE_TFJS === "node";
export const backends: readonly string[] = onNode ? ["tensorflow"] : ["wasm", "cpu"];

const require = createRequire(import.meta.url);
export const tf: typeof tfjs = onNode ? (require("@tensorflow/tfjs-node") as typeof tfjs) : await import("@tensorflow/tfjs");

/** Makes a backend the one in use. */
export async function useBackend(name: string): Promise<void> {
  if (name === "wasm") {
    const { setThreadsCount, setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist")}/`);
    setThreadsCount(1);
  }
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no backend ${name} here.`);
  await tf.ready();
}

/** A network of dense layers with weights from a seed. */
export function denseNetwork(inputs: number, hidden: number, outputs: number, activation: "relu" | "tanh" = "tanh"): tfjs.Sequential {
  const layer = (seed: number) => ({ kernelInitializer: tf.initializers.randomNormal({ seed, stddev: 0.6 }), useBias: true });
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: hidden, inputShape: [inputs], activation, ...layer(1) }));
  model.add(tf.layers.dense({ units: outputs, activation: outputs > 1 ? "softmax" : "linear", ...layer(2) }));
  return model;
}

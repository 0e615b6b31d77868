import type { GraphModel } from "@tensorflow/tfjs";
import { tf } from "./tensorflow.ts";

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const FLOAT = { T: { type: "DT_FLOAT" } };

/** A saved model as TensorFlow exports them: rows of `weights.length` numbers times the weights (one column), then these operations one by one. */
export async function graphModel(weights: readonly number[], operations: readonly string[]): Promise<GraphModel> {
  const shape = { dim: [{ size: "-1" }, { size: String(weights.length) }] };
  const weightShape = { dim: [{ size: String(weights.length) }, { size: "1" }] };
  const nodes: Node[] = [
    { name: "rows", op: "Placeholder", attr: { dtype: { type: "DT_FLOAT" }, shape: { shape } } },
    {
      name: "weights",
      op: "Const",
      attr: { dtype: { type: "DT_FLOAT" }, value: { tensor: { dtype: "DT_FLOAT", tensorShape: weightShape } } },
    },
    { name: "product", op: "MatMul", input: ["rows", "weights"], attr: { ...FLOAT, transpose_a: { b: false }, transpose_b: { b: false } } },
  ];
  for (const [i, op] of operations.entries()) {
    nodes.push({ name: i === operations.length - 1 ? "answer" : `step${i}`, op, input: [nodes.at(-1)?.name ?? ""], attr: FLOAT });
  }
  const artifacts = {
    format: "graph-model",
    modelTopology: { node: nodes, library: {}, versions: {} },
    weightSpecs: [{ name: "weights", shape: [weights.length, 1], dtype: "float32" as const }],
    weightData: Float32Array.from(weights).buffer,
  };
  return tf.loadGraphModel({ load: async () => artifacts });
}

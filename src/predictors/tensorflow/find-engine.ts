import { refuse } from "../checks.ts";
import type { TensorflowEngine, TensorflowModule } from "./tensorflow-types.ts";

/**
 * TensorFlow.js's engine: of the module that the caller passed, else the one that all copies of tfjs-core on a page share.
 * They keep it as `_tfengine` on the global object, so that a model can be used without naming the module that made it.
 * @see tfjs-core 4.22, `src/engine.ts`, getOrMakeEngine
 */
export function findEngine(call: string, tf: TensorflowModule | undefined): TensorflowEngine {
  const shared: unknown = Reflect.get(globalThis, "_tfengine");
  const engine: unknown = tf === undefined ? shared : typeof tf?.engine === "function" ? tf.engine() : undefined;
  if (isEngine(engine)) return engine;
  throw refuse(
    call,
    "tf",
    "the module @tensorflow/tfjs or @tensorflow/tfjs-node",
    tf,
    'Write import * as tf from "@tensorflow/tfjs" and pass { tf }.',
  );
}

function isEngine(engine: unknown): engine is TensorflowEngine {
  if (typeof engine !== "object" || engine === null) return false;
  const { makeTensor, tidy, gradients, ready } = engine as Partial<TensorflowEngine>;
  return [makeTensor, tidy, gradients, ready].every((method) => typeof method === "function");
}

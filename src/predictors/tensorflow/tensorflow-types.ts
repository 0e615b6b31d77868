// The parts of TensorFlow.js that are used, by their shape: the package is brought by the caller and never imported here.

/** A tensor of any backend. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** An input or output of a model. */
export interface TensorDescription {
  readonly name: string;
  readonly shape?: readonly (number | null)[];
  readonly dtype?: string;
}

/** A `LayersModel` or a `GraphModel`, of tfjs or tfjs-node, on any backend. */
export interface TensorflowModel {
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  /** The names of the outputs as the model's author gave them; of `LayersModel` alone. */
  readonly outputNames?: readonly string[];
  readonly inputNames?: readonly string[];
  predict(inputs: unknown, options?: object): unknown;
  /** Of `GraphModel` alone: for graphs whose operations decide what comes next. */
  executeAsync?(inputs: unknown): Promise<unknown>;
}

/** What `tf.engine()` returns: the one place where TensorFlow.js makes and disposes of tensors. */
export interface TensorflowEngine {
  ready(): Promise<void>;
  makeTensor(values: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: string): TensorLike;
  tidy(work: () => unknown): unknown;
  gradients(
    predict: () => TensorLike,
    inputs: readonly TensorLike[],
    direction?: TensorLike,
  ): { readonly value: TensorLike; readonly grads: readonly TensorLike[] };
}

/** The module `@tensorflow/tfjs`, `@tensorflow/tfjs-core` or `@tensorflow/tfjs-node`. */
export interface TensorflowModule {
  engine(): unknown;
}

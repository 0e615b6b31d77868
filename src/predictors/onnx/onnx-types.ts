// The parts of ONNX Runtime that are used, by their shape: onnxruntime-node or onnxruntime-web is brought by the caller and never imported.

/** What an ONNX model takes or returns. */
export interface OnnxValueDescription {
  readonly name: string;
  readonly isTensor?: boolean;
  readonly type?: string;
  /** Sizes, or names where they are free. */
  readonly shape?: readonly (number | string)[];
}

/** An `InferenceSession` of onnxruntime-node or onnxruntime-web. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata?: readonly OnnxValueDescription[];
  readonly outputMetadata?: readonly OnnxValueDescription[];
  run(feeds: unknown, outputs: unknown): Promise<Readonly<Record<string, unknown>>>;
}

/** A tensor as ONNX Runtime reads it; its own class is not needed. */
export interface OnnxTensor {
  readonly type: string;
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
  readonly dims: readonly number[];
  readonly location: "cpu";
}

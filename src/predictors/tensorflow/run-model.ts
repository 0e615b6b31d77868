import { InputError } from "../../errors.ts";
import type { TensorflowEngine, TensorflowModel, TensorLike } from "./tensorflow-types.ts";

/** Makes the tensors of one part of a batch; called where tensors are tidied up after. */
export type MakeInputs = () => TensorLike[];

/** Runs a model on parts of a batch and leaves no tensor behind, whatever happens. */
export class ModelRunner {
  readonly #call: string;
  readonly #model: TensorflowModel;
  readonly #engine: TensorflowEngine;
  #mustWait = false;

  constructor(call: string, model: TensorflowModel, engine: TensorflowEngine) {
    this.#call = call;
    this.#model = model;
    this.#engine = engine;
  }

  /** The model's outputs side by side, or the one chosen: numRows × outputs, row-major. */
  async run(makeInputs: MakeInputs, numRows: number, chosen: number | undefined): Promise<ArrayLike<number>> {
    await this.#engine.ready();
    const outputs = await this.#predict(makeInputs, numRows);
    try {
      return await this.read(chosen === undefined ? outputs : [outputs[chosen]], numRows);
    } finally {
      for (const tensor of outputs) tensor.dispose();
    }
  }

  /** The numbers of outputs, side by side. */
  async read(tensors: readonly TensorLike[], numRows: number): Promise<ArrayLike<number>> {
    const widths = tensors.map((tensor) => this.widthOf(tensor, numRows));
    return joinOutputs(await Promise.all(tensors.map(async (tensor) => tensor.data())), widths, numRows);
  }

  async #predict(makeInputs: MakeInputs, numRows: number): Promise<TensorLike[]> {
    if (!this.#mustWait) {
      try {
        return this.listOutputs(this.#engine.tidy(() => this.#predictNow(makeInputs(), numRows)));
      } catch (error) {
        // The one way in which a GraphModel says that its operations decide what comes next.
        if (typeof this.#model.executeAsync !== "function" || !/executeAsync/.test(String(error))) throw error;
        this.#mustWait = true;
      }
    }
    const inputs = makeInputs();
    try {
      return this.listOutputs(await (this.#model as Required<TensorflowModel>).executeAsync(inputs.length === 1 ? inputs[0] : inputs));
    } finally {
      for (const tensor of inputs) tensor.dispose();
    }
  }

  /** The outputs for inputs that stay; to be called where tensors are tidied up after. */
  predictFrom(inputs: readonly TensorLike[], numRows: number, chosen: number | undefined): TensorLike[] {
    const outputs = this.listOutputs(this.#predictNow(inputs, numRows));
    return chosen === undefined ? outputs : [outputs[chosen]];
  }

  /** Calls `predict` with a batch size that takes all rows at once: the default of 32 costs up to seventy times as long. */
  #predictNow(inputs: readonly TensorLike[], numRows: number): unknown {
    return this.#model.predict(inputs.length === 1 ? inputs[0] : inputs, { batchSize: numRows });
  }

  /** The tensors that a model returned, in the order of its outputs. */
  listOutputs(found: unknown): TensorLike[] {
    if (isTensor(found)) return [found];
    const listed = typeof found === "object" && found !== null ? Object.values(found) : [];
    if (listed.length > 0 && listed.every(isTensor)) return listed;
    const mend = "Pass a LayersModel or a GraphModel.";
    throw new InputError({
      call: this.#call,
      argument: "model.predict",
      expected: "a function that returns tensors",
      received: typeof found,
      mend,
    });
  }

  /** How many numbers a row a tensor holds. @throws InputError unless it holds numbers, row by row */
  widthOf({ shape, dtype }: TensorLike, numRows: number): number {
    const numbers = dtype === "float32" || dtype === "int32" || dtype === "bool";
    if (numbers && shape[0] === numRows) return shape.slice(1).reduce((product, size) => product * size, 1);
    throw new InputError({
      call: this.#call,
      argument: "the model's predictions",
      expected: `tensors of numbers with ${numRows} rows, as many as it was given`,
      received: `${dtype} of shape [${shape.join(", ")}]`,
      mend: "Choose another output with outputTensor, or wrap the model in one that returns numbers row by row.",
    });
  }
}

/** Whether something is a tensor. */
function isTensor(value: unknown): value is TensorLike {
  if (typeof value !== "object" || value === null) return false;
  const { data, dispose, shape } = value as Partial<TensorLike>;
  return typeof data === "function" && typeof dispose === "function" && Array.isArray(shape);
}

/** Outputs of several tensors side by side, row by row. */
function joinOutputs(tensors: readonly ArrayLike<number>[], widths: readonly number[], numRows: number): ArrayLike<number> {
  if (tensors.length === 1) return tensors[0];
  const total = widths.reduce((sum, width) => sum + width, 0);
  const joined = new Float64Array(numRows * total);
  let at = 0;
  tensors.forEach((values, t) => {
    const width = widths[t];
    for (let row = 0; row < numRows; row++) for (let o = 0; o < width; o++) joined[row * total + at + o] = values[row * width + o];
    at += width;
  });
  return joined;
}

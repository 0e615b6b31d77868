import { InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { concatenate } from "../batches.ts";
import { PredictionCheck } from "../prediction-check.ts";
import type { PlannedInput } from "../input-plan.ts";
import type { TensorflowInput } from "./model-inputs.ts";
import { ModelRunner } from "./run-model.ts";
import type { TensorflowEngine, TensorflowModel, TensorLike } from "./tensorflow-types.ts";

/** Rows as the numbers that a differentiable model takes. */
export interface ModelRows {
  /** numRows × width, row-major. */
  readonly values: Float64Array;
  readonly width: number;
  /** For each of the `width` numbers, the name of the column that it was made of. */
  readonly columnNames: readonly string[];
}

/** Predictions at points, and how they change there. */
export interface PointGradients {
  /** numRows × outputs, row-major. */
  readonly values: Float64Array;
  /** numRows × outputs × width, row-major: the derivative of each output by each of the numbers. */
  readonly gradients: Float64Array;
  readonly outputs: number;
}

/** A model whose predictions can be differentiated by its inputs: what `gradientShap` works on. */
export interface DifferentiableModel {
  /** The numbers that the model is given for these rows. @throws InputError where the model has inputs that are not float32 */
  encode(table: Table): ModelRows;
  /** Predictions and their derivatives at any points. @param points - numRows × width, row-major */
  gradientsAt(points: Float64Array, signal?: AbortSignal): Promise<PointGradients>;
}

/** What the gradients share with the predictor that they belong to. */
export interface GradientSettings {
  readonly batchSize: number;
  readonly chosen: number | undefined;
  readonly keepOutputs: readonly number[] | undefined;
  readonly planFor: (table: Table) => PlannedInput<TensorflowInput>[];
  readonly engine: () => TensorflowEngine;
}

const CALL = "gradientShap";

/** Derivatives of a TensorFlow.js model by its inputs, through the engine's tape. */
export class TensorflowGradients implements DifferentiableModel {
  readonly #model: TensorflowModel;
  readonly #settings: GradientSettings;
  readonly #check: PredictionCheck;
  #plan: PlannedInput<TensorflowInput>[] = [];

  constructor(model: TensorflowModel, settings: GradientSettings) {
    this.#model = model;
    this.#settings = settings;
    this.#check = new PredictionCheck(CALL, settings.keepOutputs);
  }

  encode(table: Table): ModelRows {
    this.#plan = this.#settings.planFor(table);
    for (const { input } of this.#plan) {
      if (input.dtype === "float32") continue;
      throw new InputError({
        call: CALL,
        argument: `model input ${JSON.stringify(input.name)}`,
        expected: "of float32, so that predictions can be differentiated by it",
        received: input.dtype,
        mend: "Explain this model with kernelShap.",
      });
    }
    const parts = this.#plan.map(({ encoder }) => ({ encoder, values: encoder.encode(table, 0, table.numRows) }));
    const width = parts.reduce((sum, { encoder }) => sum + encoder.width, 0);
    const values = new Float64Array(table.numRows * width);
    let at = 0;
    for (const { encoder, values: own } of parts) {
      copyColumns(own, encoder.width, 0, values, width, at, encoder.width);
      at += encoder.width;
    }
    const columnNames = parts.flatMap(({ encoder }) => Array.from(encoder.columnOf, (j) => encoder.columns[j].name));
    return { values, width, columnNames };
  }

  async gradientsAt(points: Float64Array, signal?: AbortSignal): Promise<PointGradients> {
    const { batchSize } = this.#settings;
    const width = this.#plan.reduce((sum, { encoder }) => sum + encoder.width, 0);
    const numRows = points.length / width;
    const parts: PointGradients[] = [];
    await this.#settings.engine().ready();
    for (let start = 0; start < numRows; start += batchSize) {
      signal?.throwIfAborted();
      const end = Math.min(numRows, start + batchSize);
      parts.push(await this.#differentiate(points.subarray(start * width, end * width), end - start, width, start));
    }
    if (parts.length === 1) return parts[0];
    return {
      values: concatenate(parts.map(({ values }) => values)),
      gradients: concatenate(parts.map(({ gradients }) => gradients)),
      outputs: parts[0].outputs,
    };
  }

  async #differentiate(points: Float64Array, numRows: number, width: number, firstRow: number): Promise<PointGradients> {
    const { engine: find, chosen, keepOutputs } = this.#settings;
    const engine = find();
    const runner = new ModelRunner(CALL, this.#model, engine);
    const kept: TensorLike[] = [];
    try {
      const inputs = this.#makeInputs(engine, points, numRows, width);
      kept.push(...inputs);
      const outputs = engine.tidy(() => runner.predictFrom(inputs, numRows, chosen)) as TensorLike[];
      kept.push(...outputs);
      const values = this.#check.read(await runner.read(outputs, numRows), numRows, firstRow);
      const places = outputs.flatMap((tensor, t) =>
        Array.from({ length: runner.widthOf(tensor, numRows) }, (_, position) => ({ t, position })),
      );
      const wanted = keepOutputs === undefined ? places : keepOutputs.map((output) => places[output]);
      const gradients = new Float64Array(numRows * wanted.length * width);
      for (const [k, { t, position }] of wanted.entries()) {
        // One way back through the network for each output: the direction is 1 there and 0 elsewhere.
        const direction = makeDirection(engine, outputs[t], position);
        kept.push(direction);
        const found = backward(engine, () => runner.predictFrom(inputs, numRows, chosen)[t], inputs, direction);
        kept.push(...found.filter((tensor) => tensor !== undefined));
        await this.#collect(found, gradients, width, k, wanted.length);
      }
      return { values, gradients, outputs: wanted.length };
    } finally {
      for (const tensor of kept) tensor.dispose();
    }
  }

  #makeInputs(engine: TensorflowEngine, points: Float64Array, numRows: number, width: number): TensorLike[] {
    let at = 0;
    return this.#plan.map(({ input, encoder }) => {
      const own = new Float32Array(numRows * encoder.width);
      copyColumns(points, width, at, own, encoder.width, 0, encoder.width);
      at += encoder.width;
      return engine.makeTensor(own, input.shapeFor(numRows, encoder.width), input.dtype);
    });
  }

  /** Puts one output's derivatives by each input into their places. An input that the output does not depend on has none. */
  async #collect(found: readonly (TensorLike | undefined)[], out: Float64Array, width: number, k: number, outputs: number): Promise<void> {
    let at = 0;
    for (const [i, { encoder }] of this.#plan.entries()) {
      const tensor = found[i];
      if (tensor !== undefined) copyColumns(await tensor.data(), encoder.width, 0, out, width * outputs, k * width + at, encoder.width);
      at += encoder.width;
    }
    const wrong = out.findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return;
    throw new InputError({
      call: CALL,
      argument: "the model's derivatives",
      expected: "finite",
      received: String(out[wrong]),
      where: `output ${k}`,
      mend: "Explain this model with kernelShap, which needs no derivatives.",
    });
  }
}

function backward(
  engine: TensorflowEngine,
  predict: () => TensorLike,
  inputs: readonly TensorLike[],
  direction: TensorLike,
): readonly (TensorLike | undefined)[] {
  try {
    // Only what is returned outlives the scope: the outputs that were computed again on the way do not.
    return engine.tidy(() => engine.gradients(predict, inputs, direction).grads) as readonly (TensorLike | undefined)[];
  } catch (error) {
    // tfjs: "Cannot compute gradient: gradient function not found for …", or "… of y=f(x) with respect to x".
    if (!(error instanceof Error) || !/gradient/i.test(error.message)) throw error;
    throw new InputError({
      call: CALL,
      argument: "model",
      expected: "made of operations that TensorFlow.js can differentiate",
      received: error.message,
      mend: "Explain this model with kernelShap, which needs no derivatives.",
    });
  }
}

/** A tensor shaped as an output: 1 at one position of each row, 0 elsewhere. */
function makeDirection(engine: TensorflowEngine, output: TensorLike, position: number): TensorLike {
  const [numRows] = output.shape;
  const size = output.shape.reduce((product, length) => product * length, 1);
  const ones = new Float32Array(size);
  for (let row = 0; row < numRows; row++) ones[(row * size) / numRows + position] = 1;
  return engine.makeTensor(ones, [...output.shape], "float32");
}

/** Copies `count` neighbouring columns of row-major numbers to another place. */
function copyColumns(
  from: ArrayLike<number>,
  fromWidth: number,
  fromAt: number,
  to: Float64Array | Float32Array,
  toWidth: number,
  toAt: number,
  count: number,
): void {
  const numRows = Math.floor(from.length / fromWidth);
  for (let row = 0; row < numRows; row++) {
    for (let j = 0; j < count; j++) to[row * toWidth + toAt + j] = from[row * fromWidth + fromAt + j];
  }
}

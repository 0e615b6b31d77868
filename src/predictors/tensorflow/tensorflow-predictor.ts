import { refuseUnknownOptions } from "../../errors.ts";
import { toTable, type Table } from "../../table/index.ts";
import { cutRows, predictParts } from "../batches.ts";
import { checkChoice, checkPositions, checkWhole } from "../checks.ts";
import { planInputs, type InputColumns, type PlannedInput } from "../input-plan.ts";
import { Limiter } from "../limiter.ts";
import { PredictionCheck } from "../prediction-check.ts";
import type { NumericInputOptions, OutputOptions, Predictor } from "../predictor.ts";
import { findEngine } from "./find-engine.ts";
import { findOutput, readModelInputs, toInputType, type TensorflowInput } from "./model-inputs.ts";
import { ModelRunner } from "./run-model.ts";
import { TensorflowGradients, type DifferentiableModel } from "./tensorflow-gradients.ts";
import type { TensorflowModel, TensorflowModule } from "./tensorflow-types.ts";

/** Options of {@link tensorflowPredictor}. */
export interface TensorflowPredictorOptions extends NumericInputOptions, OutputOptions {
  /** The module that the model came from. @defaultValue the TensorFlow.js that is loaded */
  readonly tf?: TensorflowModule;
  /** The model's columns in its order, and how it knows categories; by input for a model of several. @defaultValue those of the table */
  readonly columns?: InputColumns;
  /** Rows a call of `model.predict`. @defaultValue 4096 */
  readonly batchSize?: number;
  /** The output tensor to read, by name or position. @defaultValue all of them side by side */
  readonly outputTensor?: string | number;
}

/** A TensorFlow.js model as a function, with what `gradientShap` needs beside. */
export interface TensorflowPredictor extends Predictor {
  readonly differentiable: DifferentiableModel;
}

const CALL = "tensorflowPredictor";
const OPTIONS = ["tf", "columns", "missing", "batchSize", "outputTensor", "keepOutputs"];

/**
 * Makes a function of any TensorFlow.js model (`LayersModel` or `GraphModel`, of tfjs or tfjs-node, on any backend) for `kernelShap`,
 * `exactShap` and `gradientShap`. Rows go to the model in batches of `batchSize`; every tensor made on the way is disposed of, also when the
 * model fails. Predictions have float32's seven digits.
 *
 * Without `columns` the table's numeric columns are taken in their order; with it, columns are found by name, and may be scaled or coded.
 * @returns a function from rows to rows × outputs numbers, row-major
 * @throws InputError for what is no model, columns that do not fit its inputs, and, when it is called, for missing cells, levels unknown to
 * the model and predictions that are not finite numbers
 * @example
 * const model = await tf.loadLayersModel("https://example.org/churn/model.json");
 * const predict = tensorflowPredictor(model, {
 *   columns: [{ name: "age", center: 41, scale: 12 }, { name: "region", levels: ["north", "south"], as: "indicators" }],
 * });
 * const explanation = await kernelShap(predict, { background }).explain(customers);
 * @see https://js.tensorflow.org/api/latest/
 */
export function tensorflowPredictor(model: TensorflowModel, options: TensorflowPredictorOptions = {}): TensorflowPredictor {
  const reading = readOptions(model, options);
  const { batchSize, chosen, inputs } = reading;
  const check = new PredictionCheck(CALL, reading.keepOutputs);
  const limiter = new Limiter(1);
  const planFor = planOnce(inputs, options, reading.missing);
  let runner: ModelRunner | undefined;

  const predict: Predictor = async (batch, context = {}) => {
    const table = toTable(batch, CALL);
    const plan = planFor(table);
    const engine = findEngine(CALL, options.tf);
    runner ??= new ModelRunner(CALL, model, engine);
    const run = runner;
    return predictParts(cutRows(table.numRows, batchSize), limiter, context.signal, async ({ start, end }) => {
      const tensors = plan.map(({ input, encoder }) => {
        const values = toInputType(CALL, input, encoder.encode(table, start, end), encoder.width, start);
        return { values, shape: input.shapeFor(end - start, encoder.width), dtype: input.dtype };
      });
      const makeInputs = () => tensors.map(({ values, shape, dtype }) => engine.makeTensor(values, shape, dtype));
      return check.read(await run.run(makeInputs, end - start, chosen), end - start, start);
    });
  };
  const gradients = new TensorflowGradients(model, { ...reading, planFor, engine: () => findEngine(CALL, options.tf) });
  return Object.assign(predict, { differentiable: gradients });
}

/** Options, checked and with their defaults. */
interface Reading {
  readonly inputs: readonly TensorflowInput[];
  readonly missing: "refuse" | "pass";
  readonly batchSize: number;
  readonly chosen: number | undefined;
  readonly keepOutputs: readonly number[] | undefined;
}

function readOptions(model: TensorflowModel, options: TensorflowPredictorOptions): Reading {
  const inputs = readModelInputs(CALL, model);
  refuseUnknownOptions(CALL, options, OPTIONS);
  if (options.tf !== undefined) findEngine(CALL, options.tf);
  return {
    inputs,
    missing: checkChoice(CALL, "missing", options.missing ?? "refuse", ["refuse", "pass"]),
    batchSize: checkWhole(CALL, "batchSize", options.batchSize ?? 4096, 1),
    chosen: findOutput(CALL, model, options.outputTensor),
    keepOutputs: checkPositions(CALL, "keepOutputs", options.keepOutputs),
  };
}

/** The plan by which a table's columns feed the model's inputs. */
type PlanFor = (table: Table) => PlannedInput<TensorflowInput>[];

/** Columns that the caller listed are checked at once; those of the table at the first batch, and then they stay. */
function planOnce(inputs: readonly TensorflowInput[], { columns }: TensorflowPredictorOptions, missing: "refuse" | "pass"): PlanFor {
  let plan = columns === undefined ? undefined : planInputs(CALL, inputs, columns, [], missing);
  return (table) => (plan ??= planInputs(CALL, inputs, columns, table.columnNames, missing));
}

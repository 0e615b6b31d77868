import { refuseUnknownOptions } from "../../errors.ts";
import { toTable } from "../../table/index.ts";
import { cutRows, predictParts } from "../batches.ts";
import { checkChoice, checkPositions, checkWhole } from "../checks.ts";
import { planInputs, type InputColumns, type PlannedInput } from "../input-plan.ts";
import { Limiter } from "../limiter.ts";
import { PredictionCheck } from "../prediction-check.ts";
import type { NumericInputOptions, OutputOptions, Predictor } from "../predictor.ts";
import { makeOnnxTensor, readOnnxInputs, type OnnxInput, type OnnxInputType } from "./onnx-inputs.ts";
import { chooseOutput, readOnnxOutput } from "./onnx-outputs.ts";
import type { OnnxSession } from "./onnx-types.ts";

/** Options of {@link onnxPredictor}. */
export interface OnnxPredictorOptions extends NumericInputOptions, OutputOptions {
  /** The model's columns in its order, and how it knows categories; by input for a model of several. @defaultValue those of the table */
  readonly columns?: InputColumns;
  /** The type of the inputs, all or by name. @defaultValue what the session says, else float32 */
  readonly inputTypes?: OnnxInputType | Readonly<Record<string, OnnxInputType>>;
  /** The output to read. @defaultValue the only one, the only one of floating point, or the one with "prob" in its name */
  readonly outputTensor?: string;
  /** Rows a call of `session.run`. @defaultValue 4096 */
  readonly batchSize?: number;
  /** Calls of `session.run` at once; more than one where the runtime allows it. @defaultValue 1 */
  readonly concurrency?: number;
}

const CALL = "onnxPredictor";
const OPTIONS = ["columns", "missing", "inputTypes", "outputTensor", "keepOutputs", "batchSize", "concurrency"];

/**
 * Makes a function of an ONNX model, opened by onnxruntime-node or onnxruntime-web, for `kernelShap` and `exactShap`. Of a model with one
 * input the rows go in as one tensor (rows × columns); of one with an input for each column, as sklearn pipelines have them, the inputs are
 * found by the columns' names. Inputs of type string get the names of levels.
 * @returns a function from rows to rows × outputs numbers, row-major
 * @throws InputError for what is no session, columns that do not fit its inputs, an output that must be chosen, and, when it is called, for
 * missing cells, levels unknown to the model and predictions that are not finite numbers
 * @example
 * const session = await ort.InferenceSession.create("churn.onnx");
 * const predict = onnxPredictor(session, { columns: ["age", "income"], keepOutputs: [1] }); // the probability of the second class
 * @see https://onnxruntime.ai/docs/api/js/interfaces/InferenceSession-1.html
 */
export function onnxPredictor(session: OnnxSession, options: OnnxPredictorOptions = {}): Predictor {
  refuseUnknownOptions(CALL, options, OPTIONS);
  const inputs = readOnnxInputs(CALL, session, options.inputTypes);
  const output = chooseOutput(CALL, session, options.outputTensor);
  const missing = checkChoice(CALL, "missing", options.missing ?? "refuse", ["refuse", "pass"]);
  const batchSize = checkWhole(CALL, "batchSize", options.batchSize ?? 4096, 1);
  const limiter = new Limiter(checkWhole(CALL, "concurrency", options.concurrency ?? 1, 1));
  const check = new PredictionCheck(CALL, checkPositions(CALL, "keepOutputs", options.keepOutputs));
  let plan: PlannedInput<OnnxInput>[] | undefined =
    options.columns === undefined ? undefined : planInputs(CALL, inputs, options.columns, [], missing);

  return async (batch, context = {}) => {
    const table = toTable(batch, CALL);
    const planned = (plan ??= planInputs(CALL, inputs, undefined, table.columnNames, missing));
    return predictParts(cutRows(table.numRows, batchSize), limiter, context.signal, async ({ start, end }) => {
      const feeds = Object.fromEntries(planned.map((one) => [one.input.name, makeOnnxTensor(CALL, one, table, start, end)]));
      const found = await session.run(feeds, [output]);
      return check.read(await readOnnxOutput(CALL, output, found[output], end - start), end - start, start);
    });
  };
}

import { InputError, listNames } from "../../errors.ts";
import { refuse } from "../checks.ts";
import type { TensorDescription, TensorflowModel } from "./tensorflow-types.ts";

/** How the numbers of an input are held. */
type InputType = "float32" | "int32" | "bool";

/** An input as `planInputs` wants it, with what is needed to make its tensor. */
export interface TensorflowInput {
  readonly name: string;
  readonly width?: number;
  readonly dtype: InputType;
  /** The tensor's shape for so many rows of so many numbers. */
  shapeFor(numRows: number, width: number): number[];
}

/** Checks that this is a model, and reads what its inputs are. @throws InputError for anything else */
export function readModelInputs(call: string, model: TensorflowModel): TensorflowInput[] {
  if (typeof model !== "object" || model === null || typeof model.predict !== "function") {
    const mend = "Load it with tf.loadLayersModel or tf.loadGraphModel, and await it.";
    throw refuse(call, "model", "a LayersModel or a GraphModel of TensorFlow.js", model, mend);
  }
  const { inputs } = model;
  if (!Array.isArray(inputs) || inputs.length === 0 || !Array.isArray(model.outputs) || model.outputs.length === 0) {
    throw refuse(
      call,
      "model",
      "a model that knows its inputs and outputs",
      inputs,
      "Give its first layer an inputShape, or call model.build.",
    );
  }
  const names = namesOf(model.inputNames, inputs);
  return inputs.map((input: TensorDescription, i) => readInput(call, names[i], input));
}

/** A LayersModel names inputs and outputs apart from their tensors, in the same order; a Sequential leaves those lists empty. */
function namesOf(names: readonly string[] | undefined, tensors: readonly TensorDescription[]): readonly string[] {
  return names?.length === tensors.length ? names : tensors.map(({ name }) => name);
}

function readInput(call: string, name: string, { shape, dtype = "float32" }: TensorDescription): TensorflowInput {
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    const argument = `model input ${JSON.stringify(name)}`;
    throw refuse(call, argument, "of float32, int32 or bool", dtype, "Wrap the model in one that takes numbers.");
  }
  const known = shape === undefined || shape === null ? undefined : shape.slice(1);
  const free = known?.filter((size) => size === null || size < 0).length ?? 0;
  if (known === undefined || (known.length === 1 && free === 1)) {
    return { name, dtype, shapeFor: (numRows, width) => [numRows, width] };
  }
  if (free > 0) {
    throw new InputError({
      call,
      argument: `model input ${JSON.stringify(name)}`,
      expected: "of one known shape",
      received: `[${(shape as readonly (number | null)[]).join(", ")}]`,
      mend: "Wrap the model in one that reshapes rows of fixed length.",
    });
  }
  const sizes = known as readonly number[];
  return { name, dtype, width: sizes.reduce((product, size) => product * size, 1), shapeFor: (numRows) => [numRows, ...sizes] };
}

/**
 * The position of the output to read, or undefined for all.
 * @throws InputError when there is no such output
 */
export function findOutput(call: string, model: TensorflowModel, output: string | number | undefined): number | undefined {
  if (output === undefined) return undefined;
  const names = namesOf(model.outputNames, model.outputs);
  const position = typeof output === "number" ? output : names.indexOf(output);
  if (Number.isInteger(position) && position >= 0 && position < names.length) return position;
  throw refuse(call, "outputTensor", `one of ${listNames(names)}, or its position`, output, "Leave it out for all outputs side by side.");
}

/** Numbers as an input of this type holds them. @throws InputError for what it cannot hold */
export function toInputType(
  call: string,
  { name, dtype }: TensorflowInput,
  values: Float64Array,
  width: number,
  firstRow: number,
): Float32Array | Int32Array | Uint8Array {
  if (dtype === "float32") return Float32Array.from(values);
  const [low, high] = dtype === "bool" ? [0, 1] : [-0x80000000, 0x7fffffff];
  const wrong = values.findIndex((value) => !(Number.isInteger(value) && value >= low && value <= high));
  if (wrong < 0) return dtype === "bool" ? Uint8Array.from(values) : Int32Array.from(values);
  throw new InputError({
    call,
    argument: `model input ${JSON.stringify(name)}`,
    expected: `given whole numbers, as it is of ${dtype}`,
    received: Number.isNaN(values[wrong]) ? "a missing cell" : String(values[wrong]),
    where: `row ${firstRow + Math.floor(wrong / width)}`,
    mend: "Check the columns that feed this input.",
  });
}

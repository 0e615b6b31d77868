import { describeReceived, InputError, listNames } from "../../errors.ts";
import { refuse } from "../checks.ts";
import type { OnnxSession } from "./onnx-types.ts";

/**
 * The output to ask for: the one named, the only one, the only one of floating point, or the only one called something with "prob".
 * @throws InputError when that leaves a choice
 */
export function chooseOutput(call: string, session: OnnxSession, output: string | undefined): string {
  const names = session.outputNames;
  if (output !== undefined) {
    if (names.includes(output)) return output;
    throw refuse(call, "outputTensor", `one of ${listNames(names)}`, output, "See session.outputNames.");
  }
  const floats = session.outputMetadata?.filter(({ isTensor, type }) => isTensor !== false && type?.startsWith("float")) ?? [];
  const likely = names.filter((name) => /prob/i.test(name));
  const chosen = names.length === 1 ? names[0] : floats.length === 1 ? floats[0].name : likely.length === 1 ? likely[0] : undefined;
  if (chosen !== undefined) return chosen;
  const expected = `one of ${listNames(names)}, as the model has several outputs`;
  throw refuse(call, "outputTensor", expected, undefined, "Name the one to explain, for example the probabilities.");
}

const NUMERIC = new Set([
  "float32",
  "float64",
  "float16",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "bool",
]);

/** The numbers of an output tensor, wherever they lie. @throws InputError for what is no tensor of numbers with a row for each row */
export async function readOnnxOutput(call: string, name: string, found: unknown, numRows: number): Promise<ArrayLike<number | bigint>> {
  const argument = `output ${JSON.stringify(name)}`;
  const { type, dims, data, location, getData, dispose } = (found ?? {}) as Partial<FoundTensor>;
  if (typeof type !== "string" || !Array.isArray(dims)) {
    const mend = 'Convert the model with ZipMap off (skl2onnx: options={"zipmap": False}), or choose another outputTensor.';
    throw new InputError({ call, argument, expected: "a tensor", received: describeReceived(found), mend });
  }
  try {
    const halves = type === "float16" && !(data?.constructor.name === "Float16Array");
    if (!NUMERIC.has(type) || halves || dims[0] !== numRows) {
      const expected = `a tensor of numbers with ${numRows} rows, as many as it was given`;
      const mend = "Choose another output with outputTensor, such as the probabilities.";
      throw new InputError({ call, argument, expected, received: `${type} of shape [${dims.join(", ")}]`, mend });
    }
    const onDevice = location !== undefined && location !== "cpu" && location !== "cpu-pinned" && typeof getData === "function";
    return onDevice ? await getData.call(found) : (data as ArrayLike<number | bigint>);
  } finally {
    // Frees what lies on a device; numbers that were read stay.
    if (location !== undefined && location !== "cpu" && typeof dispose === "function") dispose.call(found);
  }
}

interface FoundTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | bigint>;
  readonly location: string;
  getData(): Promise<ArrayLike<number | bigint>>;
  dispose(): void;
}

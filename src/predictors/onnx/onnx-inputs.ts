import { InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { checkChoice, refuse } from "../checks.ts";
import type { PlannedInput } from "../input-plan.ts";
import type { OnnxSession, OnnxTensor, OnnxValueDescription } from "./onnx-types.ts";

/** What the numbers of an ONNX input may be; `string` for inputs that take the names of levels. */
export type OnnxInputType = "float32" | "float64" | "int64" | "int32" | "bool" | "string";

/** An ONNX input as `planInputs` wants it. */
export interface OnnxInput {
  readonly name: string;
  readonly width?: number;
  readonly type: OnnxInputType;
  /** Whether the model takes a list of numbers rather than a table of one column. */
  readonly flat: boolean;
}

const TYPES: readonly OnnxInputType[] = ["float32", "float64", "int64", "int32", "bool", "string"];

/** Checks that this is a session, and reads what its inputs are. @throws InputError for anything else */
export function readOnnxInputs(call: string, session: OnnxSession, types: unknown): OnnxInput[] {
  const isSession = typeof session === "object" && session !== null && typeof session.run === "function";
  if (!isSession || !Array.isArray(session.inputNames) || !Array.isArray(session.outputNames)) {
    const mend = "Write await ort.InferenceSession.create(file).";
    throw refuse(call, "session", "an InferenceSession of onnxruntime-node or onnxruntime-web", session, mend);
  }
  return session.inputNames.map((name: string) => {
    const known = session.inputMetadata?.find((one) => one.name === name);
    const type = checkChoice(call, `input ${JSON.stringify(name)}`, typeOf(types, name) ?? known?.type ?? "float32", TYPES);
    return { name, type, flat: known?.shape?.length === 1, ...widthOf(known) };
  });
}

function typeOf(types: unknown, name: string): unknown {
  if (typeof types !== "object" || types === null) return types;
  return (types as Readonly<Record<string, unknown>>)[name];
}

function widthOf(known: OnnxValueDescription | undefined): { width?: number } {
  const width = known?.shape?.length === 1 ? 1 : known?.shape?.length === 2 ? known.shape[1] : undefined;
  // A free size is a name, or a number beyond all tables (onnxruntime-web 1.30 says 2^32 - 1).
  return typeof width === "number" && width > 0 && width < 0x7fffffff ? { width } : {};
}

/** What a type of whole numbers can hold. */
const HOLDS: Readonly<Record<"int64" | "int32" | "bool", (value: number) => boolean>> = {
  int64: (value) => Number.isSafeInteger(value),
  int32: (value) => (value | 0) === value,
  bool: (value) => value === 0 || value === 1,
};

/** The tensor for rows from `start` up to `end`. @throws InputError for cells that the input's type cannot hold */
export function makeOnnxTensor(
  call: string,
  { input, encoder }: PlannedInput<OnnxInput>,
  table: Table,
  start: number,
  end: number,
): OnnxTensor {
  const { name, type, flat } = input;
  const numRows = end - start;
  const dims = flat ? [numRows] : [numRows, encoder.width];
  if (type === "string") return { type, data: encoder.readLabels(table, start, end), dims, location: "cpu" };
  const values = encoder.encode(table, start, end);
  if (type === "float64") return { type, data: values, dims, location: "cpu" };
  if (type === "float32") return { type, data: Float32Array.from(values), dims, location: "cpu" };
  const wrong = values.findIndex((value) => !HOLDS[type](value));
  if (wrong >= 0) {
    throw new InputError({
      call,
      argument: `input ${JSON.stringify(name)}`,
      expected: type === "bool" ? "given 0 or 1, as it is of bool" : `given whole numbers, as it is of ${type}`,
      received: Number.isNaN(values[wrong]) ? "a missing cell" : String(values[wrong]),
      where: `row ${start + Math.floor(wrong / encoder.width)}`,
      mend: "Check the columns that feed this input, or name its type in inputTypes.",
    });
  }
  if (type === "int64") return { type, data: BigInt64Array.from(values, BigInt), dims, location: "cpu" };
  return { type, data: type === "int32" ? Int32Array.from(values) : Uint8Array.from(values, Number), dims, location: "cpu" };
}

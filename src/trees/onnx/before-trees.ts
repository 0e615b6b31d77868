import { NodeAttributes } from "./attributes.ts";
import { DOUBLE, FLOAT, type OnnxNode } from "./model-file.ts";
import type { Columns, Known } from "./scores.ts";

/**
 * What a node makes of columns and constants alone.
 *
 * @returns null where the operator is not understood.
 */
export function beforeTrees(call: string, node: OnnxNode, from: readonly Known[]): Known | null {
  const attributes = new NodeAttributes(call, node);
  const [first] = from;
  if (node.operator === "Constant") return readConstant(node);
  if (first === undefined) return null;
  if (node.operator === "Identity" && from.length === 1) return first;
  if (node.operator === "Cast" && from.length === 1) return cast(first, attributes.whole("to", 0, 0, 64));
  const joins =
    node.operator === "FeatureVectorizer" || (node.operator === "Concat" && [1, -1].includes(attributes.whole("axis", 1, -8, 8)));
  const columns = from.filter((one) => one.kind === "columns");
  if (!joins || columns.length < from.length) return null;
  // Joined values are of one type, but the operator FeatureVectorizer gives float32 whatever it takes.
  const cells = node.operator === "FeatureVectorizer" ? "float32" : columns[0].cells;
  return { kind: "columns", columns: columns.flatMap((one) => one.columns), cells };
}

function readConstant({ attributes }: OnnxNode): Known | null {
  const tensor = attributes.get("value")?.tensor;
  if (tensor) return { kind: "constant", values: tensor.values };
  const number = attributes.get("value_float")?.float ?? attributes.get("value_int")?.whole;
  if (number !== null && number !== undefined) return { kind: "constant", values: Float64Array.of(number) };
  const numbers = attributes.get("value_floats")?.floats ?? attributes.get("value_ints")?.wholes;
  return numbers ? { kind: "constant", values: Float64Array.from(numbers) } : null;
}

function cast(from: Known, type: number): Known | null {
  if (from.kind === "constant") return { ...from, values: type === FLOAT ? from.values.map(Math.fround) : from.values };
  if (from.kind !== "columns") return null;
  if (type === FLOAT) return { ...from, cells: "float32" };
  // What was rounded to float32 stays so.
  return type === DOUBLE ? from : null;
}

/** Whether a tensor's elements can be columns, and in which precision trees compare them. */
export function cellType(elementType: number): Columns["cells"] | null {
  if (elementType === DOUBLE) return "float64";
  // Whole numbers are compared with thresholds in float32.
  return [FLOAT, 2, 3, 4, 5, 6, 7, 9].includes(elementType) ? "float32" : null;
}

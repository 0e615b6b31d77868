import { InputError } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { defaultNames } from "../model-names.ts";
import { cellType } from "./before-trees.ts";
import type { OnnxGraph, OnnxValue } from "./model-file.ts";
import type { Columns } from "./scores.ts";

/** The model's columns and where they enter the graph. */
export interface GraphColumns {
  readonly names: readonly string[];
  readonly inputs: ReadonlyMap<string, Columns>;
}

/** An input of numbers: rows × width; null where the width is free. */
interface NumberInput {
  readonly name: string;
  readonly cells: Columns["cells"];
  readonly width: number | null;
}

/** More columns than this would be a number in a damaged file. */
const MOST_COLUMNS = 100_000;

/** @throws InputError where the number of columns cannot be told, or is not that of the names */
export function readColumns(call: string, graph: OnnxGraph, featureNames: readonly string[] | undefined): GraphColumns {
  const numbers = graph.inputs.filter(({ name }) => !graph.constants.has(name)).flatMap(readInput);
  const widths = numbers.map(({ width }) => width ?? (numbers.length === 1 ? (featureNames?.length ?? countColumns(call, graph)) : 1));
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (!(total > 0 && total <= MOST_COLUMNS)) throw damagedFile(call, "the number of columns", `from 1 to ${MOST_COLUMNS}`, String(total));
  if (featureNames !== undefined) checkNames(call, featureNames, total);
  const inputs = new Map<string, Columns>();
  const names: string[] = [];
  for (const [i, { name, cells }] of numbers.entries()) {
    inputs.set(name, { kind: "columns", columns: Array.from({ length: widths[i] }, (_, j) => names.length + j), cells });
    if (widths[i] === 1) names.push(name);
    else for (let j = 0; j < widths[i]; j++) names.push(`${name}_${j}`);
  }
  return { names: featureNames ?? (numbers.length === 1 ? defaultNames(call, total) : names), inputs };
}

function readInput({ name, elementType, shape }: OnnxValue): NumberInput[] {
  const cells = cellType(elementType);
  if (cells === null || (shape !== null && shape.length > 2)) return [];
  return [{ name, cells, width: shape?.length === 2 ? shape[1] : null }];
}

/** As many columns as the trees test. */
function countColumns(call: string, { nodes }: OnnxGraph): number {
  let most = -1;
  for (const { attributes } of nodes) for (const id of attributes.get("nodes_featureids")?.wholes ?? []) most = Math.max(most, id);
  if (most >= 0) return most + 1;
  throw damagedFile(call, "the number of columns", "told by the graph's input", "none");
}

function checkNames(call: string, names: readonly string[], count: number): void {
  const isNames = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (isNames && names.length === count && new Set(names).size === count) return;
  throw new InputError({
    call,
    argument: "featureNames",
    expected: `${count} distinct texts, one a column`,
    received: isNames ? `${names.length}, ${new Set(names).size} of them distinct` : "something else",
    mend: "Name the columns in the order that the model was trained on.",
  });
}

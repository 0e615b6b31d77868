import { damagedFile } from "../damaged-file.ts";

/** `key=value` lines; a key alone has the value "". */
export type Fields = ReadonlyMap<string, string>;

/** The parts of a LightGBM model file. */
export interface LightgbmFile {
  readonly header: Fields;
  readonly trees: readonly Fields[];
  /** Training parameters; empty where the file lists none. */
  readonly parameters: Fields;
  /** The text after `pandas_categorical:`, which the Python package writes; null where there is none. */
  readonly pandasCategorical: string | null;
}

/** Splits the text into its parts. @throws InputError where the file ends too early or trees are out of order. */
export function splitLightgbmText(call: string, text: string): LightgbmFile {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf("end of trees");
  if (end < 0) throw endsEarly(call, '"end of trees"');
  const starts: number[] = [];
  for (let i = 0; i < end; i++) if (lines[i].startsWith("Tree=")) starts.push(i);
  const trees = starts.map((start, t) => readFields(lines, start, starts[t + 1] ?? end));
  for (const [t, tree] of trees.entries()) {
    if (tree.get("Tree") !== String(t)) throw damagedFile(call, "the number of a tree", String(t), tree.get("Tree") ?? "none");
  }
  const header = readFields(lines, 0, starts[0] ?? end);
  const numTrees = header.get("tree_sizes")?.split(" ").filter(Boolean).length;
  if (numTrees !== undefined && numTrees !== trees.length) {
    throw damagedFile(call, "the number of trees", `${numTrees}, as the header counts them`, String(trees.length));
  }
  return { header, trees, ...readTail(call, lines.slice(end + 1)) };
}

function readFields(lines: readonly string[], start: number, end: number): Fields {
  const fields = new Map<string, string>();
  for (let i = start; i < end; i++) {
    const equals = lines[i].indexOf("=");
    if (equals >= 0) fields.set(lines[i].slice(0, equals), lines[i].slice(equals + 1).trim());
    else if (lines[i] !== "") fields.set(lines[i].trim(), "");
  }
  return fields;
}

/** What follows the trees: parameters as `[name: value]`, and the categories of pandas columns. */
function readTail(call: string, lines: readonly string[]): Pick<LightgbmFile, "parameters" | "pandasCategorical"> {
  const parameters = new Map<string, string>();
  const start = lines.indexOf("parameters:");
  const end = lines.indexOf("end of parameters");
  if (start >= 0 && end < start) throw endsEarly(call, '"end of parameters"');
  for (const line of start < 0 ? [] : lines.slice(start + 1, end)) {
    const [, name, value] = /^\[([^:]*): (.*)\]$/.exec(line) ?? [];
    if (name !== undefined) parameters.set(name, value);
  }
  const mark = "pandas_categorical:";
  const categories = lines.find((line) => line.startsWith(mark));
  return { parameters, pandasCategorical: categories?.slice(mark.length) ?? null };
}

function endsEarly(call: string, mark: string): Error {
  return damagedFile(call, "the file", `whole, with the line ${mark}`, "a file that ends before it");
}

import { InputError, listNames } from "../../errors.ts";
import type { WalkedGraph } from "./graph.ts";
import type { OnnxGraph } from "./model-file.ts";
import type { Scores } from "./scores.ts";

/** The scores that the graph gives out. @throws InputError where there are none, several, or none of the name that is asked for */
export function chooseScores(call: string, graph: OnnxGraph, { known, numForests }: WalkedGraph, name: string | undefined): Scores {
  const names = graph.outputs.map((output) => output.name);
  if (name !== undefined && !names.includes(name)) throw noSuchOutput(call, name, names);
  const found = new Map<string, Scores>();
  for (const output of name === undefined ? names : [name]) {
    const value = known.get(output);
    if (value?.kind === "scores") found.set(output, value);
  }
  const [scores] = found.values();
  if (scores === undefined) throw notUnderstood(call, numForests, name === undefined ? names : [name], known);
  if (new Set(found.values()).size === 1) return scores;
  throw new InputError({
    call,
    argument: "the graph",
    expected: "with one output that trees add up to",
    received: listNames([...found.keys()]),
    mend: "Choose one with the option output.",
  });
}

function notUnderstood(call: string, numForests: number, outputs: readonly string[], known: WalkedGraph["known"]): InputError {
  const values = outputs.map((output) => known.get(output)).filter((value) => value?.kind === "unknown");
  // A label is no answer; what else was lost is.
  const lost = values.find(({ because }) => !because.startsWith("the label")) ?? values[0];
  const received = numForests === 0 ? "a graph without trees" : (lost?.because ?? "outputs that no tree leads to");
  return new InputError({
    call,
    argument: "the graph",
    expected: "trees with casts, constant sums and products, links and choices of columns around them",
    received,
    mend: "Convert the trees alone, without the steps before and after them, or explain the model's predictions with onnxPredictor and kernelShap.",
  });
}

function noSuchOutput(call: string, name: string, names: readonly string[]): InputError {
  return new InputError({
    call,
    argument: "output",
    expected: `one of the graph's outputs, ${listNames(names)}`,
    received: JSON.stringify(name),
    mend: "Correct the name, or leave it out where trees lead to one output alone.",
  });
}

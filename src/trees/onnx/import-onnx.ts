import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { checkSums, LARGEST_FLOAT32 } from "../check-model.ts";
import { outputLink } from "../output-link.ts";
import { isOnnx, recogniseBytes, recogniseText, strangeFile } from "../stranger-formats.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { checkFeatureNames } from "../model-names.ts";
import { chooseScores } from "./choose-output.ts";
import { readColumns } from "./graph-inputs.ts";
import { walkGraph } from "./graph.ts";
import { joinForests } from "./join-forests.ts";
import { readOnnxGraph } from "./model-file.ts";
import { checkProbit, describeUnits } from "./score-range.ts";
import type { Scores } from "./scores.ts";

const CALL = "importOnnx";

export interface ImportOnnxOptions {
  /** Names of the columns, in the order of the graph's input: ONNX files do not hold them. @defaultValue `x0`, `x1`, …; the input's name where each column is an input */
  readonly featureNames?: readonly string[];
  /** The output of the graph to explain. @defaultValue the only one that trees add up to */
  readonly output?: string;
}

/**
 * Reads a model of trees from ONNX: the operators TreeEnsembleRegressor and TreeEnsembleClassifier of ai.onnx.ml 1 to 3 and TreeEnsemble of
 * ai.onnx.ml 5, as converters write them for scikit-learn, LightGBM, XGBoost and CatBoost, with casts, constant sums and products, links and
 * choices of columns around them. Predictions are onnxruntime's: to the rounding of its sums, in float32 where the graph's input is.
 *
 * A classifier of two classes whose weights are all of one has one output, named after the second class. Columns that are compared by
 * equality with whole numbers alone are categories. Trees in ONNX rarely know their covers: without them, `treeShap` needs a background.
 *
 * @param file - The file's bytes.
 * @throws InputError for any other kind of file, by its name, for a file that is damaged, and for a graph with operators that are not understood, by
 * their names.
 * @example
 * const ensemble = importOnnx(await readFile("model.onnx"), { featureNames: ["age", "income"] });
 * const predictions = ensemble.predict([{ age: 41, income: 52_000 }]);
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
 */
export function importOnnx(file: Uint8Array, options: ImportOnnxOptions = {}): TreeEnsemble {
  refuseUnknownOptions(CALL, options, ["featureNames", "output"]);
  const graph = readOnnxGraph(CALL, checkBytes(file));
  const { names, inputs } = readColumns(CALL, graph, options.featureNames);
  checkFeatureNames(CALL, names, names.length);
  const scores = chooseScores(CALL, graph, walkGraph(CALL, graph, inputs), options.output);
  return build(scores, names);
}

function build(scores: Scores, names: readonly string[]): TreeEnsemble {
  const { bases, link, outputNames, objective, isSingle, warnings } = scores;
  const { nodes, isCategory } = joinForests(CALL, scores.forests, names.length, outputNames.length);
  const baseScores = Float64Array.from(bases);
  checkSums(CALL, nodes, baseScores, isSingle ? LARGEST_FLOAT32 : Number.MAX_VALUE);
  if (link === "probit") checkProbit(CALL, nodes, baseScores);
  const units = describeUnits(scores, nodes, baseScores);
  return new TreeEnsemble({
    format: "onnx",
    objective,
    features: names.map((name, j) => ({ name, kind: isCategory[j] ? "categorical" : "numeric", levels: null })),
    outputNames,
    nodes,
    baseScores,
    link: outputLink(link, units === null ? {} : { units }),
    ...(isSingle
      ? { singlePrecision: { baseScores: Float32Array.from(baseScores), leafValues: Float32Array.from(nodes.leafValues), basesLast: true } }
      : {}),
    categoryRule: scores.forests[0].cells === "float32" ? "wholeFloat32" : "whole",
    warnings: warnings.map((message) => ({ name: "post-transform", message })),
  });
}

function checkBytes(file: unknown): Uint8Array {
  const expected = "an ONNX model";
  const mend = "Pass the whole bytes of the file: read it without an encoding.";
  if (!(file instanceof Uint8Array)) {
    throw new InputError({ call: CALL, argument: "model", expected: "a Uint8Array", received: describeReceived(file), mend });
  }
  if (isOnnx(file)) return file;
  const known = recogniseBytes(file) ?? recogniseText(new TextDecoder().decode(file.subarray(0, 1000)));
  throw strangeFile(CALL, expected, known ?? { what: `${file.length} bytes of another kind`, mend });
}

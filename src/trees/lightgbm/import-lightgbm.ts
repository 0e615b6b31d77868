import { describeReceived, InputError, listNames } from "../../errors.ts";
import { checkSums, findCategorical } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import { describeFeatures } from "./features.ts";
import { readObjective } from "./objective.ts";
import { splitLightgbmText, type Fields } from "./text.ts";
import { readCount } from "./tokens.ts";
import { draftLightgbmTree } from "./tree.ts";
import { checkFeatureNames, nameOutputs } from "../model-names.ts";
import { readModelText, type Reader } from "../model-text.ts";
import type { TreeNodes } from "../nodes.ts";
import { LIGHTGBM, recogniseJson, strangeFile } from "../stranger-formats.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";

const CALL = "importLightgbm";
const READER: Reader = {
  call: CALL,
  expected: "a LightGBM model in text",
  mend: 'Save it with booster.save_model("model.txt") and pass the whole text or bytes of that file.',
};
const VERSIONS = ["v2", "v3", "v4"];

/**
 * Reads a model that LightGBM 2.2 to 4.x saved with `save_model("model.txt")`: every booster, linear trees too, with
 * categorical splits and the categories of pandas columns. Predictions are LightGBM's own. For random forests (`boosting=rf`) the raw score
 * is, as in LightGBM, the sum over trees; the response comes from its average.
 *
 * Cover is the count of training rows.
 *
 * @param file - The file's text, or its bytes in UTF-8.
 * @throws InputError for any other kind of file, by its name, and for a file that is damaged.
 * @example
 * const ensemble = importLightgbm(await readFile("model.txt", "utf8"));
 * const predictions = ensemble.predict([{ age: 41, income: 52_000 }]);
 */
export function importLightgbm(file: Uint8Array | string): TreeEnsemble {
  const model = splitLightgbmText(CALL, readLightgbmText(file));
  const { header } = model;
  checkVersion(header);
  const reader = { call: CALL, fields: header, where: "the header" };
  const names = header.get("feature_names")?.split(" ") ?? [];
  checkFeatureNames(CALL, names, readCount(reader, "max_feature_idx", 0) + 1);
  const numOutputs = readCount(reader, "num_tree_per_iteration", 1);
  const numIterations = countIterations(model.trees.length, numOutputs);
  const trees = model.trees.map((fields, t) => draftLightgbmTree({ call: CALL, fields, where: `tree ${t}` }, t % numOutputs));
  const nodes = joinTrees({ call: CALL, trees, numFeatures: names.length, leafWidth: 1 });
  sumCovers(nodes);
  const baseScores = new Float64Array(numOutputs);
  checkSums(CALL, nodes, baseScores, Number.MAX_VALUE);
  const objective = header.get("objective") ?? "";
  const { link, warnings } = readObjective(CALL, objective, header.has("average_output") ? numIterations : 1);
  const described = describeFeatures(CALL, model, names, findCategorical(CALL, nodes, names));
  return new TreeEnsemble({
    format: "lightgbm",
    objective,
    features: described.features,
    outputNames: nameOutputs(numOutputs, "class"),
    nodes,
    baseScores,
    link,
    categoryRule: "int32",
    warnings: [...warnings, ...described.warnings],
  });
}

/** The text from its first line on; another format is refused by its name. */
function readLightgbmText(file: Uint8Array | string): string {
  const text = readModelText(READER, file, LIGHTGBM).trimStart();
  if (/^tree\r?\n/.test(text)) return text;
  throw strangeFile(CALL, READER.expected, recogniseJson(parseJson(text)) ?? { what: "text of another kind", mend: READER.mend });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checkVersion(header: Fields): void {
  const version = header.get("version");
  if (version !== undefined && VERSIONS.includes(version)) return;
  throw new InputError({
    call: CALL,
    argument: "version",
    expected: `one of ${listNames(VERSIONS)}`,
    received: describeReceived(version),
    where: "the header",
    mend: "Save the model with LightGBM 2.2 to 4.x.",
  });
}

function countIterations(numTrees: number, treesPerIteration: number): number {
  if (numTrees > 0 && numTrees % treesPerIteration === 0) return numTrees / treesPerIteration;
  throw damagedFile(CALL, "the number of trees", `a multiple of ${treesPerIteration}, above 0`, String(numTrees));
}

/** A test's cover is that of its two children, which stand after it. */
function sumCovers({ left, right, cover }: TreeNodes): void {
  for (let i = cover.length - 1; i >= 0; i--) if (left[i] >= 0) cover[i] = cover[left[i]] + cover[right[i]];
}

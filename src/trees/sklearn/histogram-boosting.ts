import { checkSums, findCategorical } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import type { ModelFeature } from "../encoded-rows.ts";
import { readNumbers } from "../json-numbers.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { nameColumns } from "./features.ts";
import type { HistogramFile } from "./file.ts";
import { draftHistogramTree, MOST_CATEGORIES, readCodes } from "./histogram-tree.ts";
import { readLoss } from "./objective.ts";
import { nameBoostedOutputs } from "./outputs.ts";

/** Histogram gradient boosting, with categories by name or by code. @throws InputError where the file is damaged */
export function buildHistogramBoosting(call: string, file: HistogramFile): TreeEnsemble {
  const { estimator, trees, nFeatures } = file;
  const baseScores = readNumbers({ call, name: "baseline" }, file.baseline, file.baseline.length);
  const numOutputs = baseScores.length;
  if (numOutputs > trees.length) throw damagedFile(call, "baseline", `at most ${trees.length} numbers`, String(numOutputs));
  const names = nameColumns(call, file);
  const levels = readLevels(call, file, names);
  const knownCodes = names.map((_, j) => readKnownCodes(call, file, levels[j], j));
  const drafts = trees.map((json, t) =>
    draftHistogramTree({ call, where: `tree ${t}`, numFeatures: nFeatures, numOutputs, knownCodes }, json),
  );
  const nodes = joinTrees({ call, trees: drafts, numFeatures: nFeatures, leafWidth: 1 });
  checkSums(call, nodes, baseScores, Number.MAX_VALUE);
  const tested = findCategorical(call, nodes, names);
  const features = names.map((name, j): ModelFeature => {
    const categorical = tested[j] || file.isCategorical?.[j] === true || levels[j] !== null;
    return { name, kind: categorical ? "categorical" : "numeric", levels: levels[j] };
  });
  return new TreeEnsemble({
    format: "sklearn",
    objective: `${estimator} ${file.loss ?? ""}`.trim(),
    features,
    outputNames: nameBoostedOutputs(call, file.classes, numOutputs),
    nodes,
    baseScores,
    ...readLoss(estimator, file.loss, numOutputs),
    categoryRule: "byte",
  });
}

/** The categories of each column in the order of their codes; null for numeric columns and bare codes. */
function readLevels(call: string, { categories }: HistogramFile, names: readonly string[]): (readonly string[] | null)[] {
  if (categories === undefined || categories === null) return names.map(() => null);
  if (categories.length !== names.length) throw damagedFile(call, "categories", `${names.length} entries`, String(categories.length));
  return categories.map((list, j) => {
    const texts = list?.map(String) ?? null;
    if (texts === null || (new Set(texts).size === texts.length && texts.length <= MOST_CATEGORIES)) return texts;
    throw damagedFile(call, `categories[${j}]`, `at most ${MOST_CATEGORIES} distinct ones`, "others");
  });
}

function readKnownCodes(call: string, { knownCodes }: HistogramFile, levels: readonly string[] | null, j: number): Int32Array | null {
  if (levels !== null) return Int32Array.from(levels.keys());
  const codes = knownCodes?.[j] ?? null;
  return codes === null ? null : readCodes({ call, name: `knownCodes[${j}]` }, codes);
}

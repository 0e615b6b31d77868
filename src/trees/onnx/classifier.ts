import { InputError } from "../../errors.ts";
import type { LinkName } from "../output-link.ts";
import type { NodeAttributes } from "./attributes.ts";
import type { OnnxForest, PostTransform } from "./forest.ts";
import { readLegacyForest } from "./legacy-forest.ts";
import { LINKS, type Columns, type Scores } from "./scores.ts";

/** Classes of a classifier and the forest that gives them scores. */
interface Classes {
  readonly attributes: NodeAttributes;
  readonly forest: OnnxForest;
  readonly columns: Columns;
  readonly labels: readonly string[];
  readonly bases: Float64Array;
  readonly post: PostTransform;
}

/**
 * The scores of a TreeEnsembleClassifier as onnxruntime has them. Of two classes with weights for one alone, that one's score tells the
 * other's: there is one output, named after the second class.
 *
 * @throws InputError where labels, weights and base values do not fit together, or onnxruntime makes of them what the standard does not.
 */
export function readClasses(attributes: NodeAttributes, columns: Columns, post: PostTransform): Scores {
  const labels = readLabels(attributes);
  const forest = readLegacyForest(attributes, "class", labels.length);
  const bases = attributes.numbers("base_values") ?? new Float64Array(0);
  const classes: Classes = { attributes, forest, columns, labels, bases, post };
  const used = new Set(forest.targets);
  if (labels.length === 2 && used.size === 1) return used.has(0) ? scoreOfFirst(classes) : scoreOfSecond(classes);
  if (labels.length === 2) return scoresOfTwo(classes);
  if (labels.length === 1 && post !== "NONE") throw refuse(classes, "post_transform", "NONE for a single class", post);
  if (bases.length !== 0 && bases.length !== labels.length) {
    throw attributes.fault("base_values", `${labels.length} numbers, one a class`, String(bases.length));
  }
  return scores(classes, { outputs: Array.from(labels.keys()), link: LINKS[post] });
}

function readLabels(attributes: NodeAttributes): readonly string[] {
  const texts = attributes.texts("classlabels_strings");
  const labels = texts.length > 0 ? texts : Array.from(attributes.wholes("classlabels_int64s", null, -(2 ** 53), 2 ** 53), String);
  if (labels.length === 0) throw attributes.fault("class labels", "at least one", "none");
  const seen = new Set(labels);
  if (seen.size < labels.length) throw attributes.fault("class labels", "distinct", "one of them twice");
  return labels;
}

/** All weights name the first of two classes: by convention they are the score of the second. */
function scoreOfFirst(classes: Classes): Scores {
  const { bases, post, forest } = classes;
  if (bases.length > 1) throw refuse(classes, "base_values", "one number, as there is one score", `${bases.length} numbers`);
  if (post !== "NONE" && post !== "LOGISTIC")
    throw refuse(classes, "post_transform", "NONE or LOGISTIC where one of two classes has weights", post);
  const negative = forest.weights.some((weight) => weight < 0);
  return scores(classes, { outputs: [0, -1], link: LINKS[post], hiddenColumn: post === "LOGISTIC" || !negative ? "one" : "minus" });
}

/** All weights name the second class; the first has score 0. */
function scoreOfSecond(classes: Classes): Scores {
  const { bases, post } = classes;
  if (bases.some((base) => base !== 0)) throw refuse(classes, "base_values", "0, as onnxruntime leaves them out here", bases.join(", "));
  if (post !== "NONE" && post !== "SOFTMAX" && post !== "LOGISTIC") {
    throw refuse(classes, "post_transform", "NONE, LOGISTIC or SOFTMAX where one of two classes has weights", post);
  }
  return scores(classes, {
    outputs: [-1, 0],
    bases: [0],
    link: post === "NONE" ? "identity" : "logistic",
    hiddenColumn: post === "SOFTMAX" ? "one" : "none",
  });
}

function scoresOfTwo(classes: Classes): Scores {
  const { bases, post, forest } = classes;
  if (bases.some((base) => base !== 0) || bases.length === 2) {
    throw refuse(
      classes,
      "base_values",
      "left out where both of two classes have weights: onnxruntime adds them to one class alone",
      bases.join(", "),
    );
  }
  // Each score the other's negative, as CatBoost writes them, is one score: that of the second class.
  if (post === "LOGISTIC" && isOpposed(forest))
    return scores(classes, { outputs: [-1, 0], bases: [0], link: "logistic", hiddenColumn: "one" });
  return scores(classes, { outputs: [0, 1], bases: [0, 0], link: LINKS[post] });
}

function isOpposed({ weightStart, targets, weights }: OnnxForest): boolean {
  for (let i = 0; i + 1 < weightStart.length; i++) {
    let sum = 0;
    for (let w = weightStart[i]; w < weightStart[i + 1]; w++) sum += weights[w];
    const count = weightStart[i + 1] - weightStart[i];
    if (count > 0 && (count !== 2 || sum !== 0 || targets[weightStart[i]] === targets[weightStart[i] + 1])) return false;
  }
  return true;
}

interface Chosen {
  /** The output of each class, or -1. */
  readonly outputs: readonly number[];
  readonly link: LinkName;
  readonly bases?: readonly number[];
  readonly hiddenColumn?: Scores["hiddenColumn"];
}

function scores({ attributes, forest, columns, labels, bases }: Classes, chosen: Chosen): Scores {
  const { outputs, link, hiddenColumn = null } = chosen;
  const numOutputs = outputs.filter((output) => output >= 0).length;
  return {
    kind: "scores",
    forests: [{ forest, columns: columns.columns, cells: columns.cells, outputs, scale: 1 }],
    bases: chosen.bases ?? Array.from({ length: numOutputs }, (_, k) => bases[k] ?? 0),
    link,
    outputNames: numOutputs < labels.length ? [labels[1]] : labels,
    objective: attributes.where,
    isSingle: columns.cells === "float32",
    hiddenColumn,
    warnings: [],
  };
}

function refuse({ attributes: { call, where } }: Classes, argument: string, expected: string, received: string): InputError {
  return new InputError({
    call,
    argument,
    expected,
    received,
    where,
    mend: "Explain the model's predictions with onnxPredictor and kernelShap, or convert the model again with a newer converter.",
  });
}

import { InputError } from "../../errors.ts";
import { nameOutputs } from "../model-names.ts";
import { NodeAttributes } from "./attributes.ts";
import { readClasses } from "./classifier.ts";
import { POST_TRANSFORMS, type OnnxForest, type PostTransform } from "./forest.ts";
import { MOST_TARGETS, readLegacyForest } from "./legacy-forest.ts";
import type { OnnxNode } from "./model-file.ts";
import { readModernForest } from "./modern-forest.ts";
import { LINKS, type Columns, type Scores } from "./scores.ts";

const AGGREGATES = ["AVERAGE", "SUM", "MIN", "MAX"] as const;
type Aggregate = (typeof AGGREGATES)[number];

/** TreeEnsembleRegressor of ai.onnx.ml 1 and 3. */
export function readRegressor(call: string, node: OnnxNode, columns: Columns): Scores {
  const attributes = new NodeAttributes(call, node);
  const numTargets = attributes.whole("n_targets", 1, 1, MOST_TARGETS);
  const bases = attributes.numbers("base_values") ?? new Float64Array(0);
  checkBases(attributes, bases, numTargets);
  const forest = readLegacyForest(attributes, "target", numTargets);
  const aggregate = readAggregate(attributes, attributes.text("aggregate_function", "SUM"));
  return addUp(attributes, { forest, columns, aggregate, bases, post: readPostTransform(attributes) });
}

/** TreeEnsembleClassifier of ai.onnx.ml 1 and 3: its scores, not the label. */
export function readClassifier(call: string, node: OnnxNode, columns: Columns): Scores {
  const attributes = new NodeAttributes(call, node);
  return readClasses(attributes, columns, readPostTransform(attributes));
}

/** TreeEnsemble of ai.onnx.ml 5. */
export function readTreeEnsemble(call: string, node: OnnxNode, columns: Columns): Scores {
  const attributes = new NodeAttributes(call, node);
  const post = POST_TRANSFORMS[attributes.whole("post_transform", 0, 0, POST_TRANSFORMS.length - 1)];
  const aggregate = AGGREGATES[attributes.whole("aggregate_function", 1, 0, AGGREGATES.length - 1)];
  const forest = readModernForest(attributes);
  return addUp(attributes, { forest, columns, aggregate, bases: new Float64Array(0), post });
}

interface Sum {
  readonly forest: OnnxForest;
  readonly columns: Columns;
  readonly aggregate: Aggregate;
  readonly bases: Float64Array;
  readonly post: PostTransform;
}

function addUp(attributes: NodeAttributes, { forest, columns, aggregate, bases, post }: Sum): Scores {
  const { numTargets, roots } = forest;
  if ((aggregate === "MIN" || aggregate === "MAX") && roots.length > 1) throw notASum(attributes, aggregate, roots.length);
  // A single score is left as it is: so does onnxruntime, against the letter of the standard.
  const leftOut = numTargets === 1 && post !== "NONE" && post !== "PROBIT";
  const message = `${attributes.where} has post_transform ${post} and one target: onnxruntime leaves such scores as they are, and so does this model.`;
  return {
    kind: "scores",
    forests: [
      {
        forest,
        columns: columns.columns,
        cells: columns.cells,
        outputs: Array.from({ length: numTargets }, (_, k) => k),
        scale: aggregate === "AVERAGE" ? 1 / roots.length : 1,
      },
    ],
    bases: Array.from({ length: numTargets }, (_, k) => bases[k] ?? 0),
    link: leftOut ? "identity" : LINKS[post],
    outputNames: nameOutputs(numTargets, "target"),
    objective: attributes.where,
    isSingle: columns.cells === "float32",
    hiddenColumn: null,
    warnings: leftOut ? [message] : [],
  };
}

function checkBases(attributes: NodeAttributes, bases: Float64Array, numTargets: number): void {
  if (bases.length === 0 || bases.length === numTargets) return;
  throw attributes.fault("base_values", `${numTargets} numbers, one a target`, String(bases.length));
}

function readAggregate(attributes: NodeAttributes, text: string): Aggregate {
  const found = AGGREGATES.find((name) => name === text);
  if (found !== undefined) return found;
  throw attributes.fault("aggregate_function", AGGREGATES.join(", "), JSON.stringify(text));
}

function readPostTransform(attributes: NodeAttributes): PostTransform {
  const text = attributes.text("post_transform", "NONE");
  const found = POST_TRANSFORMS.find((name) => name === text);
  if (found !== undefined) return found;
  throw attributes.fault("post_transform", POST_TRANSFORMS.join(", "), JSON.stringify(text));
}

function notASum({ call, where }: NodeAttributes, aggregate: Aggregate, numTrees: number): InputError {
  return new InputError({
    call,
    argument: "aggregate_function",
    expected: "SUM or AVERAGE, on which trees add up",
    received: `${aggregate} over ${numTrees} trees`,
    where,
    mend: "Explain the model's predictions with onnxPredictor and kernelShap.",
  });
}

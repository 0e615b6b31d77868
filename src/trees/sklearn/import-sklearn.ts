import { InputError, listNames } from "../../errors.ts";
import type { Reader } from "../model-text.ts";
import { parseModelJson } from "../model-json.ts";
import { SKLEARN } from "../stranger-formats.ts";
import type { TreeEnsemble } from "../tree-ensemble.ts";
import { buildBoosting } from "./boosting.ts";
import { readBoostingFile, readEstimator, readForestFile, readHistogramFile, readIsolationFile } from "./file.ts";
import { buildForest } from "./forest.ts";
import { buildHistogramBoosting } from "./histogram-boosting.ts";
import { buildIsolationForest } from "./isolation-forest.ts";

const CALL = "importSklearn";
const READER: Reader = {
  call: CALL,
  expected: "a scikit-learn model in the JSON of vitrine's exporter",
  mend: 'Write it in Python with export(model, "model.sk.json") of node_modules/vitrine/python/vitrine_export.py and pass the whole text or bytes of that file.',
};
const FOREST = /^(DecisionTree|ExtraTree|RandomForest|ExtraTrees)(Classifier|Regressor)$/;
const BOOSTING = /^GradientBoosting(Classifier|Regressor)$/;
const HISTOGRAM = /^HistGradientBoosting(Classifier|Regressor)$/;

/**
 * Reads a scikit-learn model of trees from the JSON that `python/vitrine_export.py` in this package writes: decision trees, random
 * forests, extra trees, gradient boosting, histogram gradient boosting and isolation forests of scikit-learn 1.0 to 1.9.
 *
 * The raw scale is that on which trees add up: forests the mean of their trees (for classifiers `predict_proba`, one output a class; for
 * regressors `predict`), boosting `decision_function` or the link of `predict`, isolation forests the mean path length. The response is
 * `predict_proba` (of the second class where there are two classes and one output), `predict`, or the anomaly score, which is
 * `-score_samples`. Boosting equals scikit-learn to the bit on the raw scale; forests, which scikit-learn divides by their number of trees
 * at the end, to 1e-12. Cells of all but histogram models are compared in float32, as scikit-learn does.
 *
 * Cover is the weight of the training rows (`weighted_n_node_samples`), for histogram gradient boosting their number.
 *
 * @param file - The file's text, or its bytes in UTF-8.
 * @throws InputError for any other kind of file, by its name, and for a file that is damaged.
 * @example
 * const ensemble = importSklearn(await readFile("model.sk.json", "utf8"));
 * const predictions = ensemble.predict([{ age: 41, income: 52_000 }]);
 */
export function importSklearn(file: Uint8Array | string): TreeEnsemble {
  const json = parseModelJson(READER, file, SKLEARN);
  const estimator = readEstimator(CALL, json);
  if (FOREST.test(estimator)) return buildForest(CALL, readForestFile(CALL, json));
  if (BOOSTING.test(estimator)) return buildBoosting(CALL, readBoostingFile(CALL, json));
  if (HISTOGRAM.test(estimator)) return buildHistogramBoosting(CALL, readHistogramFile(CALL, json));
  if (estimator === "IsolationForest") return buildIsolationForest(CALL, readIsolationFile(CALL, json));
  throw new InputError({
    call: CALL,
    argument: "estimator",
    expected: "a decision tree, a forest, gradient boosting, histogram gradient boosting or an isolation forest",
    received: listNames([estimator]),
    mend: "Export one of these, or explain the model's predictions with kernelShap.",
  });
}

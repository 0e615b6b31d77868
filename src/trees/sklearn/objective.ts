import type { Warning } from "../../errors.ts";
import { outputLink, type OutputLink } from "../output-link.ts";

/** Losses of regressors by the link of their predictions: every one that scikit-learn 1.0 to 1.9 knows, old names too. */
const IDENTITY = new Set([
  "squared_error",
  "ls",
  "least_squares",
  "absolute_error",
  "lad",
  "least_absolute_deviation",
  "huber",
  "quantile",
]);
const LOG = new Set(["poisson", "gamma"]);
const LOGISTIC = new Set(["log_loss", "deviance", "auto", "binary_crossentropy", "categorical_crossentropy"]);

/** What follows from the loss of a boosted model. */
export interface SklearnObjective {
  readonly link: OutputLink;
  readonly warnings: readonly Warning[];
}

/** @param loss - As the file names it; absent in files that were written without it: then the estimator's default. */
export function readLoss(estimator: string, loss: string | undefined, numOutputs: number): SklearnObjective {
  const classifier = estimator.endsWith("Classifier");
  const name = loss ?? (classifier ? "log_loss" : "squared_error");
  if (classifier && LOGISTIC.has(name)) return { link: outputLink(numOutputs > 1 ? "softmax" : "logistic"), warnings: [] };
  if (classifier && name === "exponential") return { link: outputLink("logistic", { slope: 2 }), warnings: [] };
  if (!classifier && IDENTITY.has(name)) return { link: outputLink("identity"), warnings: [] };
  if (!classifier && LOG.has(name)) return { link: outputLink("exp"), warnings: [] };
  const message = `The loss ${JSON.stringify(name)} is not known here, so the response equals the raw score.`;
  return { link: outputLink("identity"), warnings: [{ name: "objective", message, subjects: [name] }] };
}

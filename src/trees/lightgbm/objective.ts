import type { Warning } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { outputLink, type LinkName, type OutputLink } from "../output-link.ts";

const LINKS: ReadonlyMap<string, LinkName> = new Map([
  ["binary", "logistic"],
  ["multiclass", "softmax"],
  ["multiclassova", "logistic"],
  ["cross_entropy", "logistic"],
  ["cross_entropy_lambda", "log1pExp"],
  ["poisson", "exp"],
  ["gamma", "exp"],
  ["tweedie", "exp"],
  ...["regression", "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg"].map((name): [string, LinkName] => [
    name,
    "identity",
  ]),
]);
/** Those that can be trained on the square root of the response (`reg_sqrt`). */
const ROOTS = new Set(["regression", "regression_l1", "fair", "quantile", "mape"]);

/** What follows from the objective of a LightGBM model. */
export interface LightgbmObjective {
  readonly link: OutputLink;
  readonly warnings: readonly Warning[];
}

/**
 * Reads an objective as the file writes it: a name and options, such as `binary sigmoid:1` or `regression sqrt`.
 *
 * @param divisor - Iterations that the response averages over, for random forests; else 1.
 * @throws InputError where the slope of the sigmoid is not a positive number.
 */
export function readObjective(call: string, objective: string, divisor: number): LightgbmObjective {
  const [name, ...options] = objective.split(" ");
  const known = LINKS.get(name);
  const root = options.includes("sqrt") && ROOTS.has(name);
  const slopes = options.filter((option) => option.startsWith("sigmoid:")).map((option) => Number(option.slice("sigmoid:".length)));
  const [slope = 1] = slopes;
  if (!(slope > 0 && slope < Infinity)) throw damagedFile(call, "sigmoid", "a positive number", String(slope), "objective");
  return {
    link: outputLink(root ? "square" : (known ?? "identity"), { slope, divisor }),
    warnings: known ? [] : [unknownObjective(objective)],
  };
}

function unknownObjective(objective: string): Warning {
  const what =
    objective === "" ? "The file names no objective (a custom one)" : `The objective ${JSON.stringify(objective)} is not known here`;
  return { name: "objective", message: `${what}, so the response equals the raw score.`, subjects: [objective] };
}

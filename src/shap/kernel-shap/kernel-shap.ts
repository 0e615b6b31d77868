import type { Matrix, TableLike } from "../../table/index.ts";
import type { PredictFunction } from "../exact-shap.ts";
import { Explanation } from "../explanation.ts";
import type { InteractionExplanation } from "../interaction-explanation.ts";
import { readRows } from "../rows-and-outputs.ts";
import { explainInteractions } from "./explain-interactions.ts";
import { explainRows } from "./explain-rows.ts";
import { joinExplanations } from "./join-explanations.ts";
import type { KernelShapRunOptions, RunningEstimate } from "./running-estimate.ts";
import { readSettings, type KernelShapOptions } from "./settings.ts";

/** Explains the rows of any model. */
export interface KernelShapExplainer {
  /** The rows' values, each with its standard error. */
  explain(data: TableLike | Matrix, run?: KernelShapRunOptions): Promise<Explanation>;
  /** The same, as it becomes known: rows come some at a time, and after each doubling of their coalitions. */
  estimates(data: TableLike | Matrix, run?: KernelShapRunOptions): AsyncIterable<RunningEstimate>;
  /** Interactions of all pairs of features, each with its standard error, from the whole budget. */
  interactions(data: TableLike | Matrix, run?: KernelShapRunOptions): Promise<InteractionExplanation>;
}

/**
 * Shapley values of any model, with a standard error on every value. Coalitions are drawn in pairs with their complements, without
 * replacement, stratified by size; where the budget covers all of them the values are exact. Each background row has coalitions of its own.
 * The values of a row depend on the seed, the background and the budget, and not on other rows, on batches or on concurrency.
 *
 * @param predict - maps a table of m rows to m × outputs numbers; may be asynchronous
 * @throws InputError when an option is wrong, the budget is below the least, or the model fails or returns something other than finite
 * numbers, the same count for every row
 * @example
 * const explanation = await kernelShap(predict, { background, budget: 1000 }).explain(rows);
 * explanation.standardErrors; // laid out like explanation.values
 * @see Lundberg and Lee (2017), arXiv:1705.07874; Covert and Lee (2021), arXiv:2012.01536; Musco and Witter (2025), arXiv:2410.01917
 */
export function kernelShap(predict: PredictFunction, options: KernelShapOptions): KernelShapExplainer {
  const settings = readSettings(predict, options);
  return {
    explain: async (data, run = {}) => {
      const parts: Explanation[] = [];
      for await (const { explanation, isFinal } of explainRows(settings, readRows(data, "kernelShap.explain"), run, false)) {
        if (isFinal) parts.push(explanation);
      }
      return joinExplanations(parts);
    },
    estimates: (data, run = {}) => explainRows(settings, readRows(data, "kernelShap.estimates"), run, true),
    interactions: async (data, run = {}) => explainInteractions(settings, readRows(data, "kernelShap.interactions"), run),
  };
}

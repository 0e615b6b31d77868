import { explainChecked } from "../additivity.ts";
import type { Explanation, ExplanationParts } from "../explanation.ts";
import { nameOutputs } from "../rows-and-outputs.ts";
import type { CallState } from "./call-state.ts";
import type { RowState } from "./row-state.ts";
import { warnOfData, warnOfErrors, warnOfModel } from "./warnings.ts";

/** What is known of some rows as an explanation. */
export function describeRows(call: CallState, states: readonly RowState[]): Explanation {
  const standardErrors = joinRows(states, ({ estimate }) => estimate!.variances.map(Math.sqrt));
  const isSampled = call.plan.numDraws === 0 && call.plan.weights.length > 1;
  return explainChecked({
    ...describeShape(call, states),
    values: joinRows(states, ({ estimate }) => estimate!.values),
    standardErrors,
    ...(isSampled ? { backgroundErrors: joinRows(states, ({ estimate }) => estimate!.backgroundVariances.map(Math.sqrt)) } : {}),
    method: nameMethod(call, standardErrors),
    sampling: {
      estimator: isOwen(call) ? "owen" : call.settings.estimator,
      absentFeatures: call.settings.absentFeatures,
      budget: call.budget,
      coalitions: states.reduce((sum, { coalitions }) => sum + coalitions, 0) / states.length,
      terms: states.reduce((sum, { estimate }) => sum + estimate!.numTerms, 0) / states.length,
      rowsAsked: call.evaluation.asked.rows,
      rowsSent: call.evaluation.runner.rowsSent,
      seed: call.settings.seed,
      farRows: call.farRows,
      noise: call.answers.noise,
    },
    warnings: [
      ...warnOfData(call.settings, call.farRows),
      ...warnOfModel(call.answers.noise, call.evaluation.runner),
      ...warnOfErrors(call.settings.tolerance, call.budget, states),
    ],
  });
}

/** The fields that interactions share with values. */
export function describeShape(
  { settings, data, evaluation, answers, plan }: CallState,
  states: readonly RowState[],
): Pick<ExplanationParts, "baseValues" | "predictions" | "data" | "features" | "outputNames" | "scale" | "units" | "background"> {
  const { link, background, players, described } = settings;
  const outputs = evaluation.runner.numOutputs;
  const rows = data.select(background.columnNames).rows(states[0].row, states[states.length - 1].row + 1);
  const base = new Float64Array(outputs);
  plan.weights.forEach((weight, source) => {
    for (let output = 0; output < outputs; output++) base[output] += weight * answers.bases[source * outputs + output];
  });
  return {
    baseValues: Float64Array.from(states.flatMap(() => Array.from(base, link.evaluate))),
    predictions: joinRows(states, ({ prediction }) => prediction.map(link.evaluate)),
    data: rows,
    features: players.describe(rows),
    outputNames: nameOutputs("kernelShap", settings.outputNames, outputs),
    scale: link.name === "identity" ? "response" : "raw",
    units: link.units,
    background: described,
  };
}

export function joinRows(states: readonly RowState[], pick: (state: RowState) => Float64Array): Float64Array {
  return Float64Array.from(states.flatMap((state) => [...pick(state)]));
}

function nameMethod(call: CallState, standardErrors: Float64Array): string {
  const isExact = standardErrors.every((error) => error === 0);
  if (isOwen(call)) return isExact ? "owen-enumeration" : "owen-permutation";
  if (isExact) return "exact-enumeration";
  return call.settings.estimator === "permutation" ? "kernel-permutation" : "kernel-regression";
}

function isOwen({ settings }: CallState): boolean {
  return settings.hasHierarchy;
}

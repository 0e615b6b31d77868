import { listNames, type Warning } from "../../errors.ts";
import { Explanation } from "../explanation.ts";
import type { RowWork } from "./row-work.ts";
import type { SharedPlayer, TreePlayers } from "./tree-players.ts";

/**
 * Work whose explanations credit what several features make together to each of them in equal parts, as CatBoost does, and say so.
 * A standard error counts in full proportion: no smaller than that of the sum.
 */
export function shareOut<Findings extends object>(work: RowWork<Findings>, { shared, features }: TreePlayers): RowWork<Findings> {
  if (shared.length === 0) return work;
  const names = shared.map(({ player }) => features[player].name);
  return {
    ...work,
    assemble: (found, details) => credit(work.assemble(found, details), shared, sharedColumns(names)),
  };
}

function credit(explanation: Explanation, shared: readonly SharedPlayer[], warning: Warning): Explanation {
  const parts = explanation.parts();
  const [{ player: numFeatures }] = shared;
  const pick = (all: Float64Array): Float64Array => shareValues(all, shared, explanation.numFeatures, explanation.numOutputs);
  return new Explanation({
    ...parts,
    values: pick(parts.values),
    ...(parts.standardErrors ? { standardErrors: pick(parts.standardErrors) } : {}),
    ...(parts.backgroundErrors ? { backgroundErrors: pick(parts.backgroundErrors) } : {}),
    features: parts.features.slice(0, numFeatures),
    warnings: [...parts.warnings, warning],
  });
}

/** @param all - rows × features × outputs, the shared ones last @returns the same without them, their numbers added to the others */
function shareValues(all: Float64Array, shared: readonly SharedPlayer[], numFeatures: number, numOutputs: number): Float64Array {
  const kept = (numFeatures - shared.length) * numOutputs;
  const cells = numFeatures * numOutputs;
  const numRows = all.length / cells;
  const out = new Float64Array(numRows * kept);
  for (let row = 0; row < numRows; row++) {
    out.set(all.subarray(row * cells, row * cells + kept), row * kept);
    for (const { player, among } of shared) {
      for (let k = 0; k < numOutputs; k++) {
        const part = all[row * cells + player * numOutputs + k] / among.length;
        for (const one of among) out[row * kept + one * numOutputs + k] += part;
      }
    }
  }
  return out;
}

function sharedColumns(names: readonly string[]): Warning {
  return {
    name: "shared-statistics",
    message:
      `The model makes statistics of several features together (${listNames(names)}): their values are credited to these features in equal ` +
      "parts, as CatBoost does. Put such features together with `groups` for the exact values of the group.",
    subjects: names,
  };
}

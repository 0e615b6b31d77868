import type { Warning } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation } from "../explanation.ts";
import { nameOutputs } from "../rows-and-outputs.ts";
import type { Contributions } from "./estimate-contributions.ts";
import type { Settings } from "./settings.ts";

/** Surprise above which chance is no explanation: one line in 10^9 would be so by itself, where there are pairs enough to tell. */
const SURPRISING = 6;
const PAIRS_TO_TELL = 64;

/** An explanation of what was found for each row and output. @param bases - predictions of the background rows; rows × outputs */
export function describeFound(
  { players, outputNames, weights, described, numPairs }: Settings,
  rows: Table,
  found: readonly Contributions[],
  predictions: Float64Array,
  bases: Float64Array,
  outputs: number,
): Explanation {
  const numPlayers = players.features.length;
  const lay = (pick: (one: Contributions) => Float64Array): Float64Array => {
    const all = new Float64Array(found.length * numPlayers);
    found.forEach((one, cell) => {
      const start = Math.floor(cell / outputs) * numPlayers * outputs + (cell % outputs);
      pick(one).forEach((value, j) => (all[start + j * outputs] = value));
    });
    return all;
  };
  const base = Float64Array.from({ length: outputs }, (_, output) =>
    weights.reduce((sum, weight, b) => sum + weight * bases[b * outputs + output], 0),
  );
  const hasSpread = found.every(({ backgroundErrors }) => backgroundErrors !== undefined);
  return explainChecked({
    values: lay(({ values }) => values),
    baseValues: Float64Array.from(predictions, (_, cell) => base[cell % outputs]),
    predictions,
    standardErrors: lay(({ standardErrors }) => standardErrors),
    ...(hasSpread ? { backgroundErrors: lay(({ backgroundErrors }) => backgroundErrors as Float64Array) } : {}),
    data: rows,
    features: players.describe(rows),
    outputNames: nameOutputs("gradientShap", outputNames, outputs),
    scale: "response",
    units: "",
    method: "expected-gradients",
    background: described,
    warnings: numPairs < PAIRS_TO_TELL ? [] : warnOfSurprise(found, outputs),
  });
}

function warnOfSurprise(found: readonly Contributions[], outputs: number): Warning[] {
  const rows = found.flatMap(({ surprise }, cell) => (surprise > SURPRISING ? [Math.floor(cell / outputs)] : []));
  if (rows.length === 0) return [];
  return [
    {
      name: "derivatives",
      message:
        "The model's derivatives do not account for its predictions, as where it makes steps. Explain these rows with kernelShap instead.",
      subjects: [...new Set(rows)].map((row) => `row ${row}`),
    },
  ];
}

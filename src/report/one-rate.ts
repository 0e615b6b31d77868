import { formatPercent } from "../charts/index.ts";
import { meanPoissonDeviance } from "../quality/index.ts";
import { columnLabel } from "../table/index.ts";
import type { Facts } from "./facts.ts";
import { joinAnd } from "./words.ts";

/**
 * For counts with a measure of how much there is to count: what one rate for all of it accounts for already, as a sentence and a space before
 * it, so that the model is not praised for knowing how large its groups are. Empty for other models.
 *
 * @param share of the deviance that the model accounts for
 */
export function describeOneRate({ model, kind, data, response }: Facts, share: number): string {
  const { sum, link } = model;
  if (sum === null || sum.offsetColumns.length === 0 || kind !== "count" || response === null || link.scoresAre !== "logarithms") return "";
  const exposures = link.apply(sum.readOffset(data), 1);
  const rate = total(response.values) / total(exposures);
  const { skill } = meanPoissonDeviance(
    response.values,
    exposures.map((exposure) => rate * exposure),
  );
  const rest = 1 - (1 - share) / (1 - skill.value);
  const labels = sum.offsetColumns.map((name) => `“${columnLabel(data.column(name))}”`);
  return ` One rate for all, in step with ${joinAnd(labels)}, accounts for ${formatPercent(skill.value, 0)}; of what that leaves, the model accounts for ${formatPercent(rest, 0)}.`;
}

function total(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

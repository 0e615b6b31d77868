import { decimalsFor, describeEffect, describeSurfaceEffect, formatNumber, formatSigned, withUnit } from "../../charts/index.ts";
import { capitalize, joinAnd } from "../words.ts";
import { neutralOf } from "./effect.ts";
import type { Effect, EffectMeasure, LevelEffect, TermEffects } from "./effect.ts";
import { describeStep } from "./value-step.ts";

/** What one term does, in one sentence: `Each further year: odds of default × 0.94 (0.92 to 0.97).` `cases` is what rows are called. */
export function describeEffects(measure: EffectMeasure, effects: TermEffects, cases: string): string {
  const words = { subject: measure.quantity, cases };
  switch (effects.kind) {
    case "step":
      return `${capitalize(describeStep(effects.step, effects.unit))}: ${tell(measure, effects.effect)}.`;
    case "doubling":
      return `Each doubling: ${tell(measure, effects.effect)}.`;
    case "levels":
      return describeLevels(measure, effects.reference, effects.levels);
    case "curve":
      return describeEffect(effects.effect, words);
    case "surface":
      return describeSurfaceEffect(effects.effect, words);
    case "together":
      return `${joinAnd(effects.labels.map((label) => `“${label}”`))} act together: what one of them does depends on the other${effects.labels.length > 2 ? "s" : ""}.`;
  }
}

function describeLevels(measure: EffectMeasure, reference: string | null, levels: readonly LevelEffect[]): string {
  if (levels.length === 1) return `“${levels[0].label}” instead of “${reference}”: ${tell(measure, levels[0])}.`;
  const sorted = [...levels].sort((a, b) => (measure.rises ? 1 : -1) * (b.estimate - a.estimate));
  const [high, low] = [sorted[0], sorted[sorted.length - 1]];
  const neutral = neutralOf(measure);
  const isAbove = (effect: Effect): boolean => effect.estimate !== neutral && effect.estimate > neutral === measure.rises;
  const at = (level: LevelEffect, end: string): string =>
    `${writeEffect(measure, level)} at “${level.label}”, the ${end}${mayBeChance(measure, level) ? ", which may be chance" : ""}`;
  const both = `${measure.subject} ${at(high, "highest")}, and ${at(low, "lowest")}`;
  if (reference === null) return `Compared with the average: ${both}.`;
  if (isAbove(high) && isAbove(low)) return `Lowest at “${reference}”; compared with that, ${measure.subject} ${at(high, "highest")}.`;
  if (!isAbove(high) && !isAbove(low)) return `Highest at “${reference}”; compared with that, ${measure.subject} ${at(low, "lowest")}.`;
  return `Compared with “${reference}”: ${both}.`;
}

function mayBeChance(measure: EffectMeasure, { low, high }: Effect): boolean {
  const neutral = neutralOf(measure);
  return low !== null && high !== null && low <= neutral && high >= neutral;
}

function tell(measure: EffectMeasure, effect: Effect): string {
  return `${measure.subject} ${writeEffect(measure, effect)}`;
}

/** An effect with its interval: `× 0.94 (0.92 to 0.97)`, `−€ 12 (−14 to −10)`, `higher (score +0.31, 0.20 to 0.42)`. */
export function writeEffect({ scale, unit, rises }: EffectMeasure, effect: Effect): string {
  const { estimate, low, high } = effect;
  if (scale === "factor") return writeFactor(effect);
  const decimals = decimalsFor(low === null || high === null ? [estimate] : [estimate, low, high]);
  const signed = formatSigned(estimate, decimals);
  const range = low === null || high === null ? null : `${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`;
  if (scale === "difference") return `${withUnit(signed, unit)}${range === null ? "" : ` (${range})`}`;
  const direction = estimate > 0 === rises ? "higher" : "lower";
  return `${direction} (score ${signed}${range === null ? "" : `, ${range}`})`;
}

/** Ends of an interval that are so many times apart are each written as if they stood alone. */
const WIDE = 20;

function writeFactor({ estimate, low, high }: Effect): string {
  if (low === null || high === null) return `× ${formatNumber(estimate)}`;
  if (!(high <= WIDE * low)) return `× ${formatNumber(estimate)} (${formatNumber(low)} to ${formatNumber(high)})`;
  const decimals = tellFromOne([estimate, low, high]);
  return `× ${formatNumber(estimate, decimals)} (${formatNumber(low, decimals)} to ${formatNumber(high, decimals)})`;
}

/** Decimals for multiples, up to two more than usual where one that is not 1 would read like it. */
function tellFromOne(values: readonly number[]): number {
  const decimals = decimalsFor(values);
  const readsLikeOne = (more: number): boolean =>
    values.some((value) => value !== 1 && formatNumber(value, decimals + more) === formatNumber(1, decimals + more));
  return decimals + ([0, 1].find((more) => !readsLikeOne(more)) ?? 2);
}

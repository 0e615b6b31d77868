import { inUnits } from "./frame.ts";
import { drawIntervalRows } from "./interval-rows.ts";
import { describeLevels, makeLevelRows } from "./level-rows.ts";
import type { EffectLevel } from "./level-rows.ts";
import type { TermDrawing, TermReading } from "./term-chart.ts";
import { arrowWords, barWords, comparedWith, effectWords, greyWords, intervalWords } from "./term-words.ts";

/** A dot with its interval for each level; the reference is hollow. */
export function drawTermLevels(reading: TermReading): TermDrawing {
  const { look, effect, scaling, order, sizeLabel, range } = reading;
  const levels = effect.points.map(({ x, estimate, low, high, n = null }): EffectLevel => {
    return { name: String(x), estimate, low, high, n, isReference: x === effect.reference };
  });
  const rows = makeLevelRows(levels, { scaling, order, sizeLabel });
  const hasIntervals = effect.points.some(({ low }) => low !== null);
  const { isCut, ...drawing } = drawIntervalRows(look, rows, { scaling, range, title: inUnits("← lower · higher →", effect.unitsLabel) });
  const measured = `${effectWords(effect)} ${comparedWith(effect)}`;
  const note = [
    measured,
    ...(hasIntervals ? [`line: ${intervalWords(effect.confidence)}`, greyWords] : []),
    ...(isCut ? [arrowWords] : []),
    ...(levels.some(({ n }) => n !== null) ? [barWords(sizeLabel)] : []),
  ].join("; ");
  return {
    note,
    description: `${effect.label}: ${measured}. ${describeLevels(rows)}.`,
    ...drawing,
  };
}

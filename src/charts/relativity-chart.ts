import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import { scalingOf } from "./effect-scale.ts";
import { assembleChart, inUnits } from "./frame.ts";
import { drawIntervalRows } from "./interval-rows.ts";
import type { IntervalRow } from "./interval-rows.ts";
import { describeLevels, makeLevelRows } from "./level-rows.ts";
import type { EffectLevel, LevelOptions } from "./level-rows.ts";
import { checkText, readLook } from "./options.ts";
import type { LookOptions } from "./options.ts";
import { checkOrder } from "./term-chart.ts";
import { checkConfidence, checkInterval, checkSize } from "./term-effect.ts";
import { arrowWords, barWords, greyWords, intervalWords } from "./term-words.ts";

/** What one level, or one unit of a number, multiplies the prediction by. */
export interface Relativity {
  /** What the level belongs to, as people call it; terms stand in the order in which they first appear. */
  readonly term: string;
  /** The label of the level; null or empty for a number, which has one relativity for each unit more. */
  readonly level: string | null;
  /** exp(coefficient): 1 is as the reference level, 2 is twice as much. */
  readonly relativity: number;
  /** Lower end of its interval, at least 0; null where no interval is known. */
  readonly low: number | null;
  /** Upper end of its interval, perhaps infinite; null where no interval is known. */
  readonly high: number | null;
  /** Number of cases, or exposure. */
  readonly n?: number;
  /** Whether the other levels of the term are compared with this one. */
  readonly isReference: boolean;
}

/** Options of {@link relativityChart}. */
export interface RelativityChartOptions extends LookOptions {
  /** What the multiples are called, for example `odds ratio`. @defaultValue "relativity" */
  readonly unitsLabel?: string;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** What `n` counts, for example `policy years`. @defaultValue "cases" */
  readonly sizeLabel?: string;
  /** Levels as they are given, or by relativity, highest first. @defaultValue "given" */
  readonly order?: "effect" | "given";
}

/**
 * Relativities, or odds ratios: what each level multiplies the prediction by, with intervals on a logarithmic axis, term by term, beside
 * bars of the number of cases. The reference level stands hollow at 1. Of a term with more than 20 levels the most important are shown
 * and what the others span.
 * @param rows at least one
 * @throws InputError for unusable rows or options
 * @example
 * relativityChart(model.relativities().rows, { sizeLabel: "policy years" });
 */
export function relativityChart(rows: readonly Relativity[], options: RelativityChartOptions = {}): TopLevelSpec {
  const call = "relativityChart";
  const look = readLook(call, options, ["unitsLabel", "confidence", "sizeLabel", "order"]);
  const { unitsLabel = "relativity", confidence = 0.95, sizeLabel = "cases", order = "given" } = options;
  checkText(call, "unitsLabel", unitsLabel, 'Leave it out for "relativity".');
  checkText(call, "sizeLabel", sizeLabel, 'Leave it out for "cases".');
  checkConfidence(call, "confidence", confidence);
  checkOrder(call, order);
  checkRows(call, rows);
  const scaling = scalingOf("factor");
  const terms = groupTerms(rows, { scaling, order, sizeLabel });
  const { isCut, ...drawing } = drawIntervalRows(look, terms.flat(), {
    scaling,
    range: [1, 1],
    title: inUnits("← lower · higher →", unitsLabel),
  });
  const note = [
    "1 = as the reference, 2 = twice as much",
    ...(rows.some(({ low }) => low !== null) ? [`line: ${intervalWords(confidence)}`, greyWords] : []),
    ...(isCut ? [arrowWords] : []),
    ...(rows.some(({ n }) => n !== undefined) ? [barWords(sizeLabel)] : []),
  ].join("; ");
  return assembleChart({
    look,
    title: "What each level multiplies the prediction by",
    note,
    description: `Chart of multiples (${unitsLabel}). ${terms.map(describeTerm).join(" ")}`,
    ...drawing,
  });
}

/** The rows of each term under a heading; of numbers alone one row each, which carries the term's name. */
function groupTerms(rows: readonly Relativity[], options: LevelOptions): IntervalRow[][] {
  const terms = new Map<string, Relativity[]>();
  for (const row of rows) {
    const own = terms.get(row.term);
    if (own) own.push(row);
    else terms.set(row.term, [row]);
  }
  const isPlain = rows.every(({ level }) => !level);
  return Array.from(terms, ([term, own]) => {
    const levels = own.map(({ level, relativity, low, high, n = null, isReference }): EffectLevel => {
      return { name: level || (isPlain ? `${term}, each unit more` : "each unit more"), estimate: relativity, low, high, n, isReference };
    });
    const made = makeLevelRows(levels, options);
    if (isPlain) return made;
    return [{ kind: "group", name: term, estimate: 1, low: null, high: null, n: null, text: "", tip: term }, ...made];
  });
}

function describeTerm(rows: readonly IntervalRow[]): string {
  const [first, ...levels] = rows;
  return first.kind === "group" ? `${first.name}: ${describeLevels(levels)}.` : `${describeLevels(rows)}.`;
}

function checkRows(call: string, rows: readonly Relativity[]): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    const received = Array.isArray(rows) ? "none" : describeReceived(rows);
    throw new InputError({ call, argument: "rows", expected: "at least one row", received, mend: "Give model.relativities().rows." });
  }
  rows.forEach(({ term, level, relativity, low, high, n }: Relativity, position) => {
    const where = `rows[${position}]`;
    checkText(call, `${where}.term`, term, "Name the term that the level belongs to.");
    if (level !== null) checkText(call, `${where}.level`, level, "Give null for a number.");
    checkInterval(call, where, { estimate: relativity, low, high }, "factor", "relativity");
    if (n !== undefined) checkSize(call, `${where}.n`, n);
  });
}

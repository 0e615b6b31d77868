import type { EffectInterval, Scaling } from "./effect-scale.ts";
import { formatCount } from "./format.ts";
import { pickImportant } from "./important-levels.ts";
import type { IntervalRow } from "./interval-rows.ts";

/** A level with its effect. */
export interface EffectLevel extends EffectInterval {
  readonly name: string;
  /** Number of cases; null where unknown. */
  readonly n: number | null;
  /** Whether the others are compared with it. */
  readonly isReference: boolean;
}

/** How levels stand in a chart. */
export interface LevelOptions {
  readonly scaling: Scaling;
  /** By effect, highest first, or as they are given. */
  readonly order: "effect" | "given";
  /** What numbers of cases count. */
  readonly sizeLabel: string;
}

/** So many levels of one factor have a row of their own at most. */
const mostLevels = 20;
const referenceText = "reference";

/** A row for each level; of more than 20 for the reference and the most important, and one for what the others span. */
export function makeLevelRows(levels: readonly EffectLevel[], { scaling, order, sizeLabel }: LevelOptions): IntervalRow[] {
  const ranked = levels.map(({ estimate, n, isReference }) => ({ effect: scaling.toAdditive(estimate), n, isReference }));
  const picked = new Set(pickImportant(ranked, mostLevels));
  const shown = levels.filter((_, position) => picked.has(position));
  const rest = levels.filter((_, position) => !picked.has(position));
  if (order === "effect") shown.sort((a, b) => b.estimate - a.estimate);
  const texts = scaling.write(shown);
  const rows = shown.map((level, rank): IntervalRow => {
    const text = level.isReference ? referenceText : texts[rank];
    const { name, estimate, low, high, n } = level;
    return { kind: level.isReference ? "reference" : "level", name, estimate, low, high, n, text, tip: writeTip(name, text, n, sizeLabel) };
  });
  return rest.length > 0 ? [...rows, spanRest(rest, scaling, sizeLabel)] : rows;
}

/** The numbers of cases in words: `12 policy years`. */
export function writeSize(n: number, sizeLabel: string): string {
  return sizeLabel === "cases" ? formatCount(n, "case", "cases") : `${formatCount(n)} ${sizeLabel}`;
}

/** The rows in a sentence: `north reference; south 1.25 (1.10 to 1.42)`. */
export function describeLevels(rows: readonly IntervalRow[]): string {
  return rows.map(({ name, text }) => `${name} ${text}`).join("; ");
}

function spanRest(rest: readonly EffectLevel[], scaling: Scaling, sizeLabel: string): IntervalRow {
  const estimates = rest.map(({ estimate }) => estimate);
  const low = estimates.reduce((least, estimate) => Math.min(least, estimate));
  const high = estimates.reduce((most, estimate) => Math.max(most, estimate));
  const n = rest.every((level) => level.n === null) ? null : rest.reduce((sum, level) => sum + (level.n ?? 0), 0);
  const name = formatCount(rest.length, "other level", "other levels");
  const text = scaling.writeRange(low, high);
  return { kind: "rest", name, estimate: low, low, high, n, text, tip: writeTip(name, text, n, sizeLabel) };
}

function writeTip(name: string, text: string, n: number | null, sizeLabel: string): string {
  return `${name}: ${text}${n === null ? "" : `, ${writeSize(n, sizeLabel)}`}`;
}

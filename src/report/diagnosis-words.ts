import { formatCount, formatNumber, formatPercent } from "../charts/index.ts";
import { wilsonInterval } from "../quality/index.ts";
import { columnLabel } from "../table/index.ts";
import type { Table } from "../table/index.ts";
import type { CurveChecks, Diagnosis, Residuals } from "./diagnosis.ts";
import { writePercentRange } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import { countCases, joinAnd } from "./words.ts";

/** Half of the middle 95 % of a standard normal distribution. */
const MIDDLE = 1.959964;
/** Intervals that others make wider by less are not worth a word. */
const MUCH_WIDER = 2;
const MOST_NAMED = 3;

/** What a diagnosis comes to: a sentence for each weakness that is looked for, found or not. */
export function describeDiagnosis(facts: Facts, diagnosis: Diagnosis): string[] {
  return [
    ...diagnosis.warnings.map(({ message }) => message),
    ...describeScatter(facts, diagnosis),
    ...describeZeros(facts, diagnosis),
    ...describeWidenings(facts, diagnosis),
    ...describeCurves(facts, diagnosis),
  ];
}

/** How many outcomes lie outside what the model holds likely: the first sentence of the section. */
export function describeResiduals(facts: Facts, residuals: Residuals): string {
  const { length } = residuals.values;
  const outside = residuals.values.filter((value) => Math.abs(value) > MIDDLE).length;
  const interval = wilsonInterval(outside, length);
  const found = `In ${formatPercent(outside / length)} (${writePercentRange(interval)}) of ${tellRows(facts, residuals)} the outcome lies outside the range to which the model gives 95\u00a0%`;
  if (interval.low > 0.05) return `${found}: surprises are more frequent than it says, which would be in 5\u00a0%.`;
  if (interval.high < 0.05) return `${found}: surprises are rarer than it says, which would be in 5\u00a0%.`;
  return `${found}, which agrees with the 5\u00a0% that it says.`;
}

/** An outcome to which the model gave less than this is a surprise. */
const RARE = 0.1;

/** How often events surprised, and how often the model expects that: the first sentence of the section for models of a probability. */
export function describeEvents({ words, predictions }: Facts, outcomes: Float64Array): string {
  const chances = predictions.map((probability) => Math.min(probability, 1 - probability));
  const sure = chances.filter((chance) => chance < RARE);
  const all = countCases(words, predictions.length);
  if (sure.length === 0) return `The model is never sure: it gives every outcome of these ${all} at least ${formatPercent(RARE, 0)}.`;
  const observed = predictions.filter((probability, row) => (outcomes[row] === 1 ? probability : 1 - probability) < RARE).length;
  const expected = sure.reduce((sum, chance) => sum + chance, 0);
  const deviation = Math.sqrt(sure.reduce((sum, chance) => sum + chance * (1 - chance), 0));
  const found = `In ${formatCount(observed)} of ${all} the outcome was one to which the model gave less than ${formatPercent(RARE, 0)}; it expects ${formatNumber(expected, expected < 9.95 ? 1 : 0)}`;
  if (Math.abs(observed - expected) <= MIDDLE * deviation) return `${found}, which agrees as far as so many can tell.`;
  return observed > expected ? `${found}: it is surer than it should be.` : `${found}: it is less sure than it could be.`;
}

/** Ten groups of similar predictions, by how many of their outcomes are above what was predicted. */
export interface ResidualGroup {
  readonly low: number;
  readonly high: number;
  /** Number of rows. */
  readonly size: number;
  /** Of these with an outcome above the middle of what was predicted. */
  readonly above: number;
}

const GROUPS = 10;
/** So many standard errors from a half come about by chance in one of twenty sets of ten groups. */
const FAR = 2.81;

/** At most ten equally filled groups of rows, lowest predictions first. */
export function groupResiduals({ fitted, values }: Residuals): ResidualGroup[] {
  const order = [...values.keys()].sort((a, b) => fitted[a] - fitted[b]);
  const count = Math.min(GROUPS, order.length);
  return Array.from({ length: count }, (_, k): ResidualGroup => {
    const own = order.slice(Math.round((k * order.length) / count), Math.round(((k + 1) * order.length) / count));
    return { low: fitted[own[0]], high: fitted[own[own.length - 1]], size: own.length, above: own.filter((row) => values[row] > 0).length };
  });
}

/** Whether outcomes lie to one side of the predictions somewhere. */
export function describePlaces(facts: Facts, residuals: Residuals): string {
  const groups = groupResiduals(residuals);
  const worst = groups.reduce((most, group) => (Math.abs(imbalance(group)) > Math.abs(imbalance(most)) ? group : most));
  if (Math.abs(imbalance(worst)) <= FAR) {
    return `In every range of predictions about as many outcomes lie above as below, as far as ${tellRows(facts, residuals)} can tell.`;
  }
  const { units } = facts;
  const isAbove = imbalance(worst) > 0;
  const share = (isAbove ? worst.above : worst.size - worst.above) / worst.size;
  const where =
    units.level(worst.low) === units.level(worst.high) ? units.level(worst.low) : `${units.level(worst.low)} to ${units.level(worst.high)}`;
  return `Yes: where it predicts ${where}, ${formatPercent(share, 0)} of the outcomes are ${isAbove ? "higher" : "lower"} than it expects; half would be right.`;
}

/** How far a group is from having half of its outcomes above, in standard errors. */
function imbalance({ above, size }: ResidualGroup): number {
  return (above - size / 2) / Math.sqrt(size / 4);
}

/** How many outcomes lie far out at either side. */
export function describeTails({ values }: Residuals): string {
  const shareOf = (isFar: (value: number) => boolean): string => formatPercent(values.filter(isFar).length / values.length);
  return `${shareOf((value) => value > MIDDLE)} of the outcomes are much higher than predicted and ${shareOf((value) => value < -MIDDLE)} much lower; of a right model 2.5\u00a0% are at each side.`;
}

/** `300 applicants`, `the 64 rows that the model was fitted to`. */
export function tellRows({ words }: Facts, { source, values }: Residuals): string {
  return source === "report" ? countCases(words, values.length) : `the ${formatCount(values.length)} rows that the model was fitted to`;
}

function describeScatter({ words, kind }: Facts, { scatter }: Diagnosis): string[] {
  if (scatter === null || Number.isNaN(scatter.ratio)) return [];
  const what = kind === "count" ? "Counts" : "Outcomes";
  const { ratio, isFound, isAllowedFor } = scatter;
  if (isFound && isAllowedFor) {
    return [
      `${what} scatter ${formatNumber(ratio)} times as much as such ${kind === "count" ? "counts" : "outcomes"} do by chance alone; the intervals of the model allow for it.`,
    ];
  }
  if (!isFound) return [`${what} scatter no more than the model assumes, as far as the rows that it was fitted to can tell.`];
  return [
    `${what} scatter ${formatNumber(ratio)} times as much as the model assumes (variance of the rows that it was fitted to): the intervals of its effects should be about ${formatNumber(Math.sqrt(ratio))} times as wide, and the ${words.prediction} of a single ${words.case} is less certain than it says.`,
  ];
}

function describeZeros({ words }: Facts, { zeros }: Diagnosis): string[] {
  if (zeros === null) return [];
  return [
    `Of the ${words.cases} that it was fitted to, ${formatCount(zeros.observed)} have an outcome of zero, where the model expects ${formatCount(zeros.expected)}.`,
  ];
}

function describeWidenings({ data }: Facts, { widenings }: Diagnosis): string[] {
  if (widenings.length === 0) return [];
  const name = (columns: readonly string[]): string => nameColumns(data, columns);
  const wide = widenings.filter(({ times }) => times >= MUCH_WIDER);
  if (wide.length === 0) {
    const [{ columns, times }] = widenings;
    if (times < 1.05) return ["No driver says what others say already: they do not widen the intervals of one another."];
    return [
      `Drivers that go together widen the intervals of one another little: those of ${name(columns)} most, by a factor of ${formatNumber(times, 1)}.`,
    ];
  }
  const told = wide.slice(0, MOST_NAMED).map(({ columns, times }) => `${name(columns)} (× ${formatNumber(times, 1)})`);
  return [
    `Some drivers say much of what others say, so that their own parts are uncertain; their intervals are wider than they would be alone: ${joinAnd(told)}.`,
  ];
}

function nameColumns(data: Table, columns: readonly string[]): string {
  return joinAnd(columns.map((column) => `“${columnLabel(data.column(column))}”`));
}

/** What is left along its curves, what they share, and where they are continued. */
function describeCurves(facts: Facts, { curves }: Diagnosis): string[] {
  if (curves === null) return [];
  return [...describePatterns(facts, curves), ...describeShared(facts, curves), ...describeOutside(facts, curves)];
}

function describePatterns({ data }: Facts, { patterns }: CurveChecks): string[] {
  const name = (isFull: boolean): string[] =>
    patterns
      .filter((pattern) => pattern.isFull === isFull)
      .slice(0, MOST_NAMED)
      .map(({ columns }) => nameColumns(data, columns));
  const [full, free] = [name(true), name(false)];
  return [
    ...(full.length > 0
      ? [`What it misses still goes with ${joinAnd(full)}, where its curve is as bent as it was allowed to be: a larger k may find more.`]
      : []),
    ...(free.length > 0
      ? [
          `What it misses still goes with ${joinAnd(free)}, though its curve could bend more: something is lacking that no curve can say, such as columns that act together.`,
        ]
      : []),
  ];
}

function describeShared({ data }: Facts, { shared }: CurveChecks): string[] {
  if (shared.length === 0) return [];
  const told = shared
    .slice(0, MOST_NAMED)
    .map(({ columns, share }) => `${formatPercent(share, 0)} of that of ${nameColumns(data, columns)}`);
  return [`Some parts say much of what others say, and should be read together: ${joinAnd(told)} could be said by other parts.`];
}

function describeOutside({ words, data }: Facts, { outside: { count, columns } }: CurveChecks): string[] {
  if (count === 0) return [];
  const where = columns.length > 0 ? ` (in ${nameColumns(data, columns)})` : "";
  return [
    `${formatCount(count)} of ${countCases(words, data.numRows)} ${count === 1 ? "lies" : "lie"} outside of what the model was fitted to${where}: there its curves are continued, not known.`,
  ];
}

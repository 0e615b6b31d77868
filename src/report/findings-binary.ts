import { formatCount, formatPercent } from "../charts/index.ts";
import { wilsonInterval } from "../quality/index.ts";
import type { BinaryQuality, LiftGroup } from "../quality/index.ts";
import { findMetric, writeOfHundred, writePercentRange, writeRange, writeValue } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import type { Findings, Tile } from "./findings.ts";
import { savingTile, writeSaving } from "./saving.ts";
import { capitalize, countCases } from "./words.ts";

/** What the quality of predicted probabilities comes to. */
export function findBinary(facts: Facts, quality: BinaryQuality): Findings {
  const { words } = facts;
  const area = findMetric(quality, "areaUnderRoc");
  const pairs = writeOfHundred(area.value, area.interval, "pairs");
  const isShown = area.interval !== null && area.interval.low > 0.5;
  const ranking = isShown
    ? `The model puts ${words.cases} in the right order in ${pairs}${judgeCalibration(facts, quality)}`
    : `It is not shown that the model orders ${words.cases} better than chance: it is right in ${pairs}`;
  return {
    headline: `${isTooFew(quality) ? writeTooFew(facts, quality) : ranking}.`,
    explanation: `A pair is one ${words.case} where ${words.event} happened and one where it did not; tossing a coin would get 50 right.`,
    evidence: writeGain(facts, quality),
    tiles: [
      rankingTile(facts, quality),
      rateTile(facts, quality),
      captureTile(facts, quality),
      savingTile(findMetric(quality, "logLossSkill"), "the same percentage for all"),
    ],
  };
}

/** Intervals from so few rows with or without the event promise more than they can hold. */
const FEWEST = 10;

function isTooFew({ numEvents, numRows }: BinaryQuality): boolean {
  return Math.min(numEvents, numRows - numEvents) < FEWEST;
}

function writeTooFew({ words }: Facts, { numEvents, numRows }: BinaryQuality): string {
  const rest = numRows - numEvents;
  const [happened, count] = numEvents <= rest ? ["happened", numEvents] : ["did not happen", rest];
  return `Too few ${words.cases} to tell how good the model is: ${words.event} ${happened} in only ${formatCount(count)} of ${formatCount(numRows)}`;
}

/** Whether predicted and observed rates agree, as the end of a sentence; empty where the data cannot tell. */
function judgeCalibration({ words }: Facts, { calibration, numRows }: BinaryQuality): string {
  const { inTheLarge, slope } = calibration;
  const shift = inTheLarge?.interval;
  const stretch = slope?.interval;
  if (!shift || !stretch) return "";
  if (shift.low > 0) return ", but its percentages are too low";
  if (shift.high < 0) return ", but its percentages are too high";
  if (stretch.high < 1) return ", but its percentages are too extreme";
  if (stretch.low > 1) return ", but its percentages are too cautious";
  return `, and its percentages agree with what happened, as far as ${countCases(words, numRows)} can tell`;
}

/** How much better than one rate for all. */
function writeGain({ words }: Facts, quality: BinaryQuality): string {
  const saving = findMetric(quality, "logLossSkill");
  const { interval } = saving;
  const known = `Measured on ${countCases(words, quality.numRows)} whose outcome is known`;
  if (isTooFew(quality)) return `${known}: the figures below may be chance.`;
  const plain = `saying ${formatPercent(quality.baseRate)} for everyone`;
  if (interval && interval.low <= 0 && interval.high >= 0) return `${known}, no gain is shown over ${plain}: ${writeSaving(saving)}.`;
  return `${known}, the model makes ${writeSaving(saving)} than ${plain}.`;
}

function rankingTile({ words }: Facts, quality: BinaryQuality): Tile {
  const { value, interval } = findMetric(quality, "areaUnderRoc");
  return {
    label: `Tells ${words.cases} apart (area under the ROC curve)`,
    value: writeValue(value, interval),
    note: `${interval ? `${writeRange(interval)}; ` : ""}0.5 is a coin toss, 1 is perfect`,
  };
}

function rateTile({ words }: Facts, { calibration, numEvents, numRows }: BinaryQuality): Tile {
  return {
    label: `Says ${formatPercent(calibration.meanPredicted)} on average; ${words.event} happens in`,
    value: formatPercent(calibration.observedRate),
    note: writePercentRange(wilsonInterval(numEvents, numRows)),
  };
}

/** What the highest fifth of the predictions holds, or the smallest group beyond that where equal predictions stay together. */
function captureTile({ words }: Facts, { lift, numEvents }: BinaryQuality): Tile {
  const fifth = lift.find(({ cumulativeShare }) => cumulativeShare >= 0.195) ?? lift[lift.length - 1];
  const caught = Math.round(fifth.cumulativeCaptured * numEvents);
  const ofEvents =
    numEvents === 1 ? `${caught === 1 ? "" : "not "}the one ${words.case}` : `${formatCount(caught)} of the ${formatCount(numEvents)}`;
  return {
    label:
      fifth.cumulativeShare < 1
        ? `Found among the ${formatPercent(fifth.cumulativeShare)} with the highest ${words.prediction}`
        : `Found among all ${words.cases}, whose predictions are too alike to pick a fifth`,
    value: formatPercent(fifth.cumulativeCaptured),
    note: `${writePercentRange(wilsonInterval(caught, numEvents))}: ${ofEvents} where ${words.event} happened`,
  };
}

/** How the groups of the lift table differ from the average. */
export function describeLift({ words }: Facts, { lift, baseRate }: BinaryQuality): string {
  const [first, last] = [lift[0], lift[lift.length - 1]];
  if (lift.length < 2) return `All ${words.cases} have the same ${words.prediction}.`;
  const tell = ({ rate, numRows }: LiftGroup, end: string): string =>
    numRows === 1
      ? `${rate === 1 ? "in" : "not in"} the one ${words.case} with the ${end}`
      : `in ${formatPercent(rate)} of the ${countCases(words, numRows)} with the ${end}`;
  return `${capitalize(words.event)} happened ${tell(first, `highest ${words.prediction}`)} and ${tell(last, "lowest")}; on average in ${formatPercent(baseRate)}.`;
}

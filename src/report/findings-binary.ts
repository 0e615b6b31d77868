import { formatCount, formatPercent } from "../charts/index.ts";
import { wilsonInterval } from "../quality/index.ts";
import type { BinaryQuality } from "../quality/index.ts";
import { findMetric, writeEstimate, writeOfHundred, writePercentRange, writeRange } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import type { Findings, Tile } from "./findings.ts";
import { capitalize, countCases } from "./words.ts";

/** What the quality of predicted probabilities comes to. */
export function findBinary(facts: Facts, quality: BinaryQuality): Findings {
  const { words } = facts;
  const area = findMetric(quality, "areaUnderRoc");
  const pairs = writeOfHundred(area.value, area.interval, "pairs");
  const isShown = area.interval !== null && area.interval.low > 0.5;
  const ranking = isShown
    ? `The model puts ${words.cases} in the right order in ${pairs}`
    : `It is not shown that the model orders ${words.cases} better than chance: it is right in ${pairs}`;
  return {
    headline: `${ranking}${isShown ? judgeCalibration(facts, quality) : ""}.`,
    explanation: `A pair is one ${words.case} where ${words.event} happened and one where it did not; tossing a coin would get 50 right.`,
    evidence: writeGain(facts, quality),
    tiles: [rankingTile(facts, quality), rateTile(quality), captureTile(facts, quality), savingTile(quality)],
  };
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
  const { value, interval } = findMetric(quality, "logLossSkill");
  const range = interval ? ` (${writePercentRange(interval)})` : "";
  const known = `Measured on ${countCases(words, quality.numRows)} whose outcome is known`;
  const plain = `saying ${formatPercent(quality.baseRate)} for everyone`;
  if (interval && interval.low <= 0 && interval.high >= 0)
    return `${known}, no gain is shown over ${plain}: ${formatPercent(value, 0)} less error${range}.`;
  return `${known}, the model makes ${formatPercent(Math.abs(value), 0)}${range} ${value > 0 ? "less" : "more"} error than ${plain}.`;
}

function rankingTile({ words }: Facts, quality: BinaryQuality): Tile {
  const { value, interval } = findMetric(quality, "areaUnderRoc");
  return {
    label: `Tells ${words.cases} apart (area under the ROC curve)`,
    value: writeEstimate(value, null),
    note: `${interval ? `${writeRange(interval)}; ` : ""}0.5 is a coin toss, 1 is perfect`,
  };
}

function rateTile({ calibration, numEvents, numRows }: BinaryQuality): Tile {
  return {
    label: `Says ${formatPercent(calibration.meanPredicted)} on average; it happens in`,
    value: formatPercent(calibration.observedRate),
    note: writePercentRange(wilsonInterval(numEvents, numRows)),
  };
}

/** What the highest fifth of the predictions holds, or the smallest group beyond that where equal predictions stay together. */
function captureTile({ words }: Facts, { lift, numEvents }: BinaryQuality): Tile {
  const fifth = lift.find(({ cumulativeShare }) => cumulativeShare >= 0.195) ?? lift[lift.length - 1];
  const caught = Math.round(fifth.cumulativeCaptured * numEvents);
  return {
    label: `Found among the ${formatPercent(fifth.cumulativeShare)} with the highest ${words.prediction}`,
    value: formatPercent(fifth.cumulativeCaptured),
    note: `${writePercentRange(wilsonInterval(caught, numEvents))}: ${formatCount(caught)} of the ${formatCount(numEvents)} where ${words.event} happened`,
  };
}

function savingTile(quality: BinaryQuality): Tile {
  const { value, interval } = findMetric(quality, "logLossSkill");
  return {
    label: "Less error than the same percentage for all (log loss)",
    value: formatPercent(value, 0),
    note: `${interval ? `${writePercentRange(interval)}; ` : ""}0 % is no gain, 100 % is perfect`,
  };
}

/** How the groups of the lift table differ from the average. */
export function describeLift({ words }: Facts, { lift, baseRate }: BinaryQuality): string {
  const [first, last] = [lift[0], lift[lift.length - 1]];
  const share = (numRows: number): string => `${countCases(words, numRows)}`;
  if (lift.length < 2) return `All ${words.cases} have the same ${words.prediction}.`;
  return `${capitalize(words.event)} happened in ${formatPercent(first.rate)} of the ${share(first.numRows)} with the highest ${words.prediction} and in ${formatPercent(last.rate)} of the ${share(last.numRows)} with the lowest; on average in ${formatPercent(baseRate)}.`;
}

import { calibrationChart, formatCount, formatNumber, formatPercent, liftChart } from "../../charts/index.ts";
import type { BinaryQuality, LiftGroup } from "../../quality/index.ts";
import { dataTable } from "../data-table.ts";
import { writePercentRange } from "../estimates.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { describeLift } from "../findings-binary.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import { capitalize, countCases } from "../words.ts";

/** Whether probabilities mean what they say, and how well they sort: two pictures side by side. */
export async function showBinary(facts: Facts, quality: BinaryQuality): Promise<Html> {
  return html`<div class="pair">
    <div>
      <h3>Do the percentages hold?</h3>
      <p>${describeCalibration(facts, quality)}</p>
      ${await calibrationFigure(facts, quality)}
    </div>
    <div>
      <h3>Does it sort well?</h3>
      <p>${describeLift(facts, quality)}</p>
      ${await liftFigure(facts, quality)}
    </div>
  </div>`;
}

function describeCalibration({ words }: Facts, { calibration }: BinaryQuality): string {
  const { meanPredicted, observedRate, bins } = calibration;
  const inside = bins.filter(({ meanPredicted: said, interval }) => said >= interval.low && said <= interval.high).length;
  const groups =
    bins.length === 1
      ? ""
      : ` In ${inside} of ${bins.length} groups of ${words.cases} with similar predictions, what was said lies within the interval of what happened.`;
  return `On average it said ${formatPercent(meanPredicted)}, and ${words.event} happened in ${formatPercent(observedRate)}.${groups}`;
}

function calibrationFigure({ words }: Facts, { calibration }: BinaryQuality): Promise<Html> {
  const bins = calibration.bins.map(({ meanPredicted, observedRate, interval, numRows }) => ({
    meanPredicted,
    observedRate,
    low: interval.low,
    high: interval.high,
    n: numRows,
  }));
  const heads = ["Group", "Predicted", "Happened", "95 % interval", capitalize(words.cases)].map((name, k) => ({
    name,
    isNumber: k > 0,
  }));
  return renderFigure({
    id: "calibration",
    size: "half",
    caption: `How often ${words.event} happened (height) against how often it was predicted, in groups of ${words.cases} with similar predictions. Lines: 95 % intervals. On the dashed line both agree.`,
    draw: (width) => calibrationChart(bins, { width, title: null, note: null }),
    table: dataTable(
      "Predicted and observed rates",
      heads,
      calibration.bins.map(({ meanPredicted, observedRate, interval, numRows }, k) => [
        k + 1,
        formatPercent(meanPredicted),
        formatPercent(observedRate),
        writePercentRange(interval),
        formatCount(numRows),
      ]),
    ),
  });
}

function liftFigure({ words }: Facts, { lift, numRows }: BinaryQuality): Promise<Html> {
  const heads = ["Group", "Happened", "Times the average", capitalize(words.cases), "Found so far"].map((name, k) => ({
    name,
    isNumber: k > 0,
  }));
  const names = nameGroups(lift);
  return renderFigure({
    id: "lift",
    size: "half",
    caption: `How often ${words.event} happened, as a multiple of the average, in ${lift.length === 1 ? "one group" : `${lift.length} groups`} of ${countCases(words, numRows)}, sorted by ${words.prediction}.`,
    draw: (width) =>
      liftChart(
        lift.map(({ rate, lift: multiple, numRows: n }, k) => ({ group: names[k], rate, lift: multiple, n })),
        { width, title: null, note: null },
      ),
    table: dataTable(
      "Groups by prediction",
      heads,
      lift.map((group, k) => [
        names[k],
        formatPercent(group.rate),
        formatNumber(group.lift, 1),
        formatCount(group.numRows),
        formatPercent(group.cumulativeCaptured),
      ]),
    ),
  });
}

/** `Highest tenth`, `2nd`, …, `Lowest tenth`. */
function nameGroups(lift: readonly LiftGroup[]): string[] {
  const tenth = lift.length === 10 ? "tenth" : "group";
  return lift.map((_, k) => {
    if (k === 0) return `Highest ${tenth}`;
    return k === lift.length - 1 ? `Lowest ${tenth}` : `${k + 1}${["th", "st", "nd", "rd"][k + 1] ?? "th"} ${tenth}`;
  });
}

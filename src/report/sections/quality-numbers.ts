import { formatCount, observedChart } from "../../charts/index.ts";
import type { CountQuality, PredictionBin, RegressionQuality } from "../../quality/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { unitOf } from "../findings-numbers.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import { capitalize } from "../words.ts";

/** Whether what was observed goes with what was predicted. */
export async function showNumbers(facts: Facts, quality: RegressionQuality | CountQuality): Promise<Html> {
  return html`<h3>Does it come out as predicted?</h3>
    <p>${describeBins(facts, quality)}</p>
    ${await observedFigure(facts, quality)}`;
}

function describeBins({ words, units }: Facts, { bins }: RegressionQuality | CountQuality): string {
  const [first, last] = [bins[0], bins[bins.length - 1]];
  if (bins.length < 2) return `All ${words.cases} have the same prediction.`;
  const tell = ({ meanPredicted, meanObserved }: PredictionBin, end: string): string =>
    `here it predicted ${end} (${units.level(meanPredicted)} on average), ${units.level(meanObserved)} came out on average`;
  return `W${tell(first, "least")}; w${tell(last, "most")}.`;
}

function observedFigure(facts: Facts, { bins }: RegressionQuality | CountQuality): Promise<Html> {
  const { words, units } = facts;
  const heads = ["Group", "Predicted", "Observed", "95 % interval", capitalize(words.cases)].map((name, k) => ({ name, isNumber: k > 0 }));
  const unit = unitOf(facts);
  return renderFigure({
    id: "observed",
    size: "full",
    caption: `Mean outcome (height) against mean prediction, in groups of ${words.cases} with similar predictions. Lines: 95 % intervals. On the dashed line both agree.`,
    draw: (width) =>
      observedChart(
        bins.map(({ meanPredicted, meanObserved, interval, numRows }) => ({
          meanPredicted,
          meanObserved,
          low: interval?.low ?? meanObserved,
          high: interval?.high ?? meanObserved,
          n: numRows,
        })),
        { width, title: null, note: null, ...(unit === undefined ? {} : { unitsLabel: unit }) },
      ),
    table: dataTable(
      "Predicted and observed means",
      heads,
      bins.map(({ meanPredicted, meanObserved, interval, numRows }, k) => [
        k + 1,
        units.level(meanPredicted),
        units.level(meanObserved),
        interval ? `${units.level(interval.low)} to ${units.level(interval.high)}` : "–",
        formatCount(numRows),
      ]),
    ),
  });
}

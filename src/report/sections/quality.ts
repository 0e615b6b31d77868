import type { QualityReport } from "../../quality/index.ts";
import { formatPercent } from "../../charts/index.ts";
import { describeComparison } from "../comparison.ts";
import { dataTable } from "../data-table.ts";
import { writeEstimate } from "../estimates.ts";
import type { Facts } from "../facts.ts";
import { findQuality } from "../findings.ts";
import { unitOf } from "../findings-numbers.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { showBinary } from "./quality-binary.ts";
import { showClasses } from "./quality-classes.ts";
import { showNumbers } from "./quality-numbers.ts";

/** How good the predictions are: a sentence, the pictures that show it, and every measure in a table. */
export async function qualitySection(facts: Facts, quality: QualityReport): Promise<Section> {
  return {
    id: "quality",
    heading: "How good is it?",
    body: html`<p>${findQuality(facts, quality).evidence}</p>
      ${await showQuality(facts, quality)}${showComparison(facts)}
      <details>
        <summary>All measures, with what they mean</summary>
        ${measureTable(facts, quality)}
      </details>`,
  };
}

function showComparison(facts: Facts): Html | null {
  const { comparison } = facts;
  if (comparison === null) return null;
  return html`<h3 class="beside">Beside ${comparison.name}</h3>
    <p>${describeComparison(facts, comparison)}</p>`;
}

function showQuality(facts: Facts, quality: QualityReport): Promise<Html> {
  if (quality.kind === "binary") return showBinary(facts, quality);
  if (quality.kind === "multiclass") return Promise.resolve(showClasses(facts, quality));
  return showNumbers(facts, quality);
}

const IN_UNITS = new Set(["rootMeanSquaredError", "meanAbsoluteError", "meanError"]);
const IN_PERCENT = new Set(["accuracy", "logLossSkill", "brierSkill"]);

function measureTable(facts: Facts, { metrics }: QualityReport): Html {
  const heads = [
    { name: "Measure" },
    { name: "Value (95 % interval)" },
    { name: "Same prediction for all" },
    { name: "Perfect" },
    { name: "Meaning", isProse: true },
  ];
  return dataTable(
    "All measures of quality",
    heads,
    metrics.map(({ name, label, value, interval, baseline, ideal, explanation }) => {
      const unit = IN_UNITS.has(name) ? unitOf(facts) : undefined;
      const percent = IN_PERCENT.has(name);
      const plain = (number: number): string => (percent ? formatPercent(number, 0) : writeEstimate(number, null, unit));
      const range = percent && interval ? ` (${formatPercent(interval.low, 0)} to ${formatPercent(interval.high, 0)})` : "";
      return [
        label,
        percent ? `${plain(value)}${range}` : writeEstimate(value, interval, unit),
        baseline === null ? "–" : plain(baseline),
        plain(ideal),
        explanation,
      ];
    }),
  );
}

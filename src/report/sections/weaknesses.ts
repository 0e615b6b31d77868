import { decimalsFor, formatCount, formatNumber, formatPercent, quantileChart, residualChart } from "../../charts/index.ts";
import { writeOutcome, writePrediction, writeReasons } from "../case-words.ts";
import { dataTable } from "../data-table.ts";
import type { Diagnosis, Residuals } from "../diagnosis.ts";
import {
  describeDiagnosis,
  describeEvents,
  describePlaces,
  describeResiduals,
  describeTails,
  groupResiduals,
  tellRows,
} from "../diagnosis-words.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { spellNumber } from "../words.ts";

const MOST_DOTS = 600;
const MOST_CASES = 3;

/** What does not fit: how often and where outcomes surprise, what the model assumes wrongly, and the cases that it understands least. */
export async function weaknessesSection(facts: Facts, diagnosis: Diagnosis): Promise<Section> {
  const { residuals } = diagnosis;
  return {
    id: "weaknesses",
    heading: "Where it is weak",
    body: html`<p>${writeLead(facts, residuals)}</p>
      ${listFindings(describeDiagnosis(facts, diagnosis))}${residuals && (await showResiduals(facts, residuals))}${listStrange(facts, residuals)}`,
  };
}

function listFindings(sentences: readonly string[]): Html | null {
  if (sentences.length === 0) return null;
  return html`<ul>
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}

function writeLead(facts: Facts, residuals: Residuals | null): string {
  if (residuals) return describeResiduals(facts, residuals);
  if (facts.kind === "binary" && facts.response) return describeEvents(facts, facts.response.values);
  if (facts.response) return "The model says nothing of how far single outcomes scatter, so how surprising they are is not told.";
  return "How surprising single outcomes are is not told, as they are not known.";
}

/** The residuals along the predictions, and their distribution. */
async function showResiduals(facts: Facts, residuals: Residuals): Promise<Html> {
  return html`<div class="pair">
    <div>
      <h3>Does it miss to one side somewhere?</h3>
      <p>${describePlaces(facts, residuals)}</p>
      ${await residualFigure(facts, residuals)}
    </div>
    <div>
      <h3>Are surprises as rare as it says?</h3>
      <p>${describeTails(residuals)}</p>
      ${await quantileFigure(facts, residuals)}
    </div>
  </div>`;
}

function residualFigure(facts: Facts, residuals: Residuals): Promise<Html> {
  const { fitted, values } = residuals;
  const points = Array.from(values, (residual, row) => ({ fitted: fitted[row], residual, name: nameRow(facts, residuals, row) }));
  return renderFigure({
    id: "residuals",
    size: "half",
    caption: `How surprising each outcome is (height; above zero: more than predicted) by the prediction, for ${tellRows(facts, residuals)}. Where the line of medians stays near zero and 95 % of the dots lie between the dashed lines, the model is right.`,
    draw: (width) => residualChart(points, { width, title: null, note: null, maxDots: MOST_DOTS, named: 3 }),
    table: residualTable(facts, residuals),
  });
}

function quantileFigure(facts: Facts, residuals: Residuals): Promise<Html> {
  const names = Array.from(residuals.values, (_, row) => nameRow(facts, residuals, row));
  return renderFigure({
    id: "surprises",
    size: "half",
    caption:
      "How surprising outcomes are (height) against how surprising they should be, in rising order. Dots within the band are as a right model has them; dots outside at the right or left are surprises that it holds too rare.",
    draw: (width) => quantileChart(residuals.values, { width, title: null, note: null, maxDots: MOST_DOTS, names }),
    table: quantileTable(residuals),
  });
}

function nameRow({ rows }: Facts, { source }: Residuals, row: number): string {
  return `row ${formatCount((source === "report" ? rows[row] : row) + 1)}`;
}

function residualTable({ units }: Facts, residuals: Residuals): Html {
  return dataTable(
    "Outcomes above what was predicted, by prediction",
    [{ name: "Predicted" }, { name: "Rows", isNumber: true }, { name: "Outcome higher", isNumber: true }],
    groupResiduals(residuals).map(({ low, high, size, above }) => [
      `${units.level(low)} to ${units.level(high)}`,
      formatCount(size),
      formatPercent(above / size, 0),
    ]),
  );
}

/** Quantiles of the residuals beside those of the standard normal distribution. */
function quantileTable({ values }: Residuals): Html {
  const sorted = values.slice().sort();
  const normal = [
    ["1 %", 0.01, -2.33],
    ["5 %", 0.05, -1.64],
    ["25 %", 0.25, -0.67],
    ["50 %", 0.5, 0],
    ["75 %", 0.75, 0.67],
    ["95 %", 0.95, 1.64],
    ["99 %", 0.99, 2.33],
  ] as const;
  return dataTable(
    "Surprises found and expected",
    [{ name: "Share of rows below" }, { name: "Found", isNumber: true }, { name: "Expected", isNumber: true }],
    normal.map(([share, part, expected]) => [
      share,
      formatNumber(sorted[Math.round(part * (sorted.length - 1))], 2),
      formatNumber(expected, 2),
    ]),
  );
}

/** The cases that the model understands least, with what moved their predictions; null where their outcomes are not known. */
function listStrange(facts: Facts, residuals: Residuals | null): Html | null {
  const { words, rows, explanation, units } = facts;
  const surprise = measureSurprise(facts, residuals);
  if (surprise === null) return null;
  const strangest = [...rows.keys()].sort((a, b) => surprise(b) - surprise(a)).slice(0, MOST_CASES);
  const decimals = decimalsFor(
    strangest.flatMap((index) => explanation.row(index).contributions.map(({ contribution }) => units.scale * contribution)),
  );
  const heading = strangest.length === 1 ? `The ${words.case}` : `The ${spellNumber(strangest.length)} ${words.cases}`;
  return html`<h3>${heading} that it understands least</h3>
    <ol>
      ${strangest.map((index) => {
        const chosen = { role: "wrong", index, output: 0 } as const;
        return html`<li>
          ${writePrediction(facts, chosen)}. ${writeOutcome(facts, chosen)} ${writeReasons(facts, chosen, decimals)}
          <small>Row ${formatCount(rows[index] + 1)}</small>
        </li>`;
      })}
    </ol>`;
}

/** How surprising the outcome of an explained row is: by its residual, for events by the probability that it had; null where none is known. */
function measureSurprise({ kind, response, predictions, rows }: Facts, residuals: Residuals | null): ((index: number) => number) | null {
  if (response === null) return null;
  if (kind === "binary") return (index) => Math.abs(response.values[rows[index]] - predictions[rows[index]]);
  return residuals?.source === "report" ? (index) => Math.abs(residuals.values[index]) : null;
}

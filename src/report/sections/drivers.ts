import { beeswarmChart, decimalsFor, formatNumber, formatPercent, formatSigned, importanceChart } from "../../charts/index.ts";
import type { ChartOptions } from "../../charts/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { rankDrivers } from "../rank-drivers.ts";
import type { Driver } from "../rank-drivers.ts";
import { capitalize, countCases } from "../words.ts";

const BARS = 7;
const SWARM_FEATURES = 10;
/** Dots of the picture of all cases: what a file of a megabyte can hold twice. */
const SWARM_DOTS = 1200;

/** Which features move predictions most, as bars; case by case for the analyst. */
export async function driversSection(facts: Facts): Promise<Section> {
  const { outputNames } = facts.explanation;
  const figures: Html[] = [];
  for (const output of outputNames.keys()) figures.push(await importanceFigure(facts, output));
  const body = outputNames.length === 1 ? html`${figures}${await showSwarm(facts)}` : pairFigures(outputNames, figures);
  return {
    id: "drivers",
    heading: "What drives it?",
    body: html`<p>${describeDrivers(facts)}</p>
      ${body}`,
  };
}

function pairFigures(names: readonly string[], figures: readonly Html[]): Html {
  return html`<div class="pair">
    ${figures.map(
      (figure, k) =>
        html`<div>
          <h3>${names[k]}</h3>
          ${figure}
        </div>`,
    )}
  </div>`;
}

async function showSwarm(facts: Facts): Promise<Html> {
  return html`<details>
    <summary>For analysts: ${facts.words.cases} as dots</summary>
    ${await swarmFigure(facts)}
  </details>`;
}

function describeDrivers(facts: Facts): string {
  const { words, units, kind } = facts;
  const drivers = rankDrivers(facts);
  const [first] = drivers;
  if (first.share === 0) return `No effect found: nothing moves the ${words.prediction}.`;
  const count = Math.min(5, drivers.length);
  const share = drivers.slice(0, count).reduce((sum, driver) => sum + driver.share, 0);
  const subject = kind === "multiclass" ? "the score of a class" : `the ${words.prediction}`;
  const rest =
    drivers.length > count ? ` The strongest ${count} of ${drivers.length} features make up ${formatPercent(share)} of all movement.` : "";
  return `“${first.label}” moves ${subject} most, by ${units.size(first.size)} on average, up or down.${rest}`;
}

/** Options that every chart of contributions takes in the report. */
export function chartLook({ units }: Facts, width: number, output = 0): ChartOptions {
  return { width, output, scale: units.scale, unitsLabel: units.label, title: null, note: null };
}

function importanceFigure(facts: Facts, output: number): Promise<Html> {
  const { explanation, units, words } = facts;
  const ranking = explanation.importance(output);
  const decimals = decimalsFor(ranking.map(({ meanAbsolute }) => units.scale * meanAbsolute));
  const isAlone = explanation.numOutputs === 1;
  const inUnits = units.label === "" ? "" : `, in ${units.label}`;
  return renderFigure({
    id: `drivers-${output}`,
    size: isAlone ? "full" : "half",
    caption: `How far each feature moves a prediction up or down from a typical one: the average size over ${countCases(words, explanation.numRows)}${inUnits}.`,
    draw: (width) => importanceChart(explanation, { ...chartLook(facts, width, output), top: BARS }),
    table: dataTable(
      "Average size of contribution of every feature",
      [
        { name: "Feature" },
        { name: units.label === "" ? "Average size" : capitalize(units.label), isNumber: true },
        { name: "Share of all movement", isNumber: true },
      ],
      ranking.map(({ label, meanAbsolute, share }) => [label, formatNumber(units.scale * meanAbsolute, decimals), formatPercent(share)]),
    ),
  });
}

function swarmFigure(facts: Facts): Promise<Html> {
  const { explanation, units, words } = facts;
  const shown = rankDrivers(facts).slice(0, SWARM_FEATURES);
  const inUnits = units.label === "" ? "" : `, in ${units.label}`;
  const most = Math.floor(SWARM_DOTS / shown.length);
  const thinned = most < explanation.numRows ? `, ${most} a feature, evenly picked from the lowest to the highest` : "";
  return renderFigure({
    id: "swarm",
    size: "full",
    caption: `Contributions of the ${shown.length} strongest features${inUnits}. Each dot is one ${words.case}${thinned}.`,
    draw: (width) => beeswarmChart(explanation, { ...chartLook(facts, width), top: SWARM_FEATURES, maxDots: SWARM_DOTS }),
    table: swarmTable(facts, shown),
  });
}

function swarmTable({ explanation, units }: Facts, shown: readonly Driver[]): Html {
  const ends = shown.map(({ index }) => {
    const sorted = Float64Array.from({ length: explanation.numRows }, (_, row) => units.scale * explanation.value(row, index)).sort();
    return [0, 0.5, 1].map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  });
  const decimals = decimalsFor(ends.flat());
  return dataTable(
    "Contributions of the strongest features",
    ["Feature", "Lowest", "Median", "Highest"].map((name, k) => ({ name, isNumber: k > 0 })),
    shown.map(({ label }, k) => [label, ...ends[k].map((value) => formatSigned(value, decimals))]),
  );
}

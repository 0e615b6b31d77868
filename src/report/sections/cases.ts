import { cellText, contributionChart, decimalsFor, formatCount, formatSigned } from "../../charts/index.ts";
import { nameCase, writeOutcome, writePrediction, writeReasons } from "../case-words.ts";
import { chooseCases } from "../cases.ts";
import type { ChosenCase } from "../cases.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { describeTypical } from "../typical.ts";
import { capitalize, spellNumber } from "../words.ts";
import { chartLook } from "./drivers.ts";

const BARS = 5;

/** Real rows that stand for something, each with what moved its prediction. */
export async function casesSection(facts: Facts): Promise<Section> {
  const { units, kind } = facts;
  const chosen = chooseCases(facts);
  const range = coverBars(facts, chosen);
  const cards: Html[] = [];
  for (const each of chosen) cards.push(await showCase(facts, each, range, chosen.length % 2 === 1 && each === chosen[chosen.length - 1]));
  const typical =
    kind === "multiclass"
      ? "Bars show what raised and lowered the score of the class that the model named."
      : `${describeTypical(facts)} The bars, all on one scale, show what moved each case away from there${units.label === "" ? "" : `, in ${units.label}`}.`;
  const heading = `${capitalize(spellNumber(chosen.length))} real ${chosen.length === 1 ? "case" : "cases"}`;
  return {
    id: "cases",
    heading,
    body: html`<p>${typical}</p>
      <div class="pair cards">${cards}</div>`,
  };
}

/** From the lowest to the highest bar of all cases, so that they share one scale. */
function coverBars({ explanation, units }: Facts, chosen: readonly ChosenCase[]): readonly [number, number] {
  const bars = chosen.flatMap(({ index, output }) => {
    const amounts = explanation.row(index, output).contributions.map(({ contribution }) => units.scale * contribution);
    return [...amounts.slice(0, BARS), amounts.slice(BARS).reduce((sum, amount) => sum + amount, 0)];
  });
  return [Math.min(0, ...bars), Math.max(0, ...bars)];
}

async function showCase(facts: Facts, chosen: ChosenCase, range: readonly [number, number], isLast: boolean): Promise<Html> {
  const { rows, data } = facts;
  const outcome = writeOutcome(facts, chosen);
  const name = nameCase(chosen, facts);
  return html`<article class="${isLast ? "card last" : "card"}">
    <div>
      <div class="head">
        <h3>${name}</h3>
        <span>${writePrediction(facts, chosen)}</span>
      </div>
      <p>
        ${outcome === null ? null : html`${outcome} `}<small
          >Row ${formatCount(rows[chosen.index] + 1)} of ${formatCount(data.numRows)}</small
        >
      </p>
      <p>${writeReasons(facts, chosen, decimalsFor(range))}</p>
    </div>
    ${await caseFigure(facts, chosen, range, name)}
  </article>`;
}

function caseFigure(facts: Facts, { index, output }: ChosenCase, range: readonly [number, number], name: string): Promise<Html> {
  const { explanation, units } = facts;
  const { contributions } = explanation.row(index, output);
  const decimals = decimalsFor(range);
  const caption = `What moved the prediction${units.label === "" ? "" : `, in ${units.label}`}`;
  const columnsOf = new Map(explanation.features.map((feature) => [feature.name, feature.columns]));
  return renderFigure({
    id: `case-${index}`,
    size: "inset",
    caption,
    title: `${name}: ${caption}`,
    draw: (width) => contributionChart(explanation, index, { ...chartLook(facts, width, output), top: BARS, range }),
    table: dataTable(
      `${name}: all contributions`,
      [{ name: "Feature" }, { name: "Value" }, { name: "Contribution", isNumber: true }],
      contributions.map(({ feature, label, contribution }) => {
        const columns = columnsOf.get(feature) ?? [];
        const value = columns.length === 1 ? cellText(explanation.data.column(columns[0]), index) : "–";
        return [label, value, formatSigned(units.scale * contribution, decimals)];
      }),
    ),
  });
}

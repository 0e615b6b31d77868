import { dependenceChart, formatCount, formatSigned, formatterOf, decimalsFor, withUnit } from "../../charts/index.ts";
import { columnLabel, levelLabel } from "../../table/index.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../../table/index.ts";
import { dataTable } from "../data-table.ts";
import { levelShapes, medianPoints } from "../driver-shape.ts";
import { describeDriver } from "../driver-words.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { rankDrivers } from "../rank-drivers.ts";
import { capitalize, spellNumber } from "../words.ts";
import { chartLook } from "./drivers.ts";

const MOST_DRIVERS = 4;
const DOTS = 400;

/** A driver as this section shows it. */
interface Effect {
  readonly index: number;
  readonly column: Column;
  /** The output that it moves most. */
  readonly output: number;
  /** Its contributions to that output, one a row. */
  readonly amounts: Float64Array;
}

/** How predictions go with the values of the strongest drivers: one picture each, on one scale. Null where no feature is a single column. */
export async function effectsSection(facts: Facts): Promise<Section | null> {
  const effects = chooseEffects(facts);
  if (effects.length === 0) return null;
  const { units, words } = facts;
  const all = effects.map(({ amounts }) => amounts);
  const ends = { low: Math.min(0, ...all.map(lowest)), high: Math.max(0, ...all.map(highest)) };
  const range: readonly [number, number] = [units.scale * ends.low, units.scale * ends.high];
  const parts: Html[] = [];
  for (const effect of effects) parts.push(await showEffect(facts, effect, range));
  const inUnits = units.label === "" ? "" : `, in ${units.label}`;
  return {
    id: "effects",
    heading: facts.terms ? "What acts together" : "How each driver acts",
    body: html`<p>
        The ${nameEffects(facts, effects.length)}: how far above or below a typical ${words.case} each puts the prediction${inUnits}. A dot
        stands for one ${words.case}.
      </p>
      <div class="pair">${parts}</div>`,
  };
}

/** `four strongest drivers, all on one scale`; of a sum they are those whose effect depends on others. */
function nameEffects({ terms }: Facts, count: number): string {
  const drivers = terms
    ? `driver${count === 1 ? "" : "s"} whose effects depend on one another`
    : `strongest driver${count === 1 ? "" : "s"}`;
  return count === 1 ? drivers : `${spellNumber(count)} ${drivers}, all on one scale`;
}

/** The strongest drivers of one column each; of a sum those that act together, as it shows what the others do elsewhere. */
function chooseEffects(facts: Facts): Effect[] {
  const { explanation, terms } = facts;
  const together =
    terms &&
    new Set(terms.readings.flatMap(({ columns, effects }) => (effects?.kind === "together" ? columns.map(({ name }) => name) : [])));
  return rankDrivers(facts)
    .filter(({ index, size }) => size > 0 && explanation.features[index].columns.length === 1)
    .filter(({ index }) => together === null || together.has(explanation.features[index].columns[0]))
    .slice(0, MOST_DRIVERS)
    .map(({ index }): Effect => {
      const { name, columns } = explanation.features[index];
      const sizes = explanation.outputNames.map(
        (_, k) => explanation.importance(k).find(({ feature }) => feature === name)?.meanAbsolute ?? 0,
      );
      const output = sizes.indexOf(Math.max(...sizes));
      const amounts = Float64Array.from({ length: explanation.numRows }, (_, row) => explanation.value(row, index, output));
      return { index, column: explanation.data.column(columns[0]), output, amounts };
    });
}

async function showEffect(facts: Facts, { index, column, output, amounts }: Effect, range: readonly [number, number]): Promise<Html> {
  const { explanation, units, words, kind } = facts;
  const { name, label } = explanation.features[index];
  const ofClass = explanation.numOutputs > 1 ? `, for ${explanation.outputNames[output]}` : "";
  const subject = kind === "multiclass" ? `the score of ${explanation.outputNames[output]}` : `the ${words.prediction}`;
  const direction =
    column.kind === "numeric"
      ? "Line: medians of neighbouring values."
      : `Thick mark: the median of its level; in brackets: number of ${words.cases}.`;
  const figure = await renderFigure({
    id: `effect-${index}`,
    size: "half",
    caption: `${capitalize(units.label === "" ? "contribution" : units.label)} (${column.kind === "numeric" ? "height" : "left to right"}) by ${columnLabel(column)}. ${direction}`,
    draw: (width) => dependenceChart(explanation, name, { ...chartLook(facts, width, output), range, maxDots: DOTS }),
    table: column.kind === "numeric" ? numericTable(facts, column, amounts) : levelTable(facts, column, amounts),
  });
  return html`<div>
    <h3>${label}${ofClass}</h3>
    <p>${describeDriver({ column, amounts, units, words, subject })}</p>
    ${figure}
  </div>`;
}

function numericTable({ units }: Facts, column: NumericColumn, amounts: Float64Array): Html {
  const line = medianPoints(column, amounts);
  const format = formatterOf(column.values);
  const signed = signAll(line.map(({ amount }) => units.scale * amount));
  return dataTable(
    `Median contribution along ${columnLabel(column)}`,
    [
      { name: `${columnLabel(column)}, about`, isNumber: true },
      { name: "Median contribution", isNumber: true },
    ],
    line.map(({ value }, k) => [withUnit(format(value), column.description.unit), signed[k]]),
  );
}

function levelTable({ units, words }: Facts, column: CategoricalColumn, amounts: Float64Array): Html {
  const levels = levelShapes(column, amounts);
  const signed = signAll(levels.map(({ amount }) => units.scale * amount));
  return dataTable(
    `Median contribution by ${columnLabel(column)}`,
    [{ name: columnLabel(column) }, { name: "Median contribution", isNumber: true }, { name: capitalize(words.cases), isNumber: true }],
    levels.map(({ code, count }, k) => [code < 0 ? "missing" : levelLabel(column, code), signed[k], formatCount(count)]),
  );
}

function signAll(values: readonly number[]): string[] {
  const decimals = decimalsFor(values);
  return values.map((value) => formatSigned(value, decimals));
}

function lowest(values: Float64Array): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function highest(values: Float64Array): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}

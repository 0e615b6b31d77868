import { formatCount, formatNumber, formatPercent, formatterOf, withUnit } from "../../charts/index.ts";
import { columnLabel, levelLabel } from "../../table/index.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../../table/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { capitalize, countCases, joinAnd } from "../words.ts";

const MOST_LEVELS = 4;

/** Which columns the model reads and what stands in them. */
export function dataSection(facts: Facts): Section {
  const { data, model, words } = facts;
  const columns = model.columnNames.map((name) => data.column(name));
  const gaps = columns.filter((column) => countMissing(column) > 0).length;
  const complete = gaps === 0 ? "no value is missing" : `${gaps === 1 ? "one has" : `${gaps} have`} missing values`;
  return {
    id: "data",
    heading: "The data",
    body: html`<p>
        ${capitalize(countCases(words, data.numRows))}; the model reads ${formatCount(columns.length, "column", "columns")}, and
        ${complete}. ${describeResponse(facts)}${words.dataSource}
      </p>
      ${describeUnused(facts)}${columnTable(columns)}`,
  };
}

function describeResponse({ quality, words, response }: Facts): string {
  if (!quality || !response) return "";
  if (quality.kind === "binary") {
    return `${capitalize(words.event)} happened in ${formatCount(quality.numEvents)} of them (${formatPercent(quality.baseRate)}). `;
  }
  if (quality.kind === "multiclass") return "";
  const mean = response.values.reduce((sum, value) => sum + value, 0) / response.values.length;
  const unit = response.column.description.unit;
  return `The outcome is ${withUnit(formatNumber(mean), unit)} on average. `;
}

/** Columns that stand in the data and that the model does not read. */
function describeUnused({ data, model, response }: Facts): Html | null {
  const read = new Set([...model.columnNames, response?.column.name]);
  const unused = data.columns.filter(({ name }) => !read.has(name)).map((column) => `“${columnLabel(column)}”`);
  if (unused.length === 0) return null;
  const named = unused.length > 5 ? [...unused.slice(0, 4), `${formatCount(unused.length - 4)} others`] : unused;
  return html`<p>In the data, but not read by the model: ${joinAnd(named)}.</p>`;
}

function columnTable(columns: readonly Column[]): Html {
  return dataTable(
    "Columns that the model reads",
    [{ name: "Column" }, { name: "Kind" }, { name: "What stands in it", isProse: true }, { name: "Missing", isNumber: true }],
    columns.map((column) => {
      const missing = countMissing(column);
      const rows = column.kind === "numeric" ? column.values.length : column.codes.length;
      return [
        columnLabel(column),
        column.kind === "numeric" ? "number" : "category",
        column.kind === "numeric" ? describeRange(column) : describeLevels(column),
        missing === 0 ? "none" : formatPercent(missing / rows),
      ];
    }),
  );
}

function countMissing(column: Column): number {
  const cells = column.kind === "numeric" ? column.values.filter(Number.isNaN) : column.codes.filter((code) => code < 0);
  return cells.length;
}

function describeRange({ values, description }: NumericColumn): string {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return "nothing";
  const [low, high, middle] = [known[0], known[known.length - 1], known[Math.floor((known.length - 1) / 2)]];
  const format = formatterOf(values);
  const write = (value: number): string => withUnit(format(value), description.unit);
  return low === high ? `always ${write(low)}` : `${format(low)} to ${write(high)}; median ${write(middle)}`;
}

function describeLevels(column: CategoricalColumn): string {
  const counts = column.levels.map(() => 0);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  const total = column.codes.length;
  const found = counts.map((count, code) => ({ count, code })).filter(({ count }) => count > 0);
  if (found.length === 0) return "nothing";
  const ordered = found.sort((a, b) => b.count - a.count);
  const named = ordered.slice(0, MOST_LEVELS).map(({ count, code }) => `${levelLabel(column, code)} (${formatPercent(count / total)})`);
  return [...named, ...(found.length > MOST_LEVELS ? [`${found.length - MOST_LEVELS} more`] : [])].join(", ");
}

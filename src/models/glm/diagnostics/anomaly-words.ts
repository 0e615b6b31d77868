import { columnLabel } from "../../../table/index.ts";
import type { Table } from "../../../table/index.ts";
import type { Anomaly } from "./anomalies.ts";

/** `Row 17: 12 came out where 2.31 was expected, which happens in about 1 of 4000 such cases. …` */
export function describeAnomaly(anomaly: Omit<Anomaly, "words">, table: Table, row: number): string {
  const { response, prediction, probability, drivers, outside } = anomaly;
  const tell = (sign: 1 | -1): string =>
    drivers
      .filter(({ contribution }) => Math.sign(contribution) === sign)
      .map(({ words }) => words)
      .join("; ");
  const [raises, lowers] = [tell(1), tell(-1)];
  return [
    `Row ${anomaly.row}: ${round(response)} came out where ${round(prediction)} was expected${tellOdds(probability)}.`,
    ...(raises === "" ? [] : [`What raises its prediction most: ${raises}.`]),
    ...(lowers === "" ? [] : [`What lowers ${raises === "" ? "its prediction" : "it"} most: ${lowers}.`]),
    ...(outside.length === 0 ? [] : [`Outside the training range: ${outside.map((name) => tellOutside(table, name, row)).join(", ")}.`]),
  ].join(" ");
}

/** How rare so large a difference is; nothing where it is not rare. */
function tellOdds(probability: number): string {
  if (probability > 0.5) return "";
  const odds = probability > 0 ? 1 / probability : Infinity;
  if (odds > 1e9) return ", which the model holds to be impossible";
  return `, which happens in about 1 of ${Math.round(Number(odds.toPrecision(2)))} such cases`;
}

function tellOutside(table: Table, name: string, row: number): string {
  const column = table.column(name);
  return `${columnLabel(column)} ${column.kind === "numeric" ? round(column.values[row]) : ""}`.trim();
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

import type { TermEffect } from "../models/index.ts";
import type { Silence } from "./curve-trust.ts";
import { formatPercent, formatterOf, withUnit } from "./format.ts";
import { inUnits } from "./frame.ts";

/** What grey marks say where colours say lower and higher. */
export const greyWords = "grey: no clear difference";

/** What arrows say. */
export const arrowWords = "arrows: beyond the axis";

/** What effects are called, in their unit: `Difference (log-odds)`, `Odds ratio`, `Change (%)`. */
export function effectWords({ scale, unitsLabel }: Pick<TermEffect, "scale" | "unitsLabel">): string {
  if (scale === "percent") return inUnits("Change", unitsLabel || "%");
  if (scale === "link") return inUnits("Difference", unitsLabel);
  return unitsLabel === "" ? "Multiple" : unitsLabel.charAt(0).toUpperCase() + unitsLabel.slice(1);
}

/** What effects without a reference are compared with. */
export const averageCase = "the average case";
export const comparedWithAverage: string = `compared with ${averageCase}`;

/** `compared with 40 years`, `compared with “north”`, `compared with the average case`. */
export function comparedWith({ reference, kind, points, unit }: TermEffect): string {
  if (reference === undefined) return comparedWithAverage;
  if (kind === "categorical") return `compared with “${reference}”`;
  const write = formatterOf(Float64Array.from(points, ({ x }) => Number(x)));
  return `compared with ${withUnit(write(Number(reference)), unit)}`;
}

/** `95 % interval`. */
export function intervalWords(confidence = 0.95): string {
  const decimals = Number.isInteger(Math.round(confidence * 1000) / 10) ? 0 : 1;
  return `${formatPercent(confidence, decimals)} interval`;
}

/** What the quiet bars say. */
export function barWords(sizeLabel: string): string {
  return sizeLabel === "cases" ? "bars: number of cases" : `bars: ${sizeLabel}`;
}

/** Why a curve tells nothing: `the band is too wide to tell`, `there are no cases`. */
export function silenceWords(silence: Silence, cases: string): string {
  return silence === "band" ? "the band is too wide to tell" : `there are no ${cases}`;
}

import { columnLabel } from "../../table/index.ts";
import type { Facts } from "../facts.ts";
import { joinAnd } from "../words.ts";
import type { EffectMeasure } from "./effect.ts";

/** How a sum is to be read, with an example where its effects are odds: one or two sentences. */
export function describeSum(facts: Facts, { scale, subject, rises }: EffectMeasure): string {
  const { words } = facts;
  const together = facts.terms?.readings.some(({ columns }) => columns.length > 1) ? ", but for those that act together" : "";
  const others = `whatever the others are${together}`;
  const end = `${describeOffset(facts)}${describeIntervals(facts)}`;
  if (scale === "factor") {
    return `The model multiplies: each thing that it knows changes the ${subject} by a factor of its own, ${others}. ${writeExample(facts, subject)} ${end}`;
  }
  if (scale === "difference") {
    return `The model adds: each thing that it knows adds a part of its own to the ${subject}, ${others}. ${end}`;
  }
  return `The model adds: each thing that it knows adds a part of its own to a score, ${others}. The higher the score, the ${rises ? "higher" : "lower"} the ${words.prediction}. ${end}`;
}

function describeIntervals({ model }: Facts): string {
  const hasIntervals = model.sum?.additive.coefficients.some(({ low }) => low !== null);
  return hasIntervals
    ? "In brackets: 95 % intervals."
    : "How certain its figures are is not known: the way in which it was fitted leaves no intervals.";
}

/** What is taken as given, as a sentence and a space; empty where nothing is. */
function describeOffset({ model, data }: Facts): string {
  const labels = (model.sum?.offsetColumns ?? []).map((name) => `“${columnLabel(data.column(name))}”`);
  if (labels.length === 0) return "";
  const [what, same] = labels.length === 1 ? ["a measure", "it"] : ["measures", "them"];
  return `It takes ${joinAnd(labels)} as ${what} of how much there is to count; all figures compare cases alike in ${same}. `;
}

function writeExample({ kind, explanation, units, words }: Facts, subject: string): string {
  const typical = explanation.baseValues[0];
  const odds = typical / (1 - typical);
  // Where everything is sure, no odds can be told apart.
  const isTold = kind === "binary" && subject.startsWith("odds") && odds > 1e-4 && odds < 1e4;
  if (!isTold) return "× 2 is twice as much, × 0.5 is half, × 1 changes nothing.";
  const after = (factor: number): string => units.level((factor * odds) / (1 + factor * odds));
  return `For a typical ${words.case}, whose ${words.prediction} is ${units.level(typical)}, odds × 2 make ${after(2)} and odds × 0.5 make ${after(0.5)}; × 1 changes nothing.`;
}

import { cellText, formatPercent } from "../charts/index.ts";
import { sumSides } from "./cases.ts";
import type { ChosenCase } from "./cases.ts";
import type { Facts } from "./facts.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { capitalize } from "./words.ts";

const MOST_REASONS = 3;
/** Reasons below this share of the strongest one are left out. */
const WEAK = 0.1;

/** The heading of a case's card. */
export function nameCase({ role, index }: ChosenCase, facts: Facts): string {
  const { words, kind, threshold, hasThreshold } = facts;
  const what = kind === "multiclass" ? "certainty" : words.prediction;
  switch (role) {
    case "typical":
      return readsTypical(facts, index) ? `A typical ${words.case}` : `Closest to a typical ${words.case}`;
    case "high":
      return `The highest ${what}`;
    case "low":
      return `The lowest ${what}`;
    case "borderline":
      return `Closest to ${hasThreshold ? "the threshold of " : ""}${formatPercent(threshold)}`;
    case "torn":
      return "Pulled both ways";
    case "wrong":
      return "The largest miss";
  }
}

/** Whether a prediction is written like the typical one; of few or divided rows none may be. */
function readsTypical({ explanation, units, kind }: Facts, index: number): boolean {
  return kind === "multiclass" || units.level(explanation.predictions[index]) === units.level(explanation.baseValues[index]);
}

/** What the model said of a case, as it stands at the head of its card. */
export function writePrediction(facts: Facts, { index, output }: ChosenCase): Html {
  const { explanation, units, words, kind } = facts;
  if (kind === "multiclass") {
    const probability = facts.predictions[facts.rows[index] * explanation.numOutputs + output];
    return html`Named ${explanation.outputNames[output]}, <b>${formatPercent(probability)}</b>`;
  }
  const typical = units.level(explanation.baseValues[index]);
  return html`${capitalize(words.prediction)} <b>${units.level(explanation.predictions[index])}</b>
    <span class="soft">(typical ${typical})</span>`;
}

/** What really happened; null without a response. */
export function writeOutcome(facts: Facts, { index }: ChosenCase): string | null {
  const { response, rows, words, kind, explanation } = facts;
  if (!response) return null;
  const outcome = response.values[rows[index]];
  if (kind === "binary") return `${capitalize(words.event)} ${outcome === 1 ? "happened" : "did not happen"}.`;
  return `The outcome was ${kind === "multiclass" ? explanation.outputNames[outcome] : cellText(response.column, rows[index])}.`;
}

/** How far from typical a case is, and the features that moved it most, with their values and contributions to so many decimals. */
export function writeReasons(facts: Facts, chosen: ChosenCase, decimals: number): Html {
  const { explanation, units, words, kind } = facts;
  const { index, output } = chosen;
  const reasons = explanation.reasons(index, { most: MOST_REASONS, output });
  const strong = reasons.filter(({ contribution }) => Math.abs(contribution) >= WEAK * Math.abs(reasons[0].contribution));
  const signs = units.signed(
    strong.map(({ contribution }) => contribution),
    decimals,
  );
  const tell = (direction: "raises" | "lowers"): Html[] =>
    strong.flatMap((reason, k) =>
      reason.direction === direction ? [html`${nameReason(facts, reason.feature, index)} (${signs[k]})`] : [],
    );
  const start = kind === "multiclass" ? html`` : startFromTypical(facts, index);
  const [raises, lowers] = [tell("raises"), tell("lowers")];
  const subject = kind === "multiclass" ? "its score" : `the ${words.prediction}`;
  const sentences = [
    ...(raises.length > 0 ? [html`What raises ${subject} most: ${joinHtml(raises)}.`] : []),
    ...(lowers.length > 0 ? [html`What lowers ${raises.length > 0 ? "it" : subject} most: ${joinHtml(lowers)}.`] : []),
  ];
  const sides = chosen.role === "torn" ? html`${tellSides(facts, chosen, subject, decimals)} ` : null;
  return html`${start} ${sides}${sentences.length > 0 ? sentences.map((sentence) => html`${sentence} `) : "No feature moves it."}`;
}

/** Why a case counts as pulled both ways. */
function tellSides(facts: Facts, { index, output }: ChosenCase, subject: string, decimals: number): string {
  const { units } = facts;
  const { raises, lowers } = sumSides(facts, index, output);
  const [up, down] = units.signed([raises, -lowers], decimals).map(units.withUnit);
  return `Strong reasons meet here: all that raises ${subject} adds up to ${up}, all that lowers it to ${down}.`;
}

function startFromTypical({ explanation, units, words }: Facts, index: number): Html {
  const gap = units.gap(explanation.predictions[index], explanation.baseValues[index]);
  if (gap === null) return html`<b>As for a typical ${words.case}.</b>`;
  return html`<b>${capitalize(gap)} a typical ${words.case}.</b>`;
}

/** `Duration of the loan: 48 months`; a group of columns goes by its name alone. */
function nameReason({ explanation }: Facts, name: string, index: number): Html {
  const { label, columns } = explanation.features[explanation.featureNames.indexOf(name)];
  if (columns.length !== 1) return html`${label}`;
  return html`${label}: <b>${cellText(explanation.data.column(columns[0]), index)}</b>`;
}

function joinHtml(items: readonly Html[]): Html {
  return html`${items.map((item, k) => html`${k === 0 ? "" : k === items.length - 1 ? " and " : ", "}${item}`)}`;
}

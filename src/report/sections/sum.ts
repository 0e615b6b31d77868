import type { Facts, ModelTerms } from "../facts.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import type { ModelSum } from "../reported-model.ts";
import type { EffectMeasure } from "../terms/effect.ts";
import { describeEffects } from "../terms/effect-words.ts";
import type { TermReading } from "../terms/read-terms.ts";
import { describeSum } from "../terms/sum-words.ts";
import { countCases, joinAnd } from "../words.ts";
import { hasPicture, showCurves, showLevels } from "./sum-figures.ts";
import { showSurfaces } from "./sum-surfaces.ts";

/** So many terms have a sentence of their own. */
const MOST_TERMS = 10;

/** How a model that is a sum adds up: a sentence a term, the factors in one picture, and what an analyst expects. */
export async function sumSection(facts: Facts, sum: ModelSum, { measure, readings }: ModelTerms): Promise<Section> {
  const told = readings.filter(({ isFound, strength }) => isFound !== false && strength > 0);
  const shown = told.slice(0, MOST_TERMS);
  return {
    id: "sum",
    heading: "How the model adds up",
    body: html`<p>${describeSum(facts, measure)}</p>
      ${listTerms(facts, measure, shown)}${listOthers(facts, readings, told.slice(MOST_TERMS))}${await showLevels(facts, measure, shown)}
      ${await showCurves(facts, measure, shown)}${await showSurfaces(facts, measure, shown)}
      <details>
        <summary>For analysts: coefficients, tests and fit</summary>
        ${sum.showFit()}
      </details>`,
  };
}

/** Sentences of terms that have none beside their picture. */
function listTerms({ words }: Facts, measure: EffectMeasure, readings: readonly TermReading[]): Html | null {
  const told = readings.flatMap((reading) => {
    const { label, effects } = reading;
    return effects && !hasPicture(readings, reading) ? [[label, describeEffects(measure, effects, words.cases)] as const] : [];
  });
  if (told.length === 0) return null;
  return html`<dl>
    ${told.map(
      ([label, text]) =>
        html`<dt>${label}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
}

/** What has no sentence of its own: too much, not found, or without movement in these rows. */
function listOthers({ words, data }: Facts, readings: readonly TermReading[], more: readonly TermReading[]): Html {
  const still = readings.filter(({ strength }) => strength === 0);
  const lost = readings.filter(({ isFound, strength }) => isFound === false && strength > 0);
  return html`${more.length > 0 ? html`<p>Weaker, but found too: ${nameTerms(more)}; their figures are in the table below.</p>` : null}
  ${
    lost.length > 0
      ? html`<p>
          No effect found for ${nameTerms(lost)}: what the model adds for ${lost.length === 1 ? "it" : "them"} cannot be told from chance.
        </p>`
      : null
  }
  ${still.length > 0 ? html`<p>No movement in these ${countCases(words, data.numRows)}: ${nameTerms(still)}.</p>` : null}`;
}

function nameTerms(readings: readonly TermReading[]): string {
  return joinAnd(readings.map(({ label }) => `“${label}”`));
}

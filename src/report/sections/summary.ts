import { formatPercent } from "../../charts/index.ts";
import { describeComparison } from "../comparison.ts";
import type { Facts } from "../facts.ts";
import { findQuality } from "../findings.ts";
import type { Tile } from "../findings.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { rankDrivers } from "../rank-drivers.ts";
import { capitalize, countCases, joinAnd } from "../words.ts";

const DRIVERS = 3;

/** The findings in a sentence and a few tiles, and what they are not. */
export function summarySection(facts: Facts): Section {
  const { words, quality } = facts;
  const findings = quality && findQuality(facts, quality);
  const drivers = sumUpDrivers(facts);
  const verdict = quality
    ? "No targets were declared, so this report gives measurements and no verdict."
    : "What really happened was not given, so this report does not tell how good the model is.";
  return {
    id: "summary",
    heading: "In short",
    body: html`${facts.model.check?.failed ? html`<p class="lead"><b>Not to be relied on.</b> ${facts.model.check.words}</p>` : null}
      <p class="lead"><b>${findings?.headline ?? drivers}</b></p>
      <p>${findings ? `${findings.explanation} ${drivers}` : describePredictions(facts)}</p>
      ${facts.comparison === null ? null : html`<p>${describeComparison(facts, facts.comparison)}</p>`}
      ${
        findings
          ? html`<ul class="tiles">
              ${findings.tiles.map(writeTile)}
            </ul>`
          : null
      }
      <p class="soft">${verdict}</p>
      ${words.purpose === null ? null : html`<p class="soft"><b>What the model is for.</b> ${words.purpose}</p>`}`,
  };
}

function writeTile({ label, value, note }: Tile): Html {
  return html`<li><span>${label}</span><b>${value}</b><small>${note}</small></li>`;
}

function sumUpDrivers(facts: Facts): string {
  const { words } = facts;
  const strongest = rankDrivers(facts)
    .slice(0, DRIVERS)
    .filter(({ share }) => share > 0);
  if (strongest.length === 0) return `Nothing moves the ${words.prediction}.`;
  const share = strongest.reduce((sum, driver) => sum + driver.share, 0);
  return `${capitalize(joinAnd(strongest.map(({ label }) => `“${label}”`)))} make up ${formatPercent(share)} of all that moves the ${words.prediction}.`;
}

/** How the predictions are spread, for want of outcomes to compare them with. */
function describePredictions({ words, units, kind, predictions, data }: Facts): string {
  const known = `Predictions for ${countCases(words, data.numRows)}`;
  if (kind === "multiclass") return `${known} are explained below.`;
  const sorted = predictions.slice().sort();
  const level = (share: number): string => units.level(sorted[Math.floor(share * (sorted.length - 1))]);
  if (data.numRows === 1) return `The ${words.prediction} of the one ${words.case} is ${level(0)}.`;
  if (level(0) === level(1)) return `${known} are all ${level(0)}.`;
  return `${known} run from ${level(0)} to ${level(1)}; half of them are at most ${level(0.5)}.`;
}

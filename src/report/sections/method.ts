import { formatCount, formatNumber } from "../../charts/index.ts";
import type { Warning } from "../../errors.ts";
import type { Facts } from "../facts.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Section } from "../page.ts";
import { countCases } from "../words.ts";
import { describeAverage, describeTypical } from "../typical.ts";
import { version } from "../version.ts";

/** What the figures do not say, and how they were made. */
export function methodSection(facts: Facts): Section {
  const { words } = facts;
  const entries: (readonly [string, Html])[] = [
    [
      "What drivers are not",
      html`Contributions tell how this model arrives at its predictions. They show what goes together in the data, not what would happen if
      someone changed it.`,
    ],
    [
      "Drivers that go together",
      html`Where two features carry much the same information, they share the credit, and either may look weaker than it is.`,
    ],
    ["How contributions were computed", facts.model.describeContributions(facts.explanation)],
    ["Scale", describeScale(facts)],
    ...(describeAverage(facts) === null ? [] : [["Typical and average", html`${describeTypical(facts)}`] as const]),
    ["Check of the sums", describeSums(facts)],
    ...(facts.rows.length < facts.data.numRows
      ? [
          [
            "Rows shown",
            html`Drivers and pictures rest on ${formatCount(facts.rows.length)} of the ${countCases(words, facts.data.numRows)}, evenly
            spaced, with the extreme ones; cases with an extreme prediction or miss, and measures of quality, rest on all.`,
          ] as const,
        ]
      : []),
    ...(facts.quality ? [["Intervals", describeIntervals(facts)] as const] : []),
    ["Model", facts.model.description],
    ...(facts.model.check ? [["Was the model read rightly?", facts.model.check.words] as const] : []),
    ["Made with", html`vitrine ${version}`],
  ];
  const told = new Set(facts.diagnosis?.warnings.map(({ message }) => message));
  const warnings = [...facts.explanation.warnings, ...facts.model.warnings, ...(facts.quality?.warnings ?? [])].filter(
    ({ message }) => !told.has(message),
  );
  return {
    id: "method",
    heading: "Limits and method",
    body: html`<p>The report describes this model on these ${words.cases}; with other ${words.cases} its figures can differ.</p>
      <dl>
        ${entries.map(
          ([name, text]) =>
            html`<dt>${name}</dt>
              <dd>${text}</dd>`,
        )}${listWarnings(warnings)}
      </dl>`,
  };
}

function describeScale({ kind, model, units }: Facts): Html {
  if (kind === "multiclass") {
    return html`Contributions are on the scale of the model’s scores (${model.link.units}). The class with the highest score is the most
    probable one; a difference of 0.7 in score doubles the ratio of two probabilities.`;
  }
  if (model.link.scoresAre === null) return html`Contributions are on the scale of the prediction itself.`;
  return html`The exact values are on the model’s own scale (${model.link.units}). They are shown in
  ${units.label || "units of the prediction"}: each row’s values are stretched by one factor, so that they add up from the typical
  prediction to this one. Their order, signs and proportions within a row are exact; their size as shown is an approximation.`;
}

function describeSums({ largestResidual, model }: Facts): Html {
  const scale = model.link.units === "" ? "" : ` ${model.link.units}`;
  if (largestResidual === 0) return html`Typical value and contributions add up to the prediction in every row.`;
  return html`Typical value and contributions add up to the prediction in every row; the largest difference is
  ${formatNumber(largestResidual)}${scale}, which is rounding.`;
}

function describeIntervals({ quality }: Facts): Html {
  const methods = new Set(quality?.metrics.flatMap(({ interval }) => (interval ? [interval.method] : [])));
  if (quality?.kind === "binary") methods.add("Wilson score (rates)");
  return html`95 % intervals: where the true figure plausibly lies, given the number of rows. They do not cover other data than these.
  Methods: ${[...methods].join("; ")}.`;
}

function listWarnings(warnings: readonly Warning[]): Html | null {
  const messages = [...new Set(warnings.map(({ message }) => message))];
  if (messages.length === 0) return null;
  return html`<dt>To be known</dt>
    ${messages.map((message) => html`<dd>${message}</dd>`)}`;
}

import { formatCount } from "../charts/index.ts";
import { gatherFacts } from "./facts.ts";
import type { Facts } from "./facts.ts";
import type { ReportOptions } from "./options.ts";
import { writePage } from "./page.ts";
import { casesSection } from "./sections/cases.ts";
import { dataSection } from "./sections/data.ts";
import { driversSection } from "./sections/drivers.ts";
import { effectsSection } from "./sections/effects.ts";
import { methodSection } from "./sections/method.ts";
import { qualitySection } from "./sections/quality.ts";
import { sumSection } from "./sections/sum.ts";
import { summarySection } from "./sections/summary.ts";
import { weaknessesSection } from "./sections/weaknesses.ts";
import { capitalize, countCases } from "./words.ts";

/**
 * Writes a report on a model as one HTML file that needs no script and no network: how good it is, what drives it, how its strongest
 * drivers act, and real cases. Every sentence and picture is computed from the data and speaks the words of its columns.
 *
 * Contributions of models of a probability or a positive mean are shown on that scale, each row stretched by one factor from the model's
 * own scale, so that `typical prediction + sum of contributions = prediction`; classes are explained on the raw scale.
 *
 * @returns the text of the file
 * @throws {@link InputError} for an unknown option, a model that is none or of a kind that a report cannot show, data that the model cannot
 * take, a response that is missing, does not vary or does not fit the model, and an explanation of other rows
 * @example
 * const page = await renderReport({ title: "Who repays?", model, data: applicants, response: "defaulted", background: training });
 */
export async function renderReport(options: ReportOptions): Promise<string> {
  const facts = gatherFacts(options);
  const sections = [
    summarySection(facts),
    facts.quality && (await qualitySection(facts, facts.quality)),
    await driversSection(facts),
    facts.model.sum && facts.terms && (await sumSection(facts, facts.model.sum, facts.terms)),
    await effectsSection(facts),
    await casesSection(facts),
    dataSection(facts),
    facts.diagnosis && (await weaknessesSection(facts, facts.diagnosis)),
    methodSection(facts),
  ];
  return writePage({ title: facts.title, line: introduce(facts), sections: sections.filter((section) => section !== null) });
}

/** The quiet line below the title. */
function introduce({ words, data, model, date }: Facts): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(date);
  return [
    capitalize(countCases(words, data.numRows)),
    `${formatCount(model.columnNames.length, "thing", "things")} known about each`,
    model.title,
    `prepared ${day}`,
  ].join(" · ");
}

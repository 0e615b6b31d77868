import { formatCount, formatPercent } from "../../charts/index.ts";
import type { ClassQuality, MulticlassQuality } from "../../quality/index.ts";
import { dataTable } from "../data-table.ts";
import { writeEstimate, writePercentRange } from "../estimates.ts";
import type { Facts } from "../facts.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import { capitalize } from "../words.ts";

/** How each class fares, and which are mistaken for which. */
export function showClasses(facts: Facts, quality: MulticlassQuality): Html {
  return html`<h3>Class by class</h3>
    ${classTable(facts, quality)}
    <h3>Which are mistaken for which</h3>
    <p>Rows: the class that it was. Columns: the class that the model named.</p>
    ${confusionTable(facts, quality)}`;
}

function classTable({ explanation, words }: Facts, { classes }: MulticlassQuality): Html {
  const heads = ["Class", capitalize(words.cases), "Found", "Right when named", "Told from the others"];
  return dataTable(
    "Quality of each class",
    heads.map((name, k) => ({ name, isNumber: k > 0 })),
    classes.map(({ index, numRows, recall, precision, areaUnderRoc }) => [
      explanation.outputNames[index],
      formatCount(numRows),
      writeShare(recall),
      writeShare(precision),
      areaUnderRoc ? writeEstimate(areaUnderRoc.value, areaUnderRoc.interval) : "–",
    ]),
  );
}

function writeShare(share: ClassQuality["recall"]): string {
  return share ? `${formatPercent(share.value, 0)} (${writePercentRange(share.interval)})` : "–";
}

function confusionTable({ explanation }: Facts, { confusion }: MulticlassQuality): Html {
  const heads = ["It was", ...explanation.outputNames].map((name, k) => ({ name, isNumber: k > 0 }));
  return dataTable(
    "Classes by what they were and what was named",
    heads,
    confusion.map((row, k) => [explanation.outputNames[k], ...row.map((count) => formatCount(count))]),
  );
}

// Explains a LightGBM model of credit risk on applicants that it has not seen, and writes report.html beside this file.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { importLightgbm } from "vitrine/trees";
import { readCsv, writeReport } from "vitrine/node";
import { treeShap } from "vitrine/shap";
import { assessQuality } from "vitrine/quality";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(file(name), "utf8"));

const model = importLightgbm(readFileSync(file("model.lgb.txt"), "utf8"));
const applicants = readCsv(file("applicants.csv")).describe(readJson("dictionary.json"));
const background = readCsv(file("train.csv"));

// The predictions must be LightGBM's own before anything is said about them.
const { ok, maxRelativeError } = model.verify(applicants, readJson("expected.json").predictions, { tolerance: 1e-12 });
if (!ok) throw new Error(`Predictions differ from LightGBM's own by ${maxRelativeError}.`);

const explanation = treeShap(model, { background }).explain(applicants);
const response = applicants.column("defaulted").values;
const { metrics } = assessQuality({ kind: "binary", response, predictions: model.predict(applicants) });
const [first, second] = explanation.importance();

await writeReport(file("report.html"), {
  title: "Will this applicant repay? How the credit-risk model decides",
  model,
  data: applicants,
  response: "defaulted",
  explanation,
  narrative: {
    case: "applicant",
    cases: "applicants",
    prediction: "risk of default",
    event: "default",
    purpose: "It helps to decide which applications for a loan need a closer look.",
    dataSource: "They are loans of a German bank from 1973 to 1975 that the model was not trained on.",
  },
});

console.log(`Predictions equal LightGBM's own for ${applicants.numRows} applicants (largest relative difference ${maxRelativeError}).`);
console.log(
  `${metrics[0].label}: ${metrics[0].value.toFixed(2)} (${metrics[0].interval.low.toFixed(2)} to ${metrics[0].interval.high.toFixed(2)}).`,
);
console.log(`What moves the risk most: ${first.label}, then ${second.label}.`);
console.log(`The report: ${file("report.html")}`);

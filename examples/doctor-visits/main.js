// Fits a model of visits to a doctor, and writes report.html beside this file on people that it was not fitted to.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitGlm } from "vitrine/models";
import { readCsv, writeReport } from "vitrine/node";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
// The first level of a column is the one that the others are compared with.
const levels = {
  cover: ["standard", "private", "free, low income", "free, old age or disability"],
  chronic: ["none", "not limiting", "limiting"],
};
const dictionary = JSON.parse(readFileSync(file("dictionary.json"), "utf8"));
const read = (name) => readCsv(file(name), { levels }).describe(dictionary);

const formula = "visits ~ sex + age + income + cover + chronic + illnesses + reduced + health";
const training = read("train.csv");
const plain = fitGlm(formula, training, { family: "poisson" });
const model = fitGlm(formula, training, { family: "negativeBinomial" });

await writeReport(file("report.html"), {
  title: "Who goes to the doctor? A model that can be read",
  model,
  data: read("people.csv"),
  response: "visits",
  background: training,
  narrative: {
    case: "person",
    cases: "people",
    prediction: "number of visits",
    purpose: "It shows how the number of visits differs between people.",
    dataSource: "They are people of the Australian Health Survey of 1977 and 1978 that the model was not fitted to.",
  },
});

const insured = model.relativities().rows.find(({ level }) => level === "private");
const [times, low, high] = [insured.relativity, insured.low, insured.high].map((value) => value.toFixed(2));
console.log(
  `Counts vary ${plain.testOverdispersion().ratio.toFixed(2)} times as much as Poisson counts, so the model is negative binomial.`,
);
console.log(
  `People with private insurance: ${times} times the visits of people with the standard cover (${low} to ${high}), all else alike.`,
);
console.log(`The report: ${file("report.html")}`);

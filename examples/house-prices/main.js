// Fits an additive model of house prices, holds it beside boosted trees on homes that neither has seen, and writes a report on each.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitGam } from "vitrine/models";
import { readCsv, writeReport } from "vitrine/node";
import { comparePredictions } from "vitrine/quality";
import { importLightgbm } from "vitrine/trees";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(file(name), "utf8"));
// The first level of a column is the one that the others are compared with.
const levels = {
  condition: ["average", "poor or worse", "fair", "below average", "above average", "good", "very good", "excellent"],
  building: ["detached", "converted to two homes", "duplex", "town house, end", "town house, inside"],
  basement_finish: [
    "unfinished",
    "no basement",
    "low quality",
    "average recreation room",
    "below average living quarters",
    "average living quarters",
    "good living quarters",
  ],
  basement_light: ["none", "little", "some", "much"],
  heating: ["typical", "fair or poor", "good", "excellent"],
};
const read = (name) => readCsv(file(name), { levels }).describe(readJson("dictionary.json"));
const [training, homes] = [read("train.csv"), read("homes.csv")];

const formula = `price ~ s(living_area) + s(lot_area, bs = "cr") + s(basement_area) + s(garage_area) + s(year_built) + s(year_remodelled)
  + fireplaces + condition + building + basement_finish + basement_light + heating + s(neighbourhood, bs = "re") + te(east, north, k = c(7, 7))`;
const model = fitGam(formula, training, { family: "gamma", link: "log" });

const trees = importLightgbm(readFileSync(file("trees.lgb.txt"), "utf8"));
// The predictions must be LightGBM's own before anything is said about them.
const { ok, maxRelativeError } = trees.verify(homes, readJson("expected.json").predictions, { tolerance: 1e-12 });
if (!ok) throw new Error(`Predictions differ from LightGBM's own by ${maxRelativeError}.`);

const narrative = {
  case: "home",
  cases: "homes",
  prediction: "price",
  purpose: "It tells what a home in Ames, Iowa, sells for.",
  dataSource: "They are homes sold in Ames from 2006 to 2010 that the model was not fitted to.",
};
// Every fourth home stands for "typical" in what each column adds.
const background = training.take(Int32Array.from({ length: 400 }, (_, k) => 4 * k));
const shared = { data: homes, response: "price", background, narrative };
await writeReport(file("report.html"), {
  ...shared,
  title: "What is a home worth? A model of curves",
  model,
  comparedWith: { name: "boosted trees", model: trees },
});
await writeReport(file("trees.html"), {
  ...shared,
  title: "What is a home worth? Boosted trees, explained",
  model: trees,
  comparedWith: { name: "a model of curves", model },
});

const { value, other, difference } = comparePredictions({
  kind: "regression",
  response: homes.column("price").values,
  predictions: model.predict(homes),
  otherPredictions: trees.predict(homes),
});
const dollars = (amount) => `$${Math.round(amount)}`;
console.log(`Average error on ${homes.numRows} homes: ${dollars(value.value)} of the curves, ${dollars(other.value)} of the trees.`);
console.log(
  `The curves miss by ${dollars(difference.value)} more (${dollars(difference.interval.low)} to ${dollars(difference.interval.high)}): what it costs to read the model.`,
);
console.log(`The reports: ${file("report.html")} and ${file("trees.html")}`);

// Explains two models that are neither trees nor sums: a network of TensorFlow.js, and a service behind HTTP. Writes report.html beside this file.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { waterfallChart } from "vitrine/charts";
import { writeReport } from "vitrine/node";
import { httpPredictor, tensorflowPredictor } from "vitrine/predictors";
import { renderSvg } from "vitrine/report";
import { gradientShap, kernelShap } from "vitrine/shap";
import { features, kept, training } from "./homes.js";
import { loadNetwork, readColumns, startTensorflow } from "./network.js";
import { startService } from "./service.js";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const percent = (share) => `${Math.round(100 * share)} %`;
const dollars = (value) => `${value < 0 ? "-" : ""}$${Math.abs(Math.round(value)).toLocaleString("en-US")}`;

// Every twentieth home that the models learned from stands for "typical".
const background = training.filter((_, row) => row % 20 === 0).select(features);

// 1. The network: loaded from its files, and told how columns become numbers.
const tf = await startTensorflow();
const network = tensorflowPredictor(await loadNetwork(), { tf, columns: readColumns() });
const explanation = await kernelShap(network, { background }).explain(kept);
const drivers = explanation.importance();
console.log(`The network, ${kept.numRows} homes: ${drivers.map(({ label, share }) => `${label} ${percent(share)}`).join(", ")}.`);

const some = kept.filter((_, row) => row % 10 === 0);
const slopes = (await gradientShap(network, { background }).explain(some)).importance();
console.log(
  `By its slopes, every tenth home (gradientShap): ${slopes.map(({ label, share }) => `${label} ${percent(share)}`).join(", ")}.`,
);

await writeReport(file("report.html"), {
  title: "What makes a home dear? A neural network, explained",
  model: { kind: "regression", name: "Neural network of two layers (TensorFlow.js)" },
  data: kept,
  response: "price",
  explanation,
  narrative: {
    case: "home",
    cases: "homes",
    prediction: "price",
    purpose: "It shows what a price that the network estimates is made of.",
    dataSource: "They are homes sold in Ames, Iowa, from 2006 to 2010 that the network was not trained on.",
  },
});

// 2. The service: nothing is known of it but its URL. It is asked as little as possible, and again where it was busy.
const { url, counts, stop } = await startService("secret");
const service = httpPredictor(url, { headers: { authorization: "Bearer secret" }, batchSize: 500, retryDelay: 20 });
const homes = kept.rows(0, 5);
const answers = await kernelShap(service, { background }).explain(homes);
stop();
const [strongest] = answers.row(0).contributions;
console.log(
  `The service prices the first home at ${dollars(answers.predictions[0])}, a typical one at ${dollars(answers.baseValues[0])}; ` +
    `most of the difference is due to ${strongest.label} (${dollars(strongest.contribution)}).`,
);
console.log(`It was sent ${counts.homes} homes in ${counts.requests} requests, ${counts.refused} of which it was too busy for.`);
writeFileSync(file("service.svg"), await renderSvg(waterfallChart(answers, 0)));

console.log(`The report: ${file("report.html")}`);

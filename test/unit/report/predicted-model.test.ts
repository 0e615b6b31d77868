import { describe, expect, test } from "vitest";
import { functionPredictor, kernelShap, renderReport, Table } from "../../../src/index.ts";
import type { Explanation, PredictedModel, PredictFunction } from "../../../src/index.ts";
import { createRandom } from "../../../src/numeric/index.ts";
import { rejectionOf } from "../../support/rejection-of.ts";

const random = createRandom(4);
const data = Table.fromRecords(
  Array.from({ length: 60 }, () => {
    const age = 20 + random.integer(50);
    const region = random.next() < 0.5 ? "north" : "south";
    const risk = 1 / (1 + Math.exp(-(age - 45) / 10));
    return { age, region, claims: random.integer(4), lapsed: random.next() < risk ? "yes" : "no" };
  }),
);
const features = ["age", "region"];
const background = data.rows(0, 20).select(features);
const riskOf = functionPredictor((rows) =>
  rows.map(({ age, region }) => 1 / (1 + Math.exp(-(Number(age) - 45) / 10 - (region === "north" ? 0.5 : 0)))),
);

async function explain(predict: PredictFunction, link: "identity" | "logit" | "log" = "identity"): Promise<Explanation> {
  return kernelShap(predict, { background, link }).explain(data.select(features));
}

async function report(model: PredictedModel, explanation: Explanation | undefined, response?: string): Promise<string> {
  return renderReport({
    title: "Who leaves?",
    model,
    data,
    ...(explanation ? { explanation } : {}),
    ...(response === undefined ? {} : { response, ...(response === "lapsed" ? { event: "yes" } : {}) }),
  });
}

const network: PredictedModel = { kind: "binary", name: "Neural network" };

describe("a report on a model of which only predictions are known", () => {
  test("tells of a probability, its quality and its drivers", async () => {
    const page = await report(network, await explain(riskOf), "lapsed");
    expect(page).toContain("Neural network, of which this report knows its predictions alone");
    expect(page).toContain("Exact Shapley values (method “exact-enumeration”)");
    expect(page).toContain("20 background rows");
    expect(page).toMatch(/area under/i);
  });

  test("shows explanations in log-odds and in logarithms on the scale of the prediction", async () => {
    const odds = await explain(riskOf, "logit");
    expect(odds.scale).toBe("raw");
    expect(await report(network, odds, "lapsed")).toContain("The exact values are on the model’s own scale (log-odds)");
    const counts = await report({ kind: "count", name: "Service" }, await explain(riskOf, "log"), "claims");
    expect(counts).toContain("The exact values are on the model’s own scale (log of the mean)");
  });

  test("says how sure sampled contributions are", async () => {
    const wide = Table.fromMatrix(
      Float64Array.from({ length: 40 * 12 }, () => random.next()),
      Array.from({ length: 12 }, (_, j) => `x${j}`),
    );
    const predict = functionPredictor((rows) =>
      rows.map((row) => Object.values(row).reduce((product: number, value) => product * (1 + Number(value)), 1)),
    );
    const sampled = await kernelShap(predict, { background: wide.rows(0, 5), budget: 200 }).explain(wide);
    const page = await renderReport({ title: "Product", model: { kind: "regression", name: "Product" }, data: wide, explanation: sampled });
    expect(page).toMatch(/Sampled\s+Shapley values \(method “kernel-regression”\)/);
    expect(page).toMatch(/the largest standard error of a contribution is [\d.]+,/);
  });

  test.each<[string, PredictedModel, () => Promise<Explanation | undefined>, string]>([
    [
      "no explanation",
      network,
      async () => undefined,
      "renderReport: explanation must be given, as nothing else is known of the model; got nothing. Explain all rows of the data with kernelShap.",
    ],
    [
      "another kind",
      { kind: "multiclass" as never, name: "x" },
      () => explain(riskOf),
      'model.kind must be one of "regression", "count", "binary"; got "multiclass".',
    ],
    [
      "probabilities beyond 1",
      network,
      () => explain(functionPredictor((rows) => rows.map(({ age }) => Number(age)))),
      'model.kind must be "binary" only for probabilities; got "a prediction of',
    ],
    [
      "negative counts",
      { kind: "count", name: "x" },
      () => explain(functionPredictor((rows) => rows.map(() => -1))),
      '"count" only for numbers from 0',
    ],
    [
      "several outputs",
      network,
      () => explain(functionPredictor((rows) => rows.map(() => [0, 1]))),
      'explanation must be of one output; got "2: output 0, output 1". Choose one: explanation.output(name).',
    ],
    [
      "other rows",
      network,
      () => kernelShap(riskOf, { background }).explain(data.rows(0, 5).select(features)),
      "explanation must be one of all rows of the data; got 5 explained rows and 60 rows of data.",
    ],
  ])("refuses %s", async (_, model, make, expected) => {
    expect(await rejectionOf(report(model, await make()))).toContain(expected);
  });
});

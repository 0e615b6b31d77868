import { beforeAll, describe, expect, test } from "vitest";
import { exactShap, functionPredictor, gradientShap, kernelShap, Table, tensorflowPredictor } from "../../../../src/index.ts";
import type { DifferentiablePredictor, Explanation } from "../../../../src/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { graphModel } from "../../../support/graph-models.ts";
import { messageOf } from "../../../support/message-of.ts";
import { rejectionOf } from "../../../support/rejection-of.ts";
import { backends, denseNetwork, tf, useBackend } from "../../../support/tensorflow.ts";

/** float32 keeps seven digits; sums and differences of predictions near 10 lose one or two. */
const FLOAT32 = 2e-5;

const names = ["a", "b", "c"];
function randomTable(rows: number, seed: number): Table {
  const random = createRandom(seed);
  return Table.fromMatrix(
    Float64Array.from({ length: rows * 3 }, () => random.next() * 2 - 1),
    names,
  );
}
const background = randomTable(20, 1);
const rows = randomTable(4, 2);

/** (1.5 a - b + 0.5 c + 0.2) (0.5 a + b - c): products of pairs and squares, where expected gradients are Shapley values. */
function quadraticNetwork(): DifferentiablePredictor {
  const input = tf.input({ shape: [3] });
  const sum = (weights: number[], bias: number, name: string) => {
    const layer = tf.layers.dense({ units: 1, name });
    const output = layer.apply(input);
    layer.setWeights([tf.tensor2d(weights, [3, 1]), tf.tensor1d([bias])]);
    return output;
  };
  const factors = [sum([1.5, -1, 0.5], 0.2, `left${++made}`), sum([0.5, 1, -1], 0, `right${made}`)];
  const product = tf.layers.multiply().apply(factors as never);
  return tensorflowPredictor(tf.model({ inputs: input, outputs: product as never }));
}
let made = 0;

/** Expected gradients of tanh(weights · x), in closed form: along a line the derivative by the sum integrates to a difference of tanh. */
function tanhValues(weights: readonly number[]): number[] {
  const dot = (values: Float64Array, row: number) => weights.reduce((sum, weight, j) => sum + weight * values[row * 3 + j], 0);
  return Array.from({ length: 12 }, (_, cell) => {
    const [row, j] = [Math.floor(cell / 3), cell % 3];
    const end = dot(rows.values, row);
    const parts = Array.from({ length: 20 }, (__, b) => {
      const start = dot(background.values, b);
      const slope = (Math.tanh(end) - Math.tanh(start)) / (end - start);
      return weights[j] * (rows.values[cell] - background.values[b * 3 + j]) * slope;
    });
    return parts.reduce((sum, part) => sum + part, 0) / 20;
  });
}

/** Differences in units of their standard errors. */
function scores(found: Explanation, truth: Float64Array): number[] {
  return Array.from(found.values, (value, i) => (value - truth[i]) / (found.standardErrors as Float64Array)[i]);
}

describe.each(backends)("gradientShap on the %s backend", (backend) => {
  beforeAll(() => useBackend(backend));

  test("gives a linear network's exact values, without error", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 1, inputShape: [3] }));
    const predict = tensorflowPredictor(model);
    const found = await gradientShap(predict, { background }).explain(rows);
    const exact = await exactShap(predict, { background }).explain(rows);
    found.values.forEach((value, i) => expect(Math.abs(value - exact.values[i])).toBeLessThan(FLOAT32));
    found.standardErrors?.forEach((error) => expect(error).toBeLessThan(FLOAT32));
    expect(found.warnings).toEqual([]);
    expect([found.method, found.scale]).toEqual(["expected-gradients", "response"]);
  });

  test("gives the Shapley values of products of pairs, as kernelShap and exactShap do, within its standard errors", async () => {
    const predict = quadraticNetwork();
    const found = await gradientShap(predict, { background }).explain(rows);
    const exact = await exactShap(predict, { background }).explain(rows);
    const kernel = await kernelShap(predict, { background }).explain(rows);
    kernel.values.forEach((value, i) => expect(Math.abs(value - exact.values[i])).toBeLessThan(FLOAT32));
    // Of 12 normal scores none is beyond 4.5 but once in 10^4 seeds; the seed is fixed.
    scores(found, exact.values).forEach((score) => expect(Math.abs(score)).toBeLessThan(4.5));
    const most = Math.max(...exact.values.map(Math.abs));
    found.standardErrors?.forEach((error) => expect(error).toBeLessThan(0.02 * most));
  });

  test("adds up exactly, for every output of a network, and leaves no tensor behind", async () => {
    const predict = tensorflowPredictor(denseNetwork(3, 6, 3));
    await gradientShap(predict, { background }).explain(rows.rows(0, 1));
    const before = tf.memory().numTensors;
    const found = await gradientShap(predict, { background, outputNames: ["x", "y", "z"] }).explain(rows);
    expect(tf.memory().numTensors).toBe(before);
    expect(found.outputNames).toEqual(["x", "y", "z"]);
    // Sums of a few numbers near 1 in float64.
    found.additivityResiduals.forEach((residual) => expect(Math.abs(residual)).toBeLessThan(1e-12));
    expect(found.warnings).toEqual([]);
    expect(Array.from(found.predictions)).toEqual(Array.from(await predict(rows)));
    const one = await gradientShap(tensorflowPredictor(denseNetwork(3, 6, 3), { keepOutputs: [0] }), { background }).explain(rows);
    const first = found.output("x");
    one.values.forEach((value, i) => expect(Math.abs(value - first.values[i])).toBeLessThan(FLOAT32));
  });

  test("differentiates a saved graph as it does a network", async () => {
    const weights = [0.5, -1, 2];
    const predict = tensorflowPredictor(await graphModel(weights, ["Tanh"]), { batchSize: 50 });
    const found = await gradientShap(predict, { background }).explain(rows);
    const truth = tanhValues(weights);
    found.values.forEach((value, i) => {
      const error = (found.standardErrors as Float64Array)[i];
      expect(Math.abs(value - truth[i])).toBeLessThan(4.5 * error + FLOAT32);
      expect(error).toBeLessThan(0.005);
    });
    found.additivityResiduals.forEach((residual) => expect(Math.abs(residual)).toBeLessThan(1e-12));
  });
});

describe("gradientShap", () => {
  beforeAll(() => useBackend(backends[0]));

  test("has standard errors that hold: 95 % intervals cover what they should", async () => {
    const predict = quadraticNetwork();
    const exact = await exactShap(predict, { background }).explain(rows);
    let covered = 0;
    let all = 0;
    for (let seed = 0; seed < 60; seed++) {
      const found = await gradientShap(predict, { background, samples: 80, seed }).explain(rows);
      for (const score of scores(found, exact.values)) {
        all++;
        if (Math.abs(score) < 1.96) covered++;
      }
    }
    // 720 scores, those of a seed dependent: the share varies by 2 points or so; 40 pairs make it a point low.
    expect(covered / all).toBeGreaterThan(0.91);
    expect(covered / all).toBeLessThan(0.98);
  });

  test("holds with fewer points than background rows, too, and with weights", async () => {
    const predict = quadraticNetwork();
    const many = randomTable(200, 3);
    const backgroundWeights = Array.from({ length: 200 }, (_, b) => b % 4);
    const exact = await exactShap(predict, { background: many, backgroundWeights }).explain(rows);
    let covered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const found = await gradientShap(predict, { background: many, backgroundWeights, samples: 100, seed }).explain(rows);
      covered += scores(found, exact.values).filter((score) => Math.abs(score) < 1.96).length;
      expect(found.backgroundErrors).toBeUndefined();
      found.baseValues.forEach((base, row) => expect(base).toBeCloseTo(exact.baseValues[row], 10));
    }
    expect(covered / 480).toBeGreaterThan(0.9);
    expect(covered / 480).toBeLessThan(0.985);
  });

  test("tells the error of the background apart: that of kernelShap, but for rounding and chance", async () => {
    const predict = quadraticNetwork();
    const found = await gradientShap(predict, { background, samples: 4000 }).explain(rows);
    const kernel = await kernelShap(predict, { background }).explain(rows);
    found.backgroundErrors?.forEach((error, i) => {
      const other = (kernel.backgroundErrors as Float64Array)[i];
      expect(Math.abs(error - other)).toBeLessThan(0.03 * other + 0.001);
    });
    expect(found.backgroundErrors).toHaveLength(12);
  });

  test("repeats itself with the same seed, for any batch size and beside any rows, and not with another", async () => {
    const model = denseNetwork(3, 6, 1);
    const explain = async (seed: number, batchSize: number, table: Table) =>
      (await gradientShap(tensorflowPredictor(model, { batchSize }), { background, seed }).explain(table)).values;
    const found = await explain(7, 4096, rows);
    expect(await explain(7, 4096, rows)).toEqual(found);
    // Kernels may add up in another order for other batches.
    (await explain(7, 33, rows)).forEach((value, i) => expect(Math.abs(value - found[i])).toBeLessThan(FLOAT32));
    (await explain(7, 4096, rows.rows(2, 3))).forEach((value, i) => expect(Math.abs(value - found[6 + i])).toBeLessThan(FLOAT32));
    expect(await explain(8, 4096, rows)).not.toEqual(found);
  });

  test("adds up the indicators of a category, sees scales, and leaves alone what the model does not read", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 1, inputShape: [3], useBias: false }));
    model.setWeights([tf.tensor2d([2, 10, 30], [3, 1])]);
    const predict = tensorflowPredictor(model, {
      columns: [
        { name: "age", center: 40, scale: 10 },
        { name: "region", levels: ["north", "south"], as: "indicators" },
      ],
    });
    const people = Table.fromRecords([
      { age: 30, region: "north", id: 1 },
      { age: 50, region: "south", id: 2 },
    ]);
    const { values, featureNames } = await gradientShap(predict, { background: people }).explain([{ region: "south", id: 9, age: 60 }]);
    expect(featureNames).toEqual(["age", "region", "id"]);
    [2 * 2, 30 - 20, 0].forEach((truth, j) => expect(values[j]).toBeCloseTo(truth, 5));
  });

  test("takes groups as one, which is the sum of their columns", async () => {
    const predict = tensorflowPredictor(denseNetwork(3, 6, 1));
    const single = await gradientShap(predict, { background }).explain(rows);
    const grouped = await gradientShap(predict, { background, groups: { both: ["a", "c"] } }).explain(rows);
    expect(grouped.featureNames).toEqual(["both", "b"]);
    for (let row = 0; row < 4; row++) expect(grouped.value(row, 0)).toBeCloseTo(single.value(row, 0) + single.value(row, 2), 10);
  });

  test("warns where derivatives do not account for predictions", async () => {
    const found = await gradientShap(tensorflowPredictor(await graphModel([1, 1, 1], ["Sign"])), { background }).explain(rows);
    expect(found.warnings.map(({ name }) => name)).toEqual(["derivatives", "additivity"]);
    expect(found.warnings[0].message).toContain("Explain these rows with kernelShap instead.");
  });

  test("tells how far it is, and stops when told to", async () => {
    const explainer = gradientShap(tensorflowPredictor(denseNetwork(3, 6, 1)), { background });
    const stop = new AbortController();
    const told: number[] = [];
    const onProgress = ({ rowsDone, numRows }: { rowsDone: number; numRows: number }) => {
      told.push(rowsDone / numRows);
      if (rowsDone === 2) stop.abort(new Error("enough"));
    };
    const before = tf.memory().numTensors;
    await expect(explainer.explain(rows, { signal: stop.signal, onProgress })).rejects.toThrow("enough");
    expect(told).toEqual([0.25, 0.5]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("lets go of its tensors when the model throws", async () => {
    const model = denseNetwork(3, 6, 2);
    const predictWell = model.predict.bind(model);
    let calls = 0;
    model.predict = (...given) => {
      if (++calls === 8) throw new Error("out of memory");
      return predictWell(...given);
    };
    const explainer = gradientShap(tensorflowPredictor(model), { background });
    const before = tf.memory().numTensors;
    await expect(explainer.explain(rows)).rejects.toThrow("out of memory");
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("gradientShap refuses", () => {
  beforeAll(() => useBackend(backends[0]));

  test.each([
    [
      functionPredictor(() => [0]),
      {},
      "predict must be a predictor that tensorflowPredictor made; got a function. Write gradientShap(tensorflowPredictor(model), { background }); any other model is explained by kernelShap.",
    ],
    [undefined, { background }, "predict must be a predictor that tensorflowPredictor made; got nothing."],
  ])("%# as a model", (predict, options, expected) => {
    expect(messageOf(() => gradientShap(predict as never, options as never))).toContain(expected);
  });

  test.each([
    [undefined, "options must be an object with background; got nothing."],
    [{ background, samples: 10 }, "samples must be a whole number of at least 16, which is what honest standard errors take; got 10."],
    [{ background, seed: 0.5 }, "seed must be a whole number from 0 to 4294967295; got 0.5."],
    [{ background, sample: 100 }, 'got "sample".'],
    [{ background, backgroundWeights: [1] }, "backgroundWeights must be 20 finite weights"],
    [{ background: [] }, "gradientShap background"],
  ])("%# as options", (options, expected) => {
    expect(messageOf(() => gradientShap(tensorflowPredictor(denseNetwork(3, 2, 1)), options as never))).toContain(expected);
  });

  test("rows without the background's columns, and other numbers of names than outputs", async () => {
    const predict = tensorflowPredictor(denseNetwork(3, 2, 1));
    expect(await rejectionOf(gradientShap(predict, { background }).explain(rows.select(["a"])))).toMatch(
      /^gradientShap\.explain: data must be/,
    );
    expect(await rejectionOf(gradientShap(predict, { background, outputNames: ["x", "y"] }).explain(rows))).toContain(
      "outputNames must be 1 names",
    );
  });

  test("inputs of whole numbers, and outputs that do not depend on any input", async () => {
    const model = tf.sequential();
    model.add(tf.layers.embedding({ inputDim: 3, outputDim: 2, inputLength: 1 }));
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 1 }));
    const input = tf.input({ shape: [1], dtype: "int32", name: "region" });
    const whole = tf.model({ inputs: input, outputs: model.apply(input) as never });
    const codes = Table.fromColumns({ region: [0, 1, 2] });
    expect(await rejectionOf(gradientShap(tensorflowPredictor(whole), { background: codes }).explain(codes))).toBe(
      'gradientShap: model input "region" must be of float32, so that predictions can be differentiated by it; got int32. Explain this model with kernelShap.',
    );
    const constant = denseNetwork(3, 2, 1);
    constant.predict = (x) => tf.zeros([(x as ReturnType<typeof tf.zeros>).shape[0], 1]);
    expect(await rejectionOf(gradientShap(tensorflowPredictor(constant), { background }).explain(rows))).toMatch(
      /^gradientShap: model must be made of operations that TensorFlow\.js can differentiate; got Cannot compute gradient/,
    );
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { exactShap, Table, tensorflowPredictor } from "../../../src/index.ts";
import { createRandom } from "../../../src/numeric/index.ts";
import { rejectionOf } from "../../support/rejection-of.ts";
import { messageOf } from "../../support/message-of.ts";
import { backends, denseNetwork, tf, useBackend } from "../../support/tensorflow.ts";

/** float32 keeps seven digits; a dozen operations may lose one. */
const FLOAT32 = 2e-6;

function randomTable(rows: number, names: readonly string[], seed = 5): Table {
  const random = createRandom(seed);
  return Table.fromMatrix(
    Float64Array.from({ length: rows * names.length }, () => random.next() * 4 - 2),
    names,
  );
}

describe.each(backends)("tensorflowPredictor on the %s backend", (backend) => {
  beforeAll(() => useBackend(backend));

  test("predicts as the model itself, whatever the batch size, and leaves no tensor behind", async () => {
    const model = denseNetwork(3, 8, 2);
    const rows = randomTable(50, ["a", "b", "c"]);
    const expected = (model.predict(tf.tensor2d(Array.from(rows.values), [50, 3])) as ReturnType<typeof tf.tensor>).dataSync();
    for (const batchSize of [1, 7, 50, 4096]) {
      const predict = tensorflowPredictor(model, { batchSize });
      await predict(rows.rows(0, 1));
      const before = tf.memory().numTensors;
      const found = await predict(rows);
      expect(tf.memory().numTensors).toBe(before);
      expect(found).toHaveLength(100);
      found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(FLOAT32));
    }
  });

  test("finds columns by name, scales numbers, and codes categories", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 1, inputShape: [4], useBias: false }));
    model.setWeights([tf.tensor2d([1, 10, 100, 1000], [4, 1])]);
    const rows = Table.fromRecords([
      { region: "south", unused: 9, age: 50, size: "L" },
      { region: "north", unused: 9, age: 30, size: "S" },
    ]);
    const predict = tensorflowPredictor(model, {
      columns: [
        { name: "age", center: 40, scale: 10 },
        { name: "size", levels: { S: 1, L: 3 } },
        { name: "region", levels: ["north", "south"], as: "indicators" },
      ],
    });
    expect(Array.from(await predict(rows))).toEqual([1 + 30 + 1000, -1 + 10 + 100]);
  });

  test("feeds a model of several inputs, integers among them, and reads several outputs", async () => {
    const age = tf.input({ shape: [1], name: "age" });
    const region = tf.input({ shape: [1], name: "region", dtype: "int32" });
    const table = tf.layers.embedding({ inputDim: 3, outputDim: 2, name: `table_${backend}` }).apply(region);
    const flat = tf.layers.flatten().apply(table);
    const merged = tf.layers.concatenate().apply([age, flat] as Parameters<ReturnType<typeof tf.layers.concatenate>["apply"]>[0]);
    const first = tf.layers.dense({ units: 1, name: `first_${backend}` }).apply(merged);
    const second = tf.layers.dense({ units: 2, name: `second_${backend}` }).apply(merged);
    const model = tf.model({ inputs: [age, region], outputs: [first, second] as never });
    const rows = Table.fromRecords([
      { region: "b", age: 1 },
      { region: "c", age: 2 },
    ]);
    const columns = { age: ["age"], region: [{ name: "region", levels: ["a", "b", "c"] }] };
    const both = await tensorflowPredictor(model, { columns })(rows);
    const inputs = [tf.tensor2d([1, 2], [2, 1]), tf.tensor2d([1, 2], [2, 1], "int32")];
    const [one, two] = (model.predict(inputs) as ReturnType<typeof tf.tensor>[]).map((tensor) => tensor.dataSync());
    const expected = [one[0], two[0], two[1], one[1], two[2], two[3]];
    both.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(FLOAT32));
    const last = await tensorflowPredictor(model, { columns, outputTensor: `second_${backend}`, keepOutputs: [1] })(rows);
    expect(Array.from(last)).toEqual([both[2], both[5]]);
    const fractions = Table.fromColumns({ age: [1], region: [0.5] });
    expect(await rejectionOf(tensorflowPredictor(model)(fractions))).toBe(
      'tensorflowPredictor: model input "region" must be given whole numbers, as it is of int32; got 0.5 at row 0. Check the columns that feed this input.',
    );
  });

  test("reshapes rows for a model that wants more dimensions", async () => {
    const model = tf.sequential();
    model.add(tf.layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [4, 1] }));
    model.add(tf.layers.flatten());
    model.add(tf.layers.dense({ units: 1 }));
    expect(await tensorflowPredictor(model)(randomTable(3, ["t1", "t2", "t3", "t4"]))).toHaveLength(3);
  });

  test("is explained: exact Shapley values of a linear network are its weights times distances", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 1, inputShape: [2], useBias: false }));
    model.setWeights([tf.tensor2d([2, -3], [2, 1])]);
    const background = Table.fromColumns({ a: [0, 2], b: [1, 3] });
    const explanation = await exactShap(tensorflowPredictor(model, { tf }), { background }).explain([{ a: 4, b: 0 }]);
    expect(Array.from(explanation.values)).toEqual([2 * (4 - 1), -3 * (0 - 2)]);
  });

  test("says which row a model calls NaN, and lets go of its tensors all the same", async () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 1, inputShape: [1], useBias: false }));
    model.setWeights([tf.tensor2d([3e38], [1, 1])]);
    const predict = tensorflowPredictor(model, { batchSize: 2 });
    const before = tf.memory().numTensors;
    expect(await rejectionOf(predict(Table.fromColumns({ a: [0, 1, 1, 5] })))).toMatch(
      /^tensorflowPredictor: the model's predictions must be finite numbers; got Infinity at row 3, output 0\. /,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test("passes on what a model throws on its third call, and lets go of its tensors", async () => {
    const model = denseNetwork(1, 2, 1);
    const predictWell = model.predict.bind(model);
    let calls = 0;
    model.predict = (...given) => {
      calls++;
      if (calls === 3) throw new Error("out of memory");
      return predictWell(...given);
    };
    const predict = tensorflowPredictor(model, { batchSize: 10 });
    const before = tf.memory().numTensors;
    await expect(predict(randomTable(900, ["a"]))).rejects.toThrow("out of memory");
    expect(calls).toBe(3);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("stops between two batches when told to", async () => {
    const model = denseNetwork(1, 2, 1);
    const stop = new AbortController();
    const predictWell = model.predict.bind(model);
    let calls = 0;
    model.predict = (...given) => {
      if (++calls === 2) stop.abort(new Error("enough"));
      return predictWell(...given);
    };
    await expect(tensorflowPredictor(model, { batchSize: 1 })(randomTable(50, ["a"]), { signal: stop.signal })).rejects.toThrow("enough");
    expect(calls).toBe(2);
  });
});

describe("tensorflowPredictor refuses", () => {
  beforeAll(() => useBackend(backends[0]));
  const rows = Table.fromRecords([
    { a: 1, region: "north" },
    { a: null, region: "south" },
  ]);

  test("what is no model", () => {
    expect(messageOf(() => tensorflowPredictor(Promise.resolve() as never))).toBe(
      "tensorflowPredictor: model must be a LayersModel or a GraphModel of TensorFlow.js; got an object of type Promise. Load it with tf.loadLayersModel or tf.loadGraphModel, and await it.",
    );
  });

  test("a model that does not know its inputs", () => {
    const model = tf.sequential();
    expect(messageOf(() => tensorflowPredictor(model))).toMatch(
      /model must be a model that knows its inputs and outputs; got an array of 0\./,
    );
  });

  test.each([
    [{ batchSize: 0 }, "batchSize must be a whole number from 1; got 0."],
    [{ batchsize: 5 }, 'options must be made of "tf", "columns", "missing", "batchSize", "outputTensor", "keepOutputs"; got "batchsize".'],
    [{ missing: "drop" }, 'missing must be "refuse" or "pass"; got "drop".'],
    [{ outputTensor: "nothing" }, 'or its position; got "nothing".'],
    [{ outputTensor: 1 }, "or its position; got 1."],
    [{ keepOutputs: [] }, "keepOutputs must be a list of different positions, the first output being 0; got an array of 0."],
    [{ keepOutputs: [0, 0] }, "keepOutputs must be a list of different positions"],
    [{ tf: {} }, "tf must be the module @tensorflow/tfjs or @tensorflow/tfjs-node; got an object of type Object."],
    [{ columns: [] }, "columns must be a list of columns; got an array of 0."],
    [{ columns: ["a", "a"] }, 'columns must be a list of different columns; got "a" twice.'],
    [{ columns: [7] }, "columns[0] must be a column's name, or an object with name; got 7."],
    [{ columns: [{ name: "a", scale: 0 }] }, "columns[0].scale must be a finite number, not 0; got 0."],
    [{ columns: [{ name: "a", center: NaN }] }, "columns[0].center must be a finite number; got NaN."],
    [{ columns: [{ name: "a", centre: 1 }] }, 'got "centre".'],
    [{ columns: [{ name: "r", levels: [] }] }, "columns[0].levels must be a list of different levels"],
    [{ columns: [{ name: "r", levels: ["x", "x"] }] }, "columns[0].levels must be a list of different levels"],
    [{ columns: [{ name: "r", levels: { x: NaN } }] }, "columns[0].levels must be a list of different levels"],
    [{ columns: [{ name: "r", levels: ["x"], as: "dummies" }] }, 'columns[0].as must be "code" or "indicators"; got "dummies".'],
    [{ columns: ["a", "b"] }, "columns must be 1 numbers a row for the model's input \""],
    [{ columns: { other: ["a"] } }, 'columns must be lists for the inputs "'],
  ])("%j", (options, expected) => {
    expect(messageOf(() => tensorflowPredictor(denseNetwork(1, 2, 1), options as never))).toContain(expected);
  });

  test.each([
    [
      { columns: ["a"] },
      'column "a" must be complete; got a missing cell at row 1. Fill or drop such rows, or let the model see NaN with missing: "pass".',
    ],
    [{ columns: ["b"] }, 'batch must be a table with the column "b"; got "a", "region".'],
    [
      { columns: ["region"] },
      'column "region" must be numeric, or listed with the model\'s numbers for its levels; got categories ("north", "south"). Say in columns: { name: "region", levels: [the levels in the model\'s order], as: "code" or "indicators" }.',
    ],
    [{ columns: [{ name: "region", levels: ["north"] }] }, 'column "region" must be made of the levels "north"; got "south" at row 1.'],
    [{}, "columns must be 1 numbers a row for the model's input \""],
    [{ columns: ["a"], missing: "pass" }, "the model's predictions must be finite numbers; got NaN at row 1, output 0."],
    [
      { columns: [{ name: "region", levels: ["north", "south"] }], keepOutputs: [1] },
      "must be at least 2 a row, as keepOutputs asks; got 1 a row.",
    ],
  ])("at the first batch: %j", async (options, expected) => {
    expect(await rejectionOf(tensorflowPredictor(denseNetwork(1, 2, 1), options as never)(rows))).toContain(expected);
  });
});

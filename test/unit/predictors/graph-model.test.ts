import { beforeAll, describe, expect, test } from "vitest";
import { Table, tensorflowPredictor } from "../../../src/index.ts";
import { graphModel } from "../../support/graph-models.ts";
import { rejectionOf } from "../../support/rejection-of.ts";
import { backends, tf, useBackend } from "../../support/tensorflow.ts";

const rows = Table.fromColumns({ a: [0.1, -0.2, 0.3], b: [0.5, 0.25, -1] });

describe.each(backends)("tensorflowPredictor of a saved graph on the %s backend", (backend) => {
  beforeAll(() => useBackend(backend));

  test("predicts as the graph does, and leaves no tensor behind", async () => {
    const predict = tensorflowPredictor(await graphModel([2, -1], ["Tanh"]), { batchSize: 2 });
    const before = tf.memory().numTensors;
    const found = await predict(rows);
    // float32 keeps seven digits.
    [-0.3, -0.65, 1.6].forEach((sum, row) => expect(found[row]).toBeCloseTo(Math.tanh(sum), 6));
    expect(tf.memory().numTensors).toBe(before);
  });

  test("runs graphs whose operations decide what comes next", async () => {
    const predict = tensorflowPredictor(await graphModel([1, 1], ["IsFinite", "Where"]), { batchSize: 1 });
    const before = tf.memory().numTensors;
    // Where gives the position of each truth: row and column.
    expect(Array.from(await predict(rows))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(tf.memory().numTensors).toBe(before);
    const empty = tensorflowPredictor(await graphModel([1, 1], ["IsNan", "Where"]));
    const alone = tf.memory().numTensors;
    expect(await rejectionOf(empty(rows.rows(0, 1)))).toMatch(
      /^tensorflowPredictor: the model's predictions must be tensors of numbers with 1 rows, as many as it was given; got int32 of shape \[0, 2\]\. /,
    );
    expect(tf.memory().numTensors).toBe(alone);
  });

  test("says how many columns the graph takes", async () => {
    const predict = tensorflowPredictor(await graphModel([1, 1], ["Tanh"]));
    expect(await rejectionOf(predict(rows.select(["a"])))).toContain(
      'columns must be 2 numbers a row for the model\'s input "rows"; got 1 ("a").',
    );
  });
});

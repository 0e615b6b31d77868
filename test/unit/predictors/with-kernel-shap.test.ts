import { beforeAll, describe, expect, test } from "vitest";
import { functionPredictor, httpPredictor, kernelShap, ServiceError, Table, tensorflowPredictor } from "../../../src/index.ts";
import type { HttpFetch } from "../../../src/index.ts";
import { createRandom } from "../../../src/numeric/index.ts";
import { rejectionOf } from "../../support/rejection-of.ts";
import { url } from "../../support/http-service.ts";
import { backends, denseNetwork, tf, useBackend } from "../../support/tensorflow.ts";

const names = Array.from({ length: 10 }, (_, j) => `x${j}`);
function randomTable(rows: number, seed: number): Table {
  const random = createRandom(seed);
  return Table.fromMatrix(
    Float64Array.from({ length: rows * names.length }, () => random.next() * 2 - 1),
    names,
  );
}
const background = randomTable(12, 1);
const rows = randomTable(5, 2);

/** A service that says the product of 1 + x / 2, or what else is asked of it. */
function service(answer: (predictions: number[], request: number) => { status?: number; body?: string } = () => ({})): {
  fetch: HttpFetch;
  requests: () => number;
} {
  let requests = 0;
  const fetch: HttpFetch = async (_, { body }) => {
    const { instances } = JSON.parse(body) as { instances: Record<string, number>[] };
    const predictions = instances.map((row) => Object.values(row).reduce((product, x) => product * (1 + x / 2), 1));
    const { status = 200, body: text = JSON.stringify({ predictions }) } = answer(predictions, ++requests);
    return { status, statusText: "", headers: { get: () => null }, text: async () => text };
  };
  return { fetch, requests: () => requests };
}

describe("kernelShap and a service", () => {
  test("values are the same to the bit however the service is asked", async () => {
    const settings = { background, budget: 200, seed: 3 };
    const { values } = await kernelShap(httpPredictor(url, { fetch: service().fetch }), settings).explain(rows);
    for (const [batchSize, concurrency, atOnce] of [
      [1000, 4, 3],
      [17, 1, 1],
      [64, 5, 2],
    ]) {
      const predict = httpPredictor(url, { fetch: service().fetch, batchSize, concurrency });
      const again = await kernelShap(predict, { ...settings, concurrency: atOnce, maxBatchRows: 300 }).explain(rows);
      expect(again.values).toEqual(values);
    }
  });

  test("one that fails for good on its 900th request ends the work, and its own error is the cause", async () => {
    const failing = service((_, request) => (request >= 900 ? { status: 400, body: "quota" } : {}));
    const predict = httpPredictor(url, { fetch: failing.fetch, batchSize: 4 });
    const running = kernelShap(predict, { background, budget: 1024 }).explain(rows);
    const error = await running.then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).toContain(`was answered with 400: "quota".`);
    expect(error?.cause).toBeInstanceOf(ServiceError);
    // Requests that were under way at the 900th may be counted; no new ones are.
    expect(failing.requests()).toBeLessThan(904);
  });

  test("one that says NaN somewhere is named with the row", async () => {
    const broken = service((predictions, request) => (request < 3 ? {} : { body: JSON.stringify(predictions).replace(/,[^,]+/, ",NaN") }));
    const predict = httpPredictor(url, { fetch: broken.fetch });
    expect(await rejectionOf(kernelShap(predict, { background, budget: 100 }).explain(rows))).toMatch(/answer must be JSON; got NaN in /);
  });

  test("one that answers as it likes is found out", async () => {
    const random = createRandom(9);
    const noisy = service((predictions) => ({ body: JSON.stringify(predictions.map((value) => value + random.next())) }));
    const found = await kernelShap(httpPredictor(url, { fetch: noisy.fetch }), { background, budget: 100 }).explain(rows);
    expect(found.warnings.map(({ name }) => name)).toContain("noisy-model");
  });

  test("one that does not answer is left when the caller has had enough", async () => {
    const stop = new AbortController();
    const predict = httpPredictor(url, { fetch: () => new Promise(() => {}) });
    setTimeout(() => stop.abort(new Error("enough")), 5);
    await expect(kernelShap(predict, { background }).explain(rows, { signal: stop.signal })).rejects.toThrow("enough");
  });
});

describe.each(backends)("kernelShap and a network on the %s backend", (backend) => {
  beforeAll(() => useBackend(backend));

  test("explains as it explains the same network asked by hand", async () => {
    const model = denseNetwork(10, 6, 2);
    const byHand = functionPredictor(
      (lists: number[][]) => {
        const output = model.predict(tf.tensor2d(lists), { batchSize: lists.length }) as ReturnType<typeof tf.tensor>;
        return output.arraySync() as number[][];
      },
      { rowsAs: "arrays" },
    );
    const settings = { background, budget: 300 };
    const before = tf.memory().numTensors;
    const found = await kernelShap(tensorflowPredictor(model), settings).explain(rows);
    expect(tf.memory().numTensors).toBe(before);
    const expected = await kernelShap(byHand, settings).explain(rows);
    // float32 predictions near 1 of seven digits; batches of other sizes may be added up in another order.
    found.values.forEach((value, i) => expect(Math.abs(value - expected.values[i])).toBeLessThan(2e-5));
    expect(found.outputNames).toHaveLength(2);
  });
});

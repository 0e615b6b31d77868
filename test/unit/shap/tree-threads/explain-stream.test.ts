import { afterAll, describe, expect, test } from "vitest";
// From the built package: Node's threads load the compiled worker.
import { importLightgbm, InputError, treeShap, type Explanation, type Matrix } from "vitrine";
import { manyRows, readReference } from "../../../support/reference-rows.ts";

const { text, rows } = readReference("lgb_regression_diabetes");
const explainer = treeShap(importLightgbm(text), { background: manyRows(rows, 40) });
afterAll(() => explainer.close());

const sizes = [3, 5000, 1, 700, 9000, 2, 2, 2, 64];
const chunks = sizes.map((size, i) => manyRows(rows, size, i * 10_000));

async function collect(stream: AsyncIterable<Explanation>): Promise<Explanation[]> {
  const found: Explanation[] = [];
  for await (const explanation of stream) found.push(explanation);
  return found;
}

describe("explainStream", () => {
  test.each([1, 2])("gives what explain gives, chunk by chunk and in order, with %d threads", async (threads) => {
    const told: number[] = [];
    const found = await collect(explainer.explainStream(chunks, { threads, onProgress: ({ rowsDone }) => told.push(rowsDone) }));
    expect(found.map(({ numRows }) => numRows)).toEqual(sizes);
    found.forEach((explanation, i) => expect(JSON.stringify(explanation)).toBe(JSON.stringify(explainer.explain(chunks[i]))));
    expect(told.at(-1)).toBe(sizes.reduce((sum, size) => sum + size));
  });

  test("nothing in, nothing out", async () => {
    expect(await collect(explainer.explainStream([]))).toEqual([]);
  });

  test("reads no more than threads + 1 chunks ahead of what is taken", async () => {
    const threads = 2;
    let taken = 0;
    let most = 0;
    async function* read(): AsyncGenerator<Matrix> {
      for (let i = 0; i < 30; i++) {
        most = Math.max(most, i + 1 - taken);
        yield await Promise.resolve(manyRows(rows, 20, i));
      }
    }
    for await (const _ of explainer.explainStream(read(), { threads })) {
      // A slow taker: the reader must wait for it.
      await new Promise((done) => setTimeout(done, 5));
      taken++;
    }
    expect(taken).toBe(30);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(threads + 1);
  });

  test("gives a chunk out before the next one is there", async () => {
    const waiting: (() => void)[] = [];
    async function* read(): AsyncGenerator<Matrix> {
      yield chunks[0];
      await new Promise<void>((go) => waiting.push(go));
      yield chunks[2];
    }
    const stream = explainer.explainStream(read());
    expect((await stream.next()).value?.numRows).toBe(3);
    waiting[0]();
    expect((await stream.next()).value?.numRows).toBe(1);
    expect((await stream.next()).done).toBe(true);
  });

  test("closes its source when the taker stops, and when a chunk fails", async () => {
    let closed = 0;
    function* read(): Generator<Matrix | { age: number }[]> {
      try {
        yield chunks[0];
        yield [{ age: 3 }];
        yield chunks[0];
        yield chunks[0];
      } finally {
        closed++;
      }
    }
    for await (const _ of explainer.explainStream(read(), { threads: 1 })) break;
    expect(closed).toBe(1);
    await expect(collect(explainer.explainStream(read(), { threads: 1 }))).rejects.toThrow(InputError);
    expect(closed).toBe(2);
  });

  test("ends when it is told to, also while it waits for its source", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    async function* read(): AsyncGenerator<Matrix> {
      yield chunks[0];
      await new Promise(() => undefined);
    }
    const stream = explainer.explainStream(read(), { signal: stop.signal });
    expect((await stream.next()).done).toBe(false);
    const next = stream.next();
    stop.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  test("what the source throws comes out", async () => {
    async function* read(): AsyncGenerator<Matrix> {
      yield await Promise.resolve(chunks[0]);
      throw new RangeError("no more disk");
    }
    await expect(collect(explainer.explainStream(read()))).rejects.toThrow(RangeError);
  });

  test.each([
    [3, {}, /chunks must be an iterable/],
    [[], { response: [1] }, /options/],
    [[], { threads: -1 }, /threads/],
  ])("refuses %j with %j", async (source, options, message) => {
    await expect((async () => collect(explainer.explainStream(source as [], options as object)))()).rejects.toThrow(message);
  });

  test("refuses a stream for log losses, which need labels", () => {
    const binary = readReference("lgb_binary_nan_breast_cancer");
    const background = manyRows(binary.rows, 3);
    const losses = treeShap(importLightgbm(binary.text), { background, output: "logLoss" });
    expect(() => losses.explainStream([])).toThrow(/"logLoss", which needs labels/);
  });
});

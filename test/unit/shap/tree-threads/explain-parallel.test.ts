import { afterAll, describe, expect, test } from "vitest";
// From the built package: Node's threads load the compiled worker.
import { importLightgbm, treeShap, InputError, type Explanation, type TreeShapOptions, type TreeShapProgress, type Matrix } from "vitrine";
import { manyRows, readReference } from "../../../support/reference-rows.ts";

const { text, rows: known } = readReference("lgb_regression_diabetes");
const model = importLightgbm(text);
const makeRows = (numRows: number): Matrix => manyRows(known, numRows);

const background = makeRows(50);
const cases: [string, TreeShapOptions, number][] = [
  ["path-dependent values", {}, 20_001],
  ["values against a background", { background }, 20_001],
  ["Banzhaf values", { background, index: "banzhaf" }, 5000],
  ["Saabas values", { index: "saabas" }, 5000],
  ["groups", { background, groups: { body: model.featureNames.slice(0, 3) } }, 5000],
];

function expectSame(found: Explanation, wanted: Explanation): void {
  expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
}

describe("explainParallel", () => {
  test.each(cases)("%s: the same bits for any number of threads, and as explain", async (_, options, numRows) => {
    const explainer = treeShap(model, options);
    const rows = makeRows(numRows);
    const wanted = explainer.explain(rows);
    for (const threads of [1, 2, 3]) expectSame(await explainer.explainParallel(rows, { threads }), wanted);
    await explainer.close();
  });

  const explainer = treeShap(model, { background });
  afterAll(() => explainer.close());

  test("tells how far it has come, and leaves the caller's rows alone", async () => {
    const rows = makeRows(20_000);
    const before = rows.values.slice();
    const told: TreeShapProgress[] = [];
    await explainer.explainParallel(rows, { threads: 2, onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThan(2);
    told.forEach(({ rowsDone, numRows }, i) => {
      expect(numRows).toBe(20_000);
      expect(rowsDone).toBeGreaterThan(i === 0 ? 0 : told[i - 1].rowsDone);
    });
    expect(told.at(-1)?.rowsDone).toBe(20_000);
    expect(rows.values).toEqual(before);
  });

  test("ends when it is told to, with the signal's reason, and can be used again", async () => {
    const reason = new Error("enough");
    await expect(explainer.explainParallel(makeRows(10), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const later = new AbortController();
    let told = 0;
    const onProgress = (): void => {
      told++;
      later.abort(reason);
    };
    await expect(explainer.explainParallel(makeRows(100_000), { threads: 1, signal: later.signal, onProgress })).rejects.toBe(reason);
    expect(told).toBe(1);
    const few = makeRows(7);
    expectSame(await explainer.explainParallel(few), explainer.explain(few));
  });

  test("runs calls at the same time", async () => {
    const all = [makeRows(9000), makeRows(3000), makeRows(1)];
    const found = await Promise.all(all.map((rows) => explainer.explainParallel(rows, { threads: 1 })));
    found.forEach((each, i) => expectSame(each, explainer.explain(all[i])));
  });

  test("what fails in onProgress fails the call", async () => {
    const onProgress = (): never => {
      throw new RangeError("no screen");
    };
    await expect(explainer.explainParallel(makeRows(9000), { threads: 2, onProgress })).rejects.toThrow(RangeError);
  });

  test("closing ends what is under way; the next call starts anew", async () => {
    const fresh = treeShap(model);
    const running = fresh.explainParallel(makeRows(100_000), { threads: 1, onProgress: () => void fresh.close() });
    await expect(running).rejects.toBeInstanceOf(Error);
    const few = makeRows(3);
    expectSame(await fresh.explainParallel(few), fresh.explain(few));
    await fresh.close();
    await fresh.close();
  });

  test.each([
    [{ threads: 0 }, /threads must be a whole number from 1 to 1024; got 0/],
    [{ threads: 1.5 }, /threads/],
    [{ thread: 2 }, /options must be made of .*"threads".*got "thread"/],
    [{ signal: "stop" }, /signal must be an AbortSignal/],
    [{ onProgress: 3 }, /onProgress must be a function/],
    [{ response: [1] }, /"logLoss" only/],
    [null, /options/],
  ])("refuses %j", async (options, message) => {
    const refused = explainer.explainParallel(makeRows(2), options as object);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });

  test("refuses rows as explain does", async () => {
    await expect(explainer.explainParallel([{ age: 1 }])).rejects.toThrow(/columns of the model/);
  });
});

describe("responses in threads", () => {
  const { text: saved, rows } = readReference("lgb_binary_nan_breast_cancer");
  const classifier = importLightgbm(saved);
  const matrix = (from: number, to: number): Matrix => ({
    values: Float64Array.from(rows.slice(from, to).flat()),
    numRows: to - from,
    numColumns: rows[0].length,
  });

  test("estimates, their errors, warnings and labels are those of explain", async () => {
    const options = { background: matrix(0, 5), output: "logLoss", budget: 200, seed: 3 } as const;
    const data = matrix(5, 16);
    const response = rows.slice(5, 16).map((_, row) => row % 2);
    const explainer = treeShap(classifier, options);
    const wanted = explainer.explain(data, { response });
    for (const threads of [1, 2]) expectSame(await explainer.explainParallel(data, { response, threads }), wanted);
    await expect(explainer.explainParallel(data, { response: [1] })).rejects.toThrow(/11 labels/);
    await explainer.close();
  });
});

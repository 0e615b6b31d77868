import { describe, expect, test } from "vitest";
import { exactShap, onnxPredictor, Table } from "../../../src/index.ts";
import type { OnnxSession, OnnxValueDescription } from "../../../src/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { rejectionOf } from "../../support/rejection-of.ts";

// onnxruntime-node fetches its binary from outside npm when it is installed, so that the tests cannot have it: this session stands in,
// strict about what it is given. docs/guides/connect-a-model.md says how the real ones were tried.

interface Feed {
  readonly type: string;
  readonly data: ArrayLike<number | bigint | string>;
  readonly dims: readonly number[];
}

interface SessionParts {
  readonly inputs?: readonly OnnxValueDescription[];
  readonly outputs?: readonly OnnxValueDescription[];
  readonly metadata?: boolean;
  readonly run?: (feeds: Record<string, Feed>) => Record<string, unknown>;
}

const ROWS_FREE = "batch";
const sums = ({ X }: Record<string, Feed>): Record<string, unknown> => {
  const [numRows, width] = X.dims;
  const data = Float32Array.from({ length: numRows }, (_, row) =>
    Array.from({ length: width }, (__, j) => Number(X.data[row * width + j]) * 10 ** j).reduce((sum, value) => sum + value, 0),
  );
  return { Y: { type: "float32", dims: [numRows, 1], data, location: "cpu" } };
};

function session({
  inputs = [{ name: "X", isTensor: true, type: "float32", shape: [ROWS_FREE, 2] }],
  outputs = [{ name: "Y", isTensor: true, type: "float32", shape: [ROWS_FREE, 1] }],
  metadata = true,
  run = sums,
}: SessionParts): OnnxSession & { readonly fed: Record<string, Feed>[]; readonly most: () => number } {
  const fed: Record<string, Feed>[] = [];
  let open = 0;
  let most = 0;
  return {
    fed,
    most: () => most,
    inputNames: inputs.map(({ name }) => name),
    outputNames: outputs.map(({ name }) => name),
    ...(metadata ? { inputMetadata: inputs, outputMetadata: outputs } : {}),
    run: async (given, wanted) => {
      const feeds = given as Record<string, Feed>;
      most = Math.max(most, ++open);
      fed.push(feeds);
      for (const { type, data, dims } of Object.values(feeds)) {
        const holder = {
          float32: Float32Array,
          float64: Float64Array,
          int64: BigInt64Array,
          int32: Int32Array,
          bool: Uint8Array,
          string: Array,
        };
        if (!(data instanceof holder[type as keyof typeof holder])) throw new Error(`data of ${type} is held in ${data.constructor.name}`);
        if (dims.reduce((product, size) => product * size, 1) !== data.length) throw new Error("dims and data differ");
      }
      await Promise.resolve();
      open--;
      const found = run(feeds);
      return Object.fromEntries((wanted as string[]).map((name) => [name, found[name]]));
    },
  };
}

const rows = Table.fromColumns({ a: [1, 2, 3], b: [4, 5, 6] });

describe("onnxPredictor", () => {
  test.each(["float32", "float64", "int64", "int32", "bool"])("gives rows as one tensor of %s", async (type) => {
    const one = session({ inputs: [{ name: "X", isTensor: true, type, shape: [ROWS_FREE, 2] }] });
    const bits = Table.fromColumns({ a: [1, 0, 1], b: [0, 0, 1] });
    expect(Array.from(await onnxPredictor(one)(bits))).toEqual([1, 0, 11]);
    expect(one.fed[0].X.dims).toEqual([3, 2]);
  });

  test("takes the type from the caller where the session says nothing", async () => {
    const silent = session({ metadata: false });
    expect(Array.from(await onnxPredictor(silent, { inputTypes: "float64" })(rows))).toEqual([41, 52, 63]);
    expect(silent.fed[0].X.type).toBe("float64");
    const byName = session({ metadata: false });
    await onnxPredictor(byName, { inputTypes: { X: "int64" } })(rows);
    expect(byName.fed[0].X.data).toEqual(BigInt64Array.from([1n, 4n, 2n, 5n, 3n, 6n]));
  });

  test("feeds an input for each column, names of levels where it wants texts", async () => {
    const pipeline = session({
      inputs: [
        { name: "region", isTensor: true, type: "string", shape: [ROWS_FREE, 1] },
        { name: "age", isTensor: true, type: "int64", shape: [ROWS_FREE] },
      ],
      outputs: [
        { name: "output_label", isTensor: true, type: "int64", shape: [ROWS_FREE] },
        { name: "output_probability", isTensor: true, type: "float32", shape: [ROWS_FREE, 2] },
      ],
      run: ({ age, region }) => {
        const data = Float32Array.from(Array.from(region.data).flatMap((name, i) => [name === "north" ? 1 : 0, Number(age.data[i])]));
        return { output_probability: { type: "float32", dims: [2, 2], data, location: "cpu" } };
      },
    });
    const table = Table.fromRecords([
      { age: 31, unused: 1, region: "north" },
      { age: 42, unused: 1, region: "south" },
    ]);
    expect(Array.from(await onnxPredictor(pipeline)(table))).toEqual([1, 31, 0, 42]);
    expect(pipeline.fed[0].region).toEqual({ type: "string", data: ["north", "south"], dims: [2, 1], location: "cpu" });
    expect(pipeline.fed[0].age).toEqual({ type: "int64", data: BigInt64Array.from([31n, 42n]), dims: [2], location: "cpu" });
    expect(Array.from(await onnxPredictor(pipeline, { keepOutputs: [1] })(table))).toEqual([31, 42]);
  });

  test("calls the session a batch at a time, one call after another unless told otherwise", async () => {
    const one = session({});
    expect(Array.from(await onnxPredictor(one, { batchSize: 1 })(rows))).toEqual([41, 52, 63]);
    expect([one.fed.length, one.most()]).toEqual([3, 1]);
    const many = session({});
    expect(Array.from(await onnxPredictor(many, { batchSize: 1, concurrency: 2 })(rows))).toEqual([41, 52, 63]);
    expect([many.fed.length, many.most()]).toEqual([3, 2]);
  });

  test("reads whole numbers of 64 bits, and numbers that lie on a device", async () => {
    const whole = session({ run: () => ({ Y: { type: "int64", dims: [3], data: BigInt64Array.from([1n, 2n, 3n]), location: "cpu" } }) });
    expect(Array.from(await onnxPredictor(whole)(rows))).toEqual([1, 2, 3]);
    let freed = 0;
    const device = session({
      run: () => ({
        Y: {
          type: "float32",
          dims: [3],
          location: "gpu-buffer",
          getData: async () => Float32Array.from([1, 2, 3]),
          dispose: () => freed++,
        },
      }),
    });
    expect(Array.from(await onnxPredictor(device)(rows))).toEqual([1, 2, 3]);
    expect(freed).toBe(1);
  });

  test("lets missing numbers through to a model that knows them", async () => {
    const one = session({
      run: ({ X }) => ({ Y: { type: "float32", dims: [1], data: Float32Array.of(Number.isNaN(X.data[0]) ? 5 : 0), location: "cpu" } }),
    });
    expect(Array.from(await onnxPredictor(one, { missing: "pass" })(Table.fromColumns({ a: [null], b: [1] }).rows(0, 1)))).toEqual([5]);
  });

  test("is explained", async () => {
    const explanation = await exactShap(onnxPredictor(session({})), { background: Table.fromColumns({ a: [0, 2], b: [0, 0] }) }).explain([
      { a: 4, b: 1 },
    ]);
    expect(Array.from(explanation.values)).toEqual([3, 10]);
  });

  test("passes on what the session throws on its 900th call", async () => {
    let calls = 0;
    const failing = session({
      run: (feeds) => {
        if (++calls === 900) throw new Error("device lost");
        return sums(feeds);
      },
    });
    const many = Table.fromMatrix(new Float64Array(2000), ["a", "b"]);
    await expect(onnxPredictor(failing, { batchSize: 1 })(many)).rejects.toThrow("device lost");
    expect(calls).toBe(900);
  });
});

describe("onnxPredictor refuses", () => {
  const twoOutputs = [{ name: "label" }, { name: "score" }];

  test.each([
    [null, {}, "session must be an InferenceSession of onnxruntime-node or onnxruntime-web; got null."],
    [session({ outputs: twoOutputs }), {}, 'outputTensor must be one of "label", "score", as the model has several outputs; got nothing.'],
    [session({ outputs: twoOutputs }), { outputTensor: "scores" }, 'outputTensor must be one of "label", "score"; got "scores".'],
    [
      session({ inputs: [{ name: "X", type: "float16" }] }),
      {},
      'input "X" must be "float32" or "float64" or "int64" or "int32" or "bool" or "string"; got "float16".',
    ],
    [session({}), { inputTypes: "double" }, 'got "double".'],
    [session({}), { columns: ["a"] }, 'columns must be 2 numbers a row for the model\'s input "X"; got 1 ("a").'],
    [session({}), { batchSize: 1.5 }, "batchSize must be a whole number from 1; got 1.5."],
    [
      session({ inputs: [{ name: "p" }, { name: "q" }] }),
      { columns: ["a"] },
      'columns must be a list for each of the inputs "p", "q"; got an array of 1.',
    ],
    [
      session({ inputs: [{ name: "p" }, { name: "q" }] }),
      { columns: { p: ["a"] } },
      'columns must be lists for the inputs "p", "q"; got none for "q".',
    ],
  ])("%# %j", (given, options, expected) => {
    expect(messageOf(() => onnxPredictor(given as never, options as never))).toContain(expected);
  });

  const answer = (tensor: unknown) => session({ run: () => ({ Y: tensor }) });
  test.each<[string, OnnxSession, string]>([
    ["a sequence of maps", answer([new Map()]), 'output "Y" must be a tensor; got an array of 1. Convert the model with ZipMap off'],
    [
      "texts",
      answer({ type: "string", dims: [3], data: ["a", "b", "c"], location: "cpu" }),
      "must be a tensor of numbers with 3 rows, as many as it was given; got string of shape [3].",
    ],
    ["half numbers", answer({ type: "float16", dims: [3], data: new Uint16Array(3), location: "cpu" }), "got float16 of shape [3]."],
    ["too few rows", answer({ type: "float32", dims: [1, 1], data: new Float32Array(1), location: "cpu" }), "got float32 of shape [1, 1]."],
    [
      "NaN",
      answer({ type: "float32", dims: [3], data: Float32Array.of(1, NaN, 3), location: "cpu" }),
      "the model's predictions must be finite numbers; got NaN at row 1, output 0.",
    ],
    [
      "inputs that the table cannot feed",
      session({ inputs: [{ name: "p" }, { name: "q" }] }),
      'columns must be a list of columns for each of the model\'s inputs "p", "q"; got nothing.',
    ],
    [
      "fractions for whole numbers",
      session({ inputs: [{ name: "X", type: "int64", shape: [ROWS_FREE, 2] }] }),
      'input "X" must be given whole numbers, as it is of int64; got 0.5 at row 2.',
    ],
  ])("%s", async (_, one, expected) => {
    const table = Table.fromColumns({ a: [1, 2, 3], b: [4, 5, 0.5] });
    expect(await rejectionOf(onnxPredictor(one)(table))).toContain(expected);
  });

  test("numbers other than 0 and 1 where the model takes truths", async () => {
    const one = session({ inputs: [{ name: "X", type: "bool", shape: [ROWS_FREE, 2] }] });
    expect(await rejectionOf(onnxPredictor(one)(Table.fromColumns({ a: [1, 2], b: [0, 1] })))).toContain(
      'input "X" must be given 0 or 1, as it is of bool; got 2 at row 1.',
    );
  });

  test("missing texts, and codes where the model takes texts", async () => {
    const seen: unknown[] = [];
    const one = session({
      inputs: [{ name: "X", type: "string", shape: [ROWS_FREE, 1] }],
      run: ({ X }) => {
        seen.push(X.data);
        return { Y: { type: "float32", dims: [2, 1], data: new Float32Array(2), location: "cpu" } };
      },
    });
    const table = Table.fromRecords([{ region: "north" }, { region: null }]);
    expect(await rejectionOf(onnxPredictor(one)(table))).toContain('column "region" must be complete; got a missing cell at row 1.');
    await onnxPredictor(one, { missing: "pass" })(table);
    expect(seen).toEqual([["north", ""]]);
    const coded = onnxPredictor(one, { columns: [{ name: "region", levels: ["north"] }] });
    expect(await rejectionOf(coded(table))).toContain(
      'column "region" must be listed by its bare name, as the model takes texts there; got codes for its levels.',
    );
  });
});

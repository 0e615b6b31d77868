import { PbfWriter } from "pbf";
import { describe, expect, test } from "vitest";
import { importOnnx, InputError, treeShap } from "../../../src/index.ts";

type Attributes = Readonly<Record<string, readonly number[] | readonly string[] | number | string>>;

interface Tree {
  readonly modes: readonly string[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  readonly values?: readonly number[];
  readonly features?: readonly number[];
}

/** Attributes of a regressor of one tree whose leaves weigh their own numbers. */
function treeAttributes({ modes, yes, no, values, features }: Tree, more: Attributes = {}): Attributes {
  const ids = [...modes.keys()];
  const leaves = ids.filter((i) => modes[i] === "LEAF");
  const zeros = ids.map(() => 0);
  return {
    nodes_treeids: zeros,
    nodes_nodeids: ids,
    nodes_featureids: features ?? zeros,
    "nodes_values.float": values ?? zeros,
    nodes_modes: modes,
    nodes_truenodeids: yes,
    nodes_falsenodeids: no,
    target_treeids: leaves.map(() => 0),
    target_nodeids: leaves,
    target_ids: leaves.map(() => 0),
    "target_weights.float": leaves,
    ...more,
  };
}

/** One node of a graph; names that end in `.float` hold floats. */
function writeNode(pbf: PbfWriter, operator: string, input: string, output: string, attributes: Attributes): void {
  pbf.writeMessage(
    1,
    () => {
      pbf.writeStringField(1, input);
      pbf.writeStringField(2, output);
      pbf.writeStringField(4, operator);
      for (const [name, value] of Object.entries(attributes)) {
        pbf.writeMessage(
          5,
          () => {
            pbf.writeStringField(1, name.replace(".float", ""));
            if (typeof value === "number") pbf.writeVarintField(3, value);
            else if (typeof value === "string") pbf.writeStringField(4, value);
            else
              for (const one of value) {
                if (typeof one === "string") pbf.writeStringField(9, one);
                else if (name.endsWith(".float")) pbf.writeFloatField(7, one);
                else pbf.writeVarintField(8, one);
              }
          },
          null,
        );
      }
      if (operator.startsWith("TreeEnsemble")) pbf.writeStringField(7, "ai.onnx.ml");
    },
    null,
  );
}

/** A model of float32 columns X whose nodes follow one another. */
function writeModel(nodes: readonly (readonly [operator: string, attributes: Attributes])[], width = 1): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, 8);
  pbf.writeMessage(
    7,
    () => {
      for (const [i, [operator, attributes]] of nodes.entries()) writeNode(pbf, operator, i === 0 ? "X" : `v${i - 1}`, `v${i}`, attributes);
      const writeSize = (size: number) => () => pbf.writeMessage(1, () => pbf.writeVarintField(1, size), null);
      pbf.writeMessage(
        11,
        () => {
          pbf.writeStringField(1, "X");
          pbf.writeMessage(
            2,
            () =>
              pbf.writeMessage(
                1,
                () => {
                  pbf.writeVarintField(1, 1);
                  pbf.writeMessage(
                    2,
                    () => {
                      writeSize(0)();
                      writeSize(width)();
                    },
                    null,
                  );
                },
                null,
              ),
            null,
          );
        },
        null,
      );
      pbf.writeMessage(12, () => pbf.writeStringField(1, `v${nodes.length - 1}`), null);
    },
    null,
  );
  return pbf.finish().slice();
}

const STUMP: Tree = { modes: ["BRANCH_LEQ", "LEAF", "LEAF"], yes: [1, 0, 0], no: [2, 0, 0] };
const regressor = (tree: Tree, more: Attributes = {}, width = 1): Uint8Array =>
  writeModel([["TreeEnsembleRegressor", treeAttributes(tree, more)]], width);

/** A chain of tests, each with a leaf where it is passed. */
function chain(depth: number): Tree {
  const ids = Array.from({ length: 2 * depth + 1 }, (_, i) => i);
  return {
    modes: ids.map((i) => (i < depth ? "BRANCH_LT" : "LEAF")),
    yes: ids.map((i) => (i < depth ? depth + i : 0)),
    no: ids.map((i) => (i < depth - 1 ? i + 1 : i === depth - 1 ? 2 * depth : 0)),
    values: ids,
  };
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("importOnnx reads", () => {
  test("names of columns, and asks for a background", () => {
    const model = importOnnx(regressor(STUMP, {}, 2), { featureNames: ["age", "income"] });
    expect(model.featureNames).toEqual(["age", "income"]);
    expect([...model.predict({ age: [0, 1], income: [5, 5] })]).toEqual([1, 2]);
    expect(messageOf(() => treeShap(model))).toContain("background");
  });

  test("a chain of 10,000 tests", () => {
    const model = importOnnx(regressor(chain(10_000)));
    expect([...model.predict([-1, 0, 9_998, 1e6].map((x0) => ({ x0 })))]).toEqual([10_000, 10_001, 19_999, 20_000]);
  });

  test("a set that is written as a chain of equalities to a shared leaf, as one test of a category", () => {
    const tree: Tree = {
      modes: ["BRANCH_EQ", "BRANCH_EQ", "BRANCH_EQ", "LEAF", "LEAF"],
      yes: [3, 3, 3, 0, 0],
      no: [1, 2, 4, 0, 0],
      values: [5, 1, 3, 0, 0],
    };
    const model = importOnnx(regressor(tree));
    expect(model.nodes.feature.length).toBe(3);
    expect([...model.nodes.categories]).toEqual([1, 3, 5]);
    expect(model.features[0].kind).toBe("categorical");
    expect([...model.predict([0, 1, 3, 5, 6, 1.5, NaN].map((x0) => ({ x0 })))]).toEqual([4, 3, 3, 3, 4, 4, 4]);
  });

  test("equality beside order as tests of order", () => {
    const tree: Tree = {
      modes: ["BRANCH_EQ", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"],
      yes: [1, 0, 3, 0, 0],
      no: [2, 0, 4, 0, 0],
      values: [0.5, 0, 0.5, 0, 0],
    };
    const model = importOnnx(regressor(tree));
    expect(model.features[0].kind).toBe("numeric");
    expect([...model.predict([0.5, 0.4, 0.6, NaN].map((x0) => ({ x0 })))]).toEqual([1, 3, 4, 4]);
  });
});

describe("importOnnx refuses", () => {
  const doubling: Tree = {
    // Each level leads to the next one either way, by different tests: 2^60 paths.
    modes: [...Array.from({ length: 60 }, () => ["BRANCH_LEQ", "BRANCH_LEQ", "BRANCH_LEQ"]).flat(), "LEAF"],
    yes: Array.from({ length: 60 }, (_, i) => [3 * i + 1, 3 * i + 3, 3 * i + 3])
      .flat()
      .concat(0),
    no: Array.from({ length: 60 }, (_, i) => [3 * i + 2, 180, 180])
      .flat()
      .concat(0),
    values: Array.from({ length: 181 }, (_, i) => i),
  };
  test.each<[string, Uint8Array, string]>([
    ["a circle", regressor({ modes: ["BRANCH_LEQ", "BRANCH_LEQ", "LEAF"], yes: [1, 1, 0], no: [2, 2, 0] }), "without a circle"],
    [
      "nodes that no root leads to",
      regressor({ modes: ["BRANCH_LEQ", "LEAF", "LEAF"], yes: [0, 0, 0], no: [2, 0, 0] }),
      "every node led to",
    ],
    ["shared nodes that make too many copies", regressor(doubling), "nodes and categories"],
    ["an unknown mode", regressor({ ...STUMP, modes: ["BRANCH_NEAR", "LEAF", "LEAF"] }), '"BRANCH_NEAR"'],
    ["a column that there is not", regressor({ ...STUMP, features: [7, 0, 0] }), "nodes_featureids"],
    ["a billion targets", regressor(STUMP, { n_targets: 1_000_000_000 }), "n_targets"],
    [
      "a maximum of trees",
      regressor(STUMP, {
        aggregate_function: "MAX",
        nodes_treeids: [0, 0, 0, 1],
        nodes_nodeids: [0, 1, 2, 0],
        nodes_featureids: [0, 0, 0, 0],
        "nodes_values.float": [0, 0, 0, 0],
        nodes_modes: [...STUMP.modes, "LEAF"],
        nodes_truenodeids: [1, 0, 0, 0],
        nodes_falsenodeids: [2, 0, 0, 0],
      }),
      "MAX over 2 trees",
    ],
    ["a leaf that is no number", regressor(STUMP, { "target_weights.float": [NaN, 1] }), "a finite number"],
    [
      "another operator before the trees",
      writeModel([
        ["Scaler", {}],
        ["TreeEnsembleRegressor", treeAttributes(STUMP)],
      ]),
      "got Scaler",
    ],
    [
      "another operator after the trees",
      writeModel([
        ["TreeEnsembleRegressor", treeAttributes(STUMP)],
        ["Relu", {}],
      ]),
      "got Relu",
    ],
    ["a graph without trees", writeModel([["Relu", {}]]), "without trees"],
    ["a probit beyond 1", regressor(STUMP, { post_transform: "PROBIT" }), "between 0 and 1"],
    ["a text", new TextEncoder().encode("tree\nversion=v4\n"), "LightGBM"],
    ["a length beyond the file", Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 7, 1), "for which there are bytes"],
  ])("%s", (_, bytes, expected) => {
    expect(messageOf(() => importOnnx(bytes))).toContain(expected);
  });

  test("options that it does not know, and names that are too few", () => {
    expect(messageOf(() => importOnnx(regressor(STUMP), { names: [] } as never))).toContain('"names"');
    expect(messageOf(() => importOnnx(regressor(STUMP, {}, 2), { featureNames: ["age"] }))).toContain("2 distinct texts");
    expect(messageOf(() => importOnnx(regressor(STUMP), { output: "score" }))).toContain('got "score"');
    expect(messageOf(() => importOnnx("onnx" as never))).toContain("a Uint8Array");
  });
});

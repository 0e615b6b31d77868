import { describe, expect, test } from "vitest";
import { TreeEnsemble, type LinkName } from "../../../src/trees/index.ts";
import { outputLink } from "../../../src/trees/output-link.ts";
import type { Matrix } from "../../../src/table/index.ts";
import { makeUniformRows, makeWideModel } from "../../support/wide-trees.ts";

const FEATURES = 6;
const model = makeWideModel(FEATURES, 30, 4);
const rows = makeUniformRows(40, FEATURES, 5);
const values = rows.values as Float64Array;

const withLink = (name: LinkName, more: Partial<TreeEnsemble> = {}): TreeEnsemble =>
  new TreeEnsemble({ ...model, ...more, link: outputLink(name) });
const withCells = (map: (x: number, column: number) => number): Matrix => ({
  ...rows,
  values: values.map((x, cell) => map(x, cell % FEATURES)),
});
describe("a mismatch is explained by what mends all rows", () => {
  test("nothing is said where predictions agree", () => {
    expect(model.verify(rows, model.predict(rows)).diagnosis).toBeUndefined();
  });

  test("the other scale", () => {
    expect(model.verify(rows, model.predict(rows, { scale: "raw" })).diagnosis).toBe(
      'The expected values are on the raw scale: pass { scale: "raw" }.',
    );
    expect(model.verify(rows, model.predict(rows), { scale: "raw" }).diagnosis).toMatch(/on the response scale/);
  });

  test("classes", () => {
    const classes = model.predict(rows).map((p) => (p > 0.5 ? 1 : 0));
    expect(model.verify(rows, classes).diagnosis).toBe("The expected values are predicted classes: give probabilities.");
  });

  test("rows in another order", () => {
    expect(model.verify(rows, model.predict(rows).reverse()).diagnosis).toMatch(/^The same predictions were expected in another order/);
  });

  test("the first trees alone", () => {
    const { nodes } = model;
    const early = new TreeEnsemble({
      ...model,
      nodes: { ...nodes, treeStart: nodes.treeStart.slice(0, 13), treeOutput: nodes.treeOutput.slice(0, 12) },
    });
    expect(model.verify(rows, early.predict(rows)).diagnosis).toBe(
      "The expected values are those of the first 12 of 30 trees: the library stopped at its best round.",
    );
  });

  test.each(["identity", "logistic", "exp", "log1pExp", "halving"] satisfies LinkName[])("a base score under %s", (name) => {
    const shifted = withLink(name, { baseScores: Float64Array.of(0.75) });
    expect(withLink(name).verify(rows, shifted.predict(rows)).diagnosis).toMatch(
      /^All rows lack the same 0\.500000 on the raw scale: the base score/,
    );
  });

  test("a base score of several classes, up to what softmax leaves open", () => {
    const { nodes } = model;
    const classes = { outputNames: ["a", "b"], nodes: { ...nodes, treeOutput: nodes.treeOutput.map((_, tree) => tree % 2) } };
    const own = withLink("softmax", { ...classes, baseScores: Float64Array.of(0, 0) });
    const other = withLink("softmax", { ...classes, baseScores: Float64Array.of(1, 1.5) });
    expect(own.verify(rows, other.predict(rows)).diagnosis).toMatch(/^All rows lack the same 0\.00000, 0\.500000 on the raw scale/);
  });

  test("an average instead of a sum", () => {
    const sum = withLink("identity");
    const expected = sum.predict(rows).map((x) => x / 30);
    expect(sum.verify(rows, expected).diagnosis).toMatch(/^All rows differ by the factor 0\.0333333 on the raw scale/);
  });

  test.each([-999, 0])("missing values that the library reads as %d", (code) => {
    const gaps = withCells((x, j) => (j === 2 && x < 0.3 ? NaN : x));
    const filled = withCells((x, j) => (j === 2 && x < 0.3 ? code : x));
    expect(model.verify(gaps, model.predict(filled)).diagnosis).toMatch(/^All rows agree with -?\d+ in place of missing values/);
    const high = withCells((x, j) => (j === 2 && x < 0.3 ? code : x + 5));
    const highGaps = withCells((x, j) => (j === 2 && x < 0.3 ? NaN : x + 5));
    expect(model.verify(high, model.predict(highGaps)).diagnosis).toBe(
      `All rows agree where ${code} is taken as missing: it was to the library.`,
    );
  });

  test("two columns in each other's place", () => {
    const swapped = withCells((x) => x);
    for (let start = 0; start < swapped.values.length; start += FEATURES) {
      [swapped.values[start + 1], swapped.values[start + 4]] = [swapped.values[start + 4], swapped.values[start + 1]];
    }
    expect(model.verify(rows, model.predict(swapped)).diagnosis).toBe('Columns "x1" and "x4" stand in each other\'s place.');
  });

  test("few digits", () => {
    const printed = model.predict(rows).map((p) => Math.round(p * 1e4) / 1e4);
    expect(model.verify(rows, printed).diagnosis).toMatch(
      /^No row is off by more than [0-9e.-]+: the expected values may have been written/,
    );
  });

  test("what nothing mends is left unexplained; what is found survives JSON", () => {
    const noise = model.predict(rows).map((p, i) => p * (0.5 + ((i * 7) % 11) / 22));
    expect(model.verify(rows, noise).diagnosis).toBeUndefined();
    expect(model.verify(rows, model.predict(rows, { scale: "raw" })).ok).toBe(false);
    expect(TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(model))).verification).toEqual(model.verification);
  });
});

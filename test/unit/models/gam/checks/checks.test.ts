import { describe, expect, it } from "vitest";
import { neighbourPairs } from "../../../../../src/models/gam/checks/neighbour-pairs.ts";
import { fitGam, GamModel } from "../../../../../src/models/index.ts";
import { createRandom } from "../../../../../src/numeric/index.ts";

const random = createRandom(11);
const draw = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.next());

describe("checkBases", () => {
  const x = draw(600);
  const noise = draw(600);

  it("says to take more functions where a curve is too wiggly for its basis, and nothing once it has them", () => {
    const y = x.map((value, row) => Math.sin(40 * value) + 0.5 * (noise[row] - 0.5));
    const [small] = fitGam("y ~ s(x)", { x, y }).checkBases();
    expect(small.kIndex).toBeLessThan(0.3);
    expect(small.pValue).toBe(0);
    expect(small.advice).toMatch(/pattern along x .* uses 7\.\d of its 9 degrees of freedom: fit again with a k about twice as large\./);
    const [large] = fitGam("y ~ s(x, k = 40)", { x, y }).checkBases();
    expect(large.advice).toBeNull();
  });

  it("says to look for what is missing where degrees of freedom are left over", () => {
    const y = x.map((value, row) => (Math.floor(value * 20) % 2) + 0.2 * noise[row]);
    const [found] = fitGam("y ~ s(x)", { x, y }).checkBases();
    expect(found.effectiveDegreesOfFreedom).toBeLessThan(7);
    expect(found.advice).toMatch(/degrees of freedom to spare: look for something that the model lacks/);
  });

  it("repeats itself by its seed, and looks at the rows of a level alone", () => {
    const g = Array.from({ length: 600 }, (_, row) => (row % 3 === 0 ? "a" : "b"));
    const y = x.map((value, row) => (g[row] === "a" ? Math.sin(40 * value) : 0) + 0.5 * (noise[row] - 0.5));
    const model = fitGam("y ~ g + s(x, by = g)", { x, y, g });
    expect(model.checkBases({ seed: 3 })).toEqual(model.checkBases({ seed: 3 }));
    const [a, b] = model.checkBases({ shuffles: 100 });
    expect(a.pValue).toBe(0);
    expect(b.pValue).toBeGreaterThan(0);
    expect(() => model.checkBases({ shuffles: 0 })).toThrow("shuffles must be a whole number from 1 to 1000000; got 0");
  });

  it("needs the training data", () => {
    const model = fitGam("y ~ s(x)", { x, y: noise });
    const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(() => restored.checkBases()).toThrow("one that has its training data");
    expect(() => restored.concurvity()).toThrow("one that has its training data");
  });
});

describe("neighbourPairs", () => {
  it("finds the three nearest of several numbers, in units of their spread where asked", () => {
    const [x, z] = [draw(60), draw(60).map((value) => 1000 * value)];
    const pairs = neighbourPairs([x, z], true);
    const spread = (values: Float64Array): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const [sx, sz] = [spread(x), spread(z)];
    for (let point = 0; point < 60; point++) {
      const distance = (other: number): number => Math.hypot((x[other] - x[point]) / sx, (z[other] - z[point]) / sz);
      const others = [...x.keys()].filter((other) => other !== point).sort((a, b) => distance(a) - distance(b));
      expect([pairs[6 * point + 1], pairs[6 * point + 3], pairs[6 * point + 5]]).toEqual(others.slice(0, 3));
    }
  });
});

describe("concurvity", () => {
  it("puts into words that two curves cannot be told apart", () => {
    const x = draw(400);
    const z = x.map((value) => value * value + 0.02 * random.next());
    const y = x.map((value) => Math.sin(3 * value) + 0.3 * random.next());
    const [parametric, first] = fitGam("y ~ s(x) + s(z)", { x, y, z }).concurvity();
    expect(parametric).toMatchObject({ label: "parametric terms", words: null });
    expect(first.words).toMatch(/^\d+ % of what s\(x\) adds could be said by the other terms, \d+ % by s\(z\) alone/);
    for (const { words, observed } of fitGam("y ~ s(x) + s(u)", { x, y, u: draw(400) }).concurvity()) {
      expect(words).toBeNull();
      expect(observed).toBeLessThan(0.3);
    }
  });
});

describe("concurvity of random effects", () => {
  it("does not complain of an intercept that all levels together could make", () => {
    const g = Array.from({ length: 200 }, (_, row) => `level ${row % 8}`);
    const [intercept] = fitGam('y ~ s(g, bs = "re")', { g, y: draw(200) }).concurvity();
    expect(intercept.observed).toBeGreaterThan(0.99);
    expect(intercept.words).toBeNull();
  });
});

describe("checkRange", () => {
  // Places along a diagonal: the corners are within both ranges and near no row.
  const x = draw(300);
  const z = x.map((value) => value + 0.05 * random.next());
  const model = fitGam("y ~ te(x, z, k = 4)", { x, z, y: x.map((value) => value + random.next()) });
  const places = { x: [0.5, 2, 0.1], z: [0.5, 0.5, 0.9] };

  it("flags rows beyond a range, and places far from all rows, by name", () => {
    const { isOutside, numOutside, warnings } = model.checkRange(places);
    expect([...isOutside]).toEqual([0, 1, 1]);
    expect(numOutside).toBe(2);
    expect(warnings.map(({ name, subjects }) => [name, subjects])).toEqual([
      ["outsideTrainingRange", ["x"]],
      ["farFromTraining", ["te(x,z)"]],
    ]);
  });

  it("finds no training row outside, and knows ranges when restored", () => {
    expect(model.checkRange({ x, z })).toMatchObject({ numOutside: 0, warnings: [] });
    const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect([...restored.checkRange(places).isOutside]).toEqual([0, 1, 0]);
    expect(() => restored.checkRange({ x: [1] })).toThrow('a table with the numeric column "z"');
  });
});

describe("smoothingAtInfinity", () => {
  it("tells a smooth that is as simple as its penalty allows from one of which a part is", () => {
    const x = draw(300);
    const messageOf = (formula: string, y: Float64Array, select = false): string | undefined =>
      fitGam(formula, { x, y }, { select }).warnings.find(({ name }) => name === "smoothingAtInfinity")?.message;
    const line = x.map((value) => 3 * value);
    expect(
      messageOf(
        "y ~ s(x)",
        line.map((value, row) => value + (row % 2)),
      ),
    ).toMatch(/^The data ask for no wiggle at all in "s\(x\)"/);
    expect(
      messageOf(
        "y ~ s(x)",
        line.map((value, row) => value + (row % 2)),
        true,
      ),
    ).toMatch(/^One of several penalties of "s\(x\)"/);
  });
});

import { describe, expect, it } from "vitest";
import { createRandom, denseRows } from "../../../../src/numeric/index.ts";
import { applyDesign, learnDesign, Table } from "../../../../src/table/index.ts";

const random = createRandom(5);
const numRows = 20_000;
const draw = (): Float64Array => Float64Array.from({ length: numRows }, () => random.next());
const table = Table.fromColumns({ y: draw(), x: draw(), z: draw() });
const formula = 'y ~ s(x, bs = "cr") + s(z, bs = "ps")';

describe("cells", () => {
  it("holds smooths of rounded covariates by codes, near those of the numbers themselves", () => {
    const exact = learnDesign("test", formula, table, { smooths: "learn" });
    const rounded = learnDesign("test", formula, table, { smooths: "learn", cells: 500 });
    const kinds = (design: typeof exact.design): string[] => design.matrix.blocks.map(({ kind }) => kind);
    expect(kinds(exact.design)).toContain("dense");
    expect(kinds(rounded.design)).toEqual(["dense", "coded", "coded"]);
    for (const block of rounded.design.matrix.blocks) if (block.kind === "coded") expect(block.numCodes).toBeLessThanOrEqual(500);
    const [one, other] = [exact, rounded].map(({ design }) => denseRows(design.matrix, 0, numRows));
    const worst = one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0);
    // Functions of 10 knots over 500 cells.
    expect(worst).toBeLessThan(0.1);
    expect(worst).toBeGreaterThan(0);
  });

  it("gives covariates of a product fewer cells each, and evaluates their combinations", () => {
    const two = learnDesign("test", "y ~ te(x, z, k = 4)", table, { smooths: "learn", cells: 500 });
    const [, of2] = two.design.matrix.blocks;
    expect(of2).toMatchObject({ kind: "coded" });
    if (of2.kind === "coded") {
      expect(of2.numCodes).toBeLessThanOrEqual(100 * 100);
      // Of 20,000 rows nearly all combinations of a hundred cells and more than 25² are met.
      expect(of2.numCodes).toBeGreaterThan(5000);
    }
    const exact = learnDesign("test", "y ~ te(x, z, k = 4)", table, { smooths: "learn" });
    const [one, other] = [exact, two].map(({ design }) => denseRows(design.matrix, 0, numRows));
    const worst = one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0);
    expect(worst).toBeLessThan(0.1);
    expect(worst).toBeGreaterThan(0);
    const three = Table.fromColumns({ y: draw(), x: draw(), z: draw(), w: draw() });
    const [, of3] = learnDesign("test", "y ~ te(x, z, w, k = 3)", three, { smooths: "learn", cells: 500 }).design.matrix.blocks;
    expect(of3).toMatchObject({ kind: "coded" });
    if (of3.kind === "coded") expect(of3.numCodes).toBeLessThanOrEqual(25 ** 3);
  });

  it("never gives a product more cells than asked for", () => {
    const [, block] = learnDesign("test", "y ~ te(x, z, k = 4)", table, { smooths: "learn", cells: 30 }).design.matrix.blocks;
    expect(block).toMatchObject({ kind: "coded" });
    if (block.kind === "coded") expect(block.numCodes).toBeLessThanOrEqual(30 * 30);
  });

  it("places knots where those of the numbers themselves are, however skewed, and none twice in a crowd", () => {
    const skewed = draw().map((value) => (1 - value) ** -2);
    const crowded = skewed.map((value, row) => (row % 3 === 0 ? 5 : value));
    const both = Table.fromColumns({ y: draw(), skewed, crowded });
    const knotsOf = (column: string, cells: number): readonly number[] => {
      const { recipe } = learnDesign("test", `y ~ s(${column}, bs = "cr")`, both, { smooths: "learn", cells });
      const [variable] = recipe.variables;
      const [margin] = variable.kind === "smooth" ? variable.margins : [];
      return margin.kind === "basis" && margin.basis.kind === "cubicRegression" ? margin.basis.knots : [];
    };
    const exact = knotsOf("skewed", Infinity);
    // By rank: cells hold some thousandths of the rows each.
    const rankOf = (knot: number): number => skewed.filter((value) => value <= knot).length / numRows;
    knotsOf("skewed", 500).forEach((knot, k) => expect(Math.abs(rankOf(knot) - rankOf(exact[k]))).toBeLessThan(0.01));
    const knots = knotsOf("crowded", 500);
    expect(knots).toHaveLength(10);
    // A crowd is one number: knots do not gather around it.
    expect(knots.filter((knot) => Math.abs(knot - 5) < 0.1).length).toBeLessThan(3);
    knots.slice(1).forEach((knot, k) => expect(knot).toBeGreaterThan(knots[k]));
  });

  it("predicts new rows as they are", () => {
    const { recipe } = learnDesign("test", "y ~ te(x, z, k = 4) + s(x)", table, { smooths: "learn", cells: 30 });
    const { matrix } = applyDesign("test", recipe, table);
    // The basis is one of smooth functions: neighbours in x differ in every row.
    const rows = denseRows(matrix, 0, 2000);
    expect(new Set(Array.from({ length: 2000 }, (_, row) => rows[row * matrix.numColumns + 1])).size).toBe(2000);
  });

  it("does not round what has few different numbers, nor levels", () => {
    const whole = Table.fromColumns({
      y: draw(),
      x: draw().map((value) => Math.floor(30 * value)),
      g: Array.from({ length: numRows }, (_, row) => `level ${row % 300}`),
    });
    const text = 'y ~ s(x, bs = "cr", k = 5) + s(x, g, bs = "re")';
    const one = learnDesign("test", text, whole, { smooths: "learn" });
    const other = learnDesign("test", text, whole, { smooths: "learn", cells: 50 });
    expect(other.design.matrix).toEqual(one.design.matrix);
  });
});

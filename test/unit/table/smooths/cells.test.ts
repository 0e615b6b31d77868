import { describe, expect, it } from "vitest";
import { createRandom, denseRows } from "../../../../src/numeric/index.ts";
import { learnDesign, Table } from "../../../../src/table/index.ts";

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

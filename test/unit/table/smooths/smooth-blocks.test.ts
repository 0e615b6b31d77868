import { describe, expect, test } from "vitest";
import { createRandom } from "../../../../src/numeric/index.ts";
import type { CodedBlock } from "../../../../src/numeric/index.ts";
import { applyDesign, categorical, learnDesign, Table } from "../../../../src/table/index.ts";
import type { ApplyOptions, LearnedDesign } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";
import { messageOf } from "../../../support/message-of.ts";

const random = createRandom(21);
const NUM_ROWS = 240;
const regions = ["n", "s", "w"];
const table = Table.fromColumns({
  y: Array.from({ length: NUM_ROWS }, () => random.next()),
  x: Array.from({ length: NUM_ROWS }, () => random.next()),
  months: Array.from({ length: NUM_ROWS }, () => 1 + Math.floor(12 * random.next())),
  w: Array.from({ length: NUM_ROWS }, () => 1 + random.next()),
  region: categorical(
    Array.from({ length: NUM_ROWS }, () => regions[Math.floor(3 * random.next())]),
    regions,
  ),
  g: Array.from({ length: NUM_ROWS }, (_, row) => `g${row % 5}`),
});
const column = (name: string): number[] => table.toRecords().map((record) => record[name] as number);
const level = (name: string): string[] => table.toRecords().map((record) => record[name] as string);

function learn(formula: string): LearnedDesign {
  return learnDesign("fitGam", formula, table, { smooths: "learn" });
}

function termOf({ design }: LearnedDesign, label: string): number[][] {
  const { positions } = design.terms.find((term) => term.label === label)!;
  return spellOutMatrix(design.matrix).map((row) => positions.map((position) => row[position]));
}

describe("copies of a smooth by the levels of a factor", () => {
  test.each(['y ~ s(months, bs = "cr", k = 5', 'y ~ s(x, bs = "cr", k = 5'])(
    "%s, by = region) are the smooth in rows of their level, else 0",
    (text) => {
      const copies = learn(`${text}, by = region)`);
      const plain = learn(`${text})`);
      const whole = termOf(plain, plain.smooths[0].label);
      for (const [k, name] of regions.entries()) {
        const { label } = copies.smooths[k];
        expect(label).toBe(`${plain.smooths[0].label}:region${name}`);
        const own = termOf(copies, label);
        for (const [row, value] of level("region").entries()) {
          for (const [j, cell] of own[row].entries()) expect(cell).toBeCloseTo(value === name ? whole[row][j] : 0, 12);
        }
      }
    },
  );

  test("share their codes, or the numbers that are looked up by level", () => {
    const coded = learn('y ~ s(months, bs = "cr", k = 5, by = region)').design.matrix.blocks.filter(
      ({ kind }) => kind === "coded",
    ) as CodedBlock[];
    expect(coded).toHaveLength(3);
    expect(new Set(coded.map(({ codes }) => codes)).size).toBe(1);
    const dense = learn('y ~ s(x, bs = "cr", k = 5, by = region)').design.matrix.blocks.filter(
      ({ kind }) => kind === "coded",
    ) as CodedBlock[];
    expect(dense).toHaveLength(12);
    expect(new Set(dense.map(({ codes }) => codes)).size).toBe(1);
    expect(new Set(dense.map(({ multiplier }) => multiplier)).size).toBe(4);
  });
});

describe("smooths of levels", () => {
  test("random effects of combinations have the first covariate's levels change fastest, and multiply by numbers", () => {
    const learned = learn('y ~ s(region, g, w, bs = "re")');
    const rows = termOf(learned, "s(region,g,w)");
    const [region, g, w] = [level("region"), level("g"), column("w")];
    for (const [row, cells] of rows.entries()) {
      const expected = Array.from({ length: 15 }, (_, k) =>
        k === regions.indexOf(region[row]) + 3 * Number(g[row].slice(1)) ? w[row] : 0,
      );
      expect(cells).toEqual(expected);
    }
    expect(learned.design.matrix.blocks.filter(({ kind }) => kind === "coded")).toHaveLength(1);
    expect(learned.smooths[0]).toMatchObject({ isRandomEffect: true, isFullyPenalized: true, nullSpaceDimension: 0 });
  });

  test("curves by level stand next to each other, a level after the other, and are looked up by its code", () => {
    const learned = learn('y ~ s(x, region, bs = "fs", k = 5)');
    const rows = termOf(learned, "s(x,region)");
    for (const [row, name] of level("region").entries()) {
      const at = regions.indexOf(name);
      for (const [k, cell] of rows[row].entries()) if (Math.floor(k / 5) !== at) expect(Math.abs(cell)).toBe(0);
      expect(rows[row].slice(5 * at, 5 * at + 5).every((cell) => cell !== 0)).toBe(true);
    }
    const coded = learned.design.matrix.blocks.filter(({ kind }) => kind === "coded") as CodedBlock[];
    expect(coded.map(({ columnOfCode }) => [...columnOfCode!])).toEqual(Array.from({ length: 5 }, () => [0, 1, 2, -1]));
    expect(learned.smooths[0]).toMatchObject({ isRandomEffect: false, isFullyPenalized: true });
  });
});

describe("a level that training did not have", () => {
  const other = Table.fromColumns({ x: [0.1, 0.2], region: ["n", "e"] });
  const apply = (formula: string, options: ApplyOptions): number[][] => {
    const { recipe } = learn(formula);
    return spellOutMatrix(applyDesign("predict", recipe, other, options).matrix);
  };

  test.each(['y ~ s(region, bs = "re")', 'y ~ s(x, region, bs = "fs", k = 4)', 'y ~ s(x, bs = "cr", k = 4, by = region)'])(
    "of %s is an error, or has no effect, or is missing",
    (formula) => {
      expect(messageOf(() => apply(formula, {}))).toContain('column "region" must be among the levels "n", "s", "w"; got "e" at row 1');
      for (const unseenLevels of ["population", "reference"] as const) {
        const [, second] = apply(formula, { unseenLevels });
        expect(second.map(Math.abs)).toEqual([1, ...second.slice(1).map(() => 0)]);
      }
      expect(apply(formula, { unseenLevels: "missing" })).toHaveLength(1);
    },
  );

  test("of a factor without random effects stays an error for the population", () => {
    const message = messageOf(() => apply('y ~ region + s(x, bs = "cr", k = 4, by = region)', { unseenLevels: "population" }));
    expect(message).toContain('got "e" at row 1');
  });
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../src/errors.ts";
import {
  applyDesign,
  categorical,
  contrastMatrix,
  expressionText,
  formulaText,
  learnDesign,
  parseFormula,
  Table,
} from "../../src/table/index.ts";
import type { ContrastName, Design, DesignRecipe, Expression } from "../../src/table/index.ts";
import { spellOutMatrix } from "../support/dense-design.ts";

const name = fc.constantFrom("a", "b", "x.1", "my x", ".o");

/** Texts of expressions, deep and wide. */
const { text } = fc.letrec<{ text: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    name.map((one) => `\`${one}\``),
    fc.constantFrom("a", "1", "0.5", "2L", "1e5", "'t'", "TRUE", "."),
  ),
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("atom"),
    fc.tuple(tie("text"), fc.constantFrom("+", "-", "*", "/", ":", "^", " %in% ", "%%"), tie("text")).map((parts) => parts.join("")),
    tie("text").map((inner) => `(${inner})`),
    tie("text").map((inner) => `-${inner}`),
    fc.tuple(fc.constantFrom("log", "f", "s"), tie("text"), tie("text")).map(([call, one, other]) => `${call}( ${one},k=${other})`),
  ),
}));

/** A tree without its places, and without backticks that are not needed. */
function shape(node: Expression): unknown {
  return JSON.parse(JSON.stringify(node, (key, value) => (key === "at" || key === "end" || key === "quoted" ? undefined : value)));
}

test("what is printed reads as the same tree", () => {
  fc.assert(
    fc.property(text, (one) => {
      const { terms } = parseFormula(`~ ${one}`);
      const printed = expressionText(terms);
      expect(shape(parseFormula(`~ ${printed}`).terms)).toEqual(shape(terms));
      expect(formulaText(`~ ${printed}`)).toBe(`~ ${printed}`);
    }),
  );
});

test("any text is a formula or an InputError, for a table as well", () => {
  const table = Table.fromColumns({ a: [1, 2, 3, 5], b: ["u", "v", "u", "w"], y: [3, 1, 2, 2] });
  const word = fc.constantFrom(
    "a",
    "b",
    "y",
    "~",
    "+",
    "-",
    "*",
    ":",
    "^",
    "(",
    ")",
    ",",
    "=",
    "1",
    "0",
    "2",
    "log(",
    "poly(",
    "bs(",
    "C(",
    "%in%",
    "'",
    "`",
    ".",
    "offset(",
    "constructor",
    "toString(",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 12 }).map((words) => `y ~ ${words.join(" ")}`),
        fc.string(),
        text.map((one) => `y ~ ${one}`),
      ),
      (one) => {
        try {
          const { design } = learnDesign("fit", one, table);
          expect(spellOutMatrix(design.matrix)[0]).toHaveLength(design.columnNames.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const levels = { g: ["a", "b", "c"], h: ["no", "yes"], k: ["p", "q", "r", "s"] };
const contrastNames = fc.constantFrom<ContrastName>("treatment", "sum", "helmert", "polynomial");
const row = fc.record({
  y: fc.integer({ min: -9, max: 9 }),
  x: fc.integer({ min: -9, max: 9 }),
  z: fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 9 })),
  g: fc.constantFrom(...levels.g),
  h: fc.constantFrom(...levels.h),
  k: fc.constantFrom(...levels.k),
});
type Row = { y: number | null; x: number | null; z: number; g: string | null; h: string; k: string };

function tableOf(rows: readonly Row[]): Table {
  return Table.fromColumns({
    y: rows.map(({ y }) => y),
    x: rows.map(({ x }) => x),
    z: rows.map(({ z }) => z),
    g: categorical(
      rows.map(({ g }) => g),
      levels.g,
    ),
    h: categorical(
      rows.map(({ h }) => h),
      levels.h,
    ),
    k: categorical(
      rows.map(({ k }) => k),
      levels.k,
    ),
  });
}

const variables = ["x", "z", "g", "h", "k"] as const;
const term = fc
  .subarray([...variables], { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length }));
const formula = fc
  .tuple(fc.array(term, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([terms, intercept]) => `y ~ ${intercept ? "1" : "0"} + ${terms.map((parts) => parts.join(":")).join(" + ")}`);
const contrasts = fc.record({ g: contrastNames, h: contrastNames, k: contrastNames });

/** The columns of a term by their definition: products of what each factor's columns hold, the first factor's changing fastest. */
function spellOutTerm(one: Row, factors: readonly string[], codings: readonly (string | null)[], recipe: DesignRecipe): number[] {
  return factors.reduce<number[]>(
    (products, factor, f) => {
      const value = one[factor as keyof Row];
      const variable = recipe.variables.find(({ label }) => label === factor)!;
      let columns = [value as number];
      if (variable.kind === "factor") {
        const code = variable.levels.indexOf(value as string);
        const size = variable.levels.length;
        if (codings[f] === "indicators") columns = variable.levels.map((_, level) => Number(level === code));
        else columns = [...contrastMatrix(variable.contrast, size, 0).subarray(code * (size - 1), (code + 1) * (size - 1))];
      }
      return columns.flatMap((column) => products.map((product) => product * column));
    },
    [1],
  );
}

/** Only the contrasts of factors that the formula has. */
function contrastsOf(one: string, all: Record<string, ContrastName>): Record<string, ContrastName> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => one.includes(key)));
}

test("every column is the product of its factors' columns", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), formula, contrasts, (rows, one, all) => {
      const { design, recipe } = learnDesign("fit", one, tableOf(rows), { contrasts: contrastsOf(one, all) });
      const found = spellOutMatrix(design.matrix);
      for (const [i, record] of rows.entries()) {
        const expected = design.terms.flatMap(({ factors, codings }) => spellOutTerm(record, factors, codings, recipe));
        for (const [column, value] of expected.entries()) expect(found[i][column]).toBeCloseTo(value, 12);
        expect(found[i]).toHaveLength(expected.length);
      }
    }),
  );
});

test("rows with holes are as if they were not there", () => {
  const holed = fc.record({ record: row, hole: fc.constantFrom("none", "none", "x", "g", "y") });
  fc.assert(
    fc.property(fc.array(holed, { minLength: 1, maxLength: 10 }), (rows) => {
      const whole = rows.filter(({ hole }) => hole === "none").map(({ record }) => record);
      fc.pre(whole.length > 0);
      const torn = rows.map(({ record, hole }): Row => ({ ...record, [hole]: null }));
      const { design, response } = learnDesign("fit", "y ~ x * g + h", tableOf(torn));
      const expected = learnDesign("fit", "y ~ x * g + h", tableOf(whole));
      expect(spellOutMatrix(design.matrix)).toEqual(spellOutMatrix(expected.design.matrix));
      expect(response).toEqual(expected.response);
      const kept = rows.flatMap(({ hole }, i) => (hole === "none" ? [i] : []));
      expect([...(design.rows ?? rows.keys())]).toEqual(kept);
    }),
  );
});

test("chunks of a table have the chunks of its design", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 12 }), formula, fc.integer({ min: 1, max: 5 }), (rows, one, size) => {
      const table = tableOf(rows);
      const { design, recipe } = learnDesign("fit", one, table);
      const pieces: Design[] = [];
      for (let start = 0; start < rows.length; start += size) pieces.push(applyDesign("predict", recipe, table.rows(start, start + size)));
      expect(pieces.flatMap(({ matrix }) => spellOutMatrix(matrix))).toEqual(spellOutMatrix(design.matrix));
    }),
  );
});

import { describe, expect, test } from "vitest";
import type { CodedBlock, DenseBlock, SparseBlock } from "../../../../src/numeric/index.ts";
import { categorical, learnDesign, Table } from "../../../../src/table/index.ts";
import type { Design, LearnOptions, ModelFormula } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";
import { messageOf } from "../../../support/message-of.ts";

const table = Table.fromColumns({
  y: [1, 2, 3, 4, 5, 6],
  age: [30, 41, 52, 33, 24, 65],
  income: [1, 2, 4, 8, 16, 0],
  region: categorical(["n", "s", "n", "w", "s", "w"], ["n", "s", "w"]),
  smoker: [true, false, false, true, true, false],
  constant: ["a", "a", "a", "a", "a", "a"],
  wins: [1, 0, 2, 3, 1, 1],
  losses: [0, 3, 2, 1, 1, 4],
});

function learn(formula: ModelFormula, options?: LearnOptions, data = table): ReturnType<typeof learnDesign> {
  return learnDesign("fitGlm", formula, data, options);
}

function refusal(formula: ModelFormula, options?: LearnOptions, data = table): string {
  return messageOf(() => learn(formula, options, data));
}

function numbersOf(name: string): Float64Array {
  const column = table.column(name);
  if (column.kind !== "numeric") throw new Error(`${name} is not numeric`);
  return column.values;
}

describe("blocks", () => {
  test("numeric columns share the table's arrays, and the intercept is not spelled out", () => {
    const { design } = learn("y ~ age + income");
    const [dense, ...others] = design.matrix.blocks as DenseBlock[];
    expect(others).toEqual([]);
    expect([...dense.columns]).toEqual([0, 1, 2]);
    expect(dense.values[0]).toBeNull();
    expect(dense.values[1]).toBe(numbersOf("age"));
    expect(dense.values[2]).toBe(numbersOf("income"));
    expect(design.rows).toBeNull();
  });

  test("a factor is the table's own codes, with a column for each but the reference", () => {
    const { design } = learn("y ~ region");
    const coded = design.matrix.blocks[1] as CodedBlock;
    const column = table.column("region");
    expect(coded.codes).toBe(column.kind === "categorical" && column.codes);
    expect(coded).toMatchObject({ kind: "coded", numCodes: 3, multiplier: null, matrix: null });
    expect([...coded.columnOfCode!]).toEqual([-1, 0, 1]);
    expect([...coded.columns]).toEqual([1, 2]);
  });

  test("two factors are one code for each pair", () => {
    const { design } = learn("y ~ region * smoker");
    const coded = design.matrix.blocks.at(-1) as CodedBlock;
    expect(coded.numCodes).toBe(6);
    expect([...coded.columnOfCode!]).toEqual([-1, -1, -1, -1, 0, 1]);
    expect([...coded.codes]).toEqual([3, 1, 0, 5, 4, 2]);
  });

  test("a number times a factor multiplies the factor's block", () => {
    const { design } = learn("y ~ age:region");
    const coded = design.matrix.blocks[1] as CodedBlock;
    expect(coded.multiplier).toBe(numbersOf("age"));
    expect([...coded.columnOfCode!]).toEqual([0, 1, 2]);
  });

  test("other contrasts stand in a small matrix", () => {
    const { design } = learn("y ~ region", { contrasts: { region: "sum" } });
    const coded = design.matrix.blocks[1] as CodedBlock;
    expect(coded.columnOfCode).toBeNull();
    expect([...coded.matrix!]).toEqual([1, 0, 0, 1, -1, -1]);
  });

  test("a basis times a factor is a block a function", () => {
    const { design } = learn("y ~ poly(age, 2, raw = TRUE):smoker");
    const blocks = design.matrix.blocks.filter(({ kind }) => kind === "coded");
    expect(blocks.map(({ columns }) => [...columns])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test("a column of zeros for the most part is compressed", () => {
    const x = Array.from({ length: 200 }, (_, row) => (row % 20 === 3 ? row : 0));
    const data = Table.fromColumns({ y: x.map((_, row) => row), x, z: x.map((_, row) => row + 1) });
    const { design } = learn("y ~ x + z", {}, data);
    const sparse = design.matrix.blocks.find(({ kind }) => kind === "sparse") as SparseBlock;
    expect([...sparse.columns]).toEqual([1]);
    expect([...sparse.rows]).toEqual([3, 23, 43, 63, 83, 103, 123, 143, 163, 183]);
    expect(spellOutMatrix(design.matrix).map((row) => row[1])).toEqual(x);
  });
});

describe("names and levels", () => {
  const names = (formula: string, options?: LearnOptions): readonly string[] => learn(formula, options).design.columnNames;

  test("booleans are the levels false and true", () => {
    expect(names("y ~ smoker")).toEqual(["(Intercept)", "smokertrue"]);
  });

  test("the base of treatment contrasts and of C( ) come before the option", () => {
    expect(names("y ~ C(region, treatment, base = 2)")).toEqual([
      "(Intercept)",
      "C(region, treatment, base = 2)n",
      "C(region, treatment, base = 2)w",
    ]);
    expect(names("y ~ C(region, sum)", { contrasts: { region: "helmert" } })[1]).toBe("C(region, sum)1");
    expect(names("y ~ C(region)", { contrasts: { "C(region)": "polynomial" } })).toEqual(["(Intercept)", "C(region).L", "C(region).Q"]);
  });

  test("levels that no row has keep their column, save within factor( )", () => {
    const data = Table.fromColumns({ y: [1, 2, 3], g: categorical(["a", "c", "a"], ["a", "b", "c"]) });
    expect(learn("y ~ g", {}, data).design.columnNames).toEqual(["(Intercept)", "gb", "gc"]);
    expect(learn("y ~ factor(g)", {}, data).design.columnNames).toEqual(["(Intercept)", "factor(g)c"]);
    expect(learn("y ~ as.factor(g)", {}, data).design.columnNames).toEqual(["(Intercept)", "as.factor(g)b", "as.factor(g)c"]);
  });

  test("terms say what they read and how their factors are coded", () => {
    const { design } = learn("y ~ log(age + wins) + age:region");
    expect(design.terms).toEqual([
      { label: "(Intercept)", variables: [], factors: [], codings: [], positions: [0] },
      { label: "log(age + wins)", variables: ["age", "wins"], factors: ["log(age + wins)"], codings: [null], positions: [1] },
      {
        label: "age:region",
        variables: ["age", "region"],
        factors: ["age", "region"],
        codings: [null, "indicators"],
        positions: [2, 3, 4],
      },
    ]);
  });

  test("the recipe remembers the columns that are read", () => {
    const { recipe } = learn("y ~ age * region + offset(log(wins + 1))");
    expect(recipe.inputs.map(({ name, kind, levels, range }) => ({ name, kind, levels, range }))).toEqual([
      { name: "age", kind: "numeric", levels: [], range: [24, 65] },
      { name: "region", kind: "categorical", levels: ["n", "s", "w"], range: null },
      { name: "wins", kind: "numeric", levels: [], range: [0, 3] },
    ]);
    expect(recipe.formula).toBe("y ~ age * region + offset(log(wins + 1))");
  });
});

describe("responses", () => {
  test("numbers, also computed", () => {
    expect(learn("y ~ age").response).toEqual({ kind: "numeric", label: "y", values: numbersOf("y") });
    expect(learn("y/2 ~ age").response).toMatchObject({ label: "y/2", values: Float64Array.of(0.5, 1, 1.5, 2, 2.5, 3) });
  });

  test("categories, with their levels", () => {
    expect(learn("smoker ~ age").response).toMatchObject({
      kind: "categorical",
      column: { name: "smoker", levels: ["false", "true"], codes: Int32Array.of(1, 0, 0, 1, 1, 0) },
    });
    expect(learn("factor(wins) ~ age").response).toMatchObject({ column: { levels: ["0", "1", "2", "3"] } });
  });

  test("successes and failures", () => {
    expect(learn("cbind(wins, losses) ~ age").response).toMatchObject({
      kind: "counts",
      label: "cbind(wins, losses)",
      successes: numbersOf("wins"),
      failures: numbersOf("losses"),
    });
  });
});

describe("missing values", () => {
  const holes = Table.fromColumns({
    y: [1, null, 3, 4, 5, 6],
    age: [30, 41, null, 33, 24, 65],
    region: categorical(["n", "s", "n", null, "s", "w"], ["n", "s", "w"]),
    unused: [null, null, null, null, null, null],
  });

  test("rows are left out, and the design says which stay", () => {
    const { design, response } = learn("y ~ age + region", {}, holes);
    expect([...design.rows!]).toEqual([0, 4, 5]);
    expect(spellOutMatrix(design.matrix)).toEqual([
      [1, 30, 0, 0],
      [1, 24, 1, 0],
      [1, 65, 0, 1],
    ]);
    expect(response).toMatchObject({ values: Float64Array.of(1, 5, 6) });
  });

  test("numbers alongside count as well", () => {
    const alongside = [{ name: "weights", values: Float64Array.of(NaN, 1, 1, 1, 1, 1) }];
    expect([...learn("y ~ age", { alongside }, holes).design.rows!]).toEqual([3, 4, 5]);
    expect(refusal("y ~ age", { alongside: [{ name: "weights", values: new Float64Array(2) }] })).toBe(
      "fitGlm: weights must be 6 numbers, one for each row of the data; got 2. Give it for the same rows.",
    );
  });

  test("they can be an error, and rows must remain", () => {
    expect(refusal("y ~ age", { missing: "fail" }, holes)).toContain(
      'column "age" must be there in every row; got a missing value at row 2',
    );
    expect(refusal("y ~ age + region", { missing: "fail" }, holes)).toContain("a missing value");
    expect(refusal("y ~ unused", {}, holes)).toContain("got something missing in each of 6 rows");
    expect(refusal("y ~ age", {}, Table.fromColumns({ y: [], age: [] }))).toContain("got no rows");
  });
});

describe("what is wrong is said, with a caret under the place", () => {
  test.each([
    ["y ~ agee", 'got "agee" at character 5. Did you mean "age"?', "    ^^^^"],
    ["y ~ age + log(Income)", 'got "Income" at character 15. Did you mean "income"?', "              ^^^^^^"],
    ["z ~ age", 'got "z" at character 1', "^"],
    ["y ~ lg(age)", "got lg( ) at character 5. Did you mean log?", "    ^^"],
    ["y ~ constructor(age)", "got constructor( ) at character 5", "    ^^^^^^^^^^^"],
    ["y ~ log(region)", 'got the categorical column "region" at character 9', "        ^^^^^^"],
    ["y ~ I(age:income)", "got : in I(age:income) at character 7", "      ^^^^^^^^^^"],
    ["y ~ log(age, 2, 3)", "made of log(x) or log(x, base)", "    ^^^^^^^^^^^^^^"],
    ["y ~ sqrt()", "made of sqrt( ) with one argument", "    ^^^^^^"],
    ["y ~ log(poly(age, 2))", "without terms inside of arithmetic", "        ^^^^"],
    ["y ~ poly(age, 0)", "a whole number from 1 to 1000 as degree", "              ^"],
    ["y ~ poly(age, 6)", "of more than 6 different numbers; got 6", "    ^^^^^^^^^^^^"],
    ["y ~ poly(age, knots = 2)", "arguments x, degree, raw, each once; got knots =", "                      ^"],
    ["y ~ poly(age, 2, 3)", "each once; got 3 besides", "                 ^"],
    ["y ~ poly(degree = 2)", "with an argument x; got none", "    ^^^^^^^^^^^^^^^^"],
    ["y ~ poly(age, 2, raw = yes)", "TRUE or FALSE as raw; got yes", "                       ^^^"],
    ["y ~ bs(age, df = 2)", "a whole number from 3 to 1000 as df", "                 ^"],
    ["y ~ bs(age, knots = region)", "numbers as knots", "                    ^^^^^^"],
    ["y ~ bs(age, knots = c(30, 200))", "with knots from 24 to 65; got 200", "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^"],
    ["y ~ bs(age, df = 9, knots = c(30, 40))", "df = 5 for 2 knots, or without df", "                 ^"],
    ["y ~ ns(age, Boundary.knots = 3)", "two Boundary.knots that differ", "                             ^"],
    ["y ~ ns(age, knots = 3, Boundary.knots = c(4, 9))", "knots between c(4, 9)", "                    ^"],
    ["y ~ bs(I(age - age))", "of numbers that differ; got 0 in every row", "    ^^^^^^^^^^^^^^^^"],
    ["y ~ C(region, total)", "one of treatment, SAS, sum, helmert, poly as contrasts; got total", "              ^^^^^"],
    ["y ~ C(region, sum, base = 2)", "base for treatment contrasts alone", "                          ^"],
    ["y ~ C(region, treatment, base = 4)", "a level from 1 to 3 as base", "                                ^"],
    ['y ~ relevel(region, ref = "x")', 'a reference among "n", "s", "w"', "                          ^^^"],
    ['y ~ factor(region, levels = c("n", "n"))', "different levels", "                            ^^^^^^^^^^^"],
    ["y ~ age + s(income, k = 5)", "got the smooth term s(income, k = 5) at character 11", "          ^^^^^^^^^^^^^^^^"],
    ["y ~ age + y", "terms other than the response; got y", "          ^"],
    ["~ age", "got no response", "^"],
    ["1 ~ age", "a response that varies", "^"],
    ["cbind(wins) ~ age", "cbind( ) with two arguments; got 1", "^^^^^^^^^^^"],
    ["poly(y, 2) ~ age", "without terms inside of arithmetic", "^^^^"],
  ])("%s", (formula, expected, caret) => {
    const message = refusal(formula);
    expect(message).toContain(expected);
    const [shown, pointer] = message.split("\n").slice(-2);
    expect(shown).toBe(`  ${formula}`);
    expect(pointer).toBe(`  ${caret}`);
  });

  test("numbers that are not finite, by column and row", () => {
    const data = Table.fromColumns({ y: [1, 2, 3], x: [1, Infinity, 2], z: [4, 0, -1] });
    expect(refusal("y ~ x", {}, data)).toContain('column "x" must be finite; got Infinity at row 1');
    expect(refusal("x ~ y", {}, data)).toContain('column "x" must be finite; got Infinity at row 1');
    expect(refusal("y ~ log(z)", {}, data)).toContain("log(z) must be finite; got -Infinity at row 1");
    expect(refusal("y ~ sqrt(z)", {}, data)).toContain("sqrt(z) must be finite; got NaN at row 2");
    expect(refusal("log(z) ~ y", {}, data)).toContain("log(z) must be finite");
    expect(refusal("y ~ factor(log(z))", {}, data)).toContain("log(z) must be finite; got -Infinity at row 1");
    expect(refusal("y ~ z + offset(1/z)", {}, data)).toContain("offset(1/z) must be finite; got Infinity at row 1");
  });

  test("the row of the table is named where rows are left out", () => {
    const data = Table.fromColumns({ y: [1, null, 3, 4], z: [4, 2, 0, 1] });
    expect(refusal("y ~ log(z)", {}, data)).toContain("at row 2");
  });

  test("factors without contrast, empty formulas, options", () => {
    expect(refusal("y ~ constant")).toContain('factor constant must be of at least two levels; got "a" alone');
    expect(refusal("y ~ 0")).toContain("an intercept or at least one term; got neither");
    expect(refusal("y ~ region", { contrasts: { regoin: "sum" } })).toContain('about the factors "region"; got "regoin"');
    expect(refusal("y ~ age", { contrasts: { age: "sum" } })).toContain("left out of a formula without factors");
    expect(refusal("y ~ region", { contrasts: { region: "deviation" as "sum" } })).toContain('got "deviation"');
    expect(refusal("y ~ region", { missing: "omit" as "drop" })).toContain('missing must be one of "drop", "fail"');
    expect(refusal("y ~ region", { unseenLevels: "fail" } as LearnOptions)).toContain('got "unseenLevels"');
  });

  test("products of factors that would fill the memory", () => {
    const many = (prefix: string, size: number): string[] => Array.from({ length: size }, (_, row) => `${prefix}${row}`);
    const wide = Table.fromColumns({ y: many("", 1200).map(Number), a: many("a", 1200), b: many("b", 1200) });
    expect(refusal("y ~ a:b", {}, wide)).toContain("of at most 1000000 design columns");
    const sums = Table.fromColumns({ y: many("", 150).map(Number), a: many("a", 150), b: many("b", 150) });
    expect(refusal("y ~ C(a, sum) * C(b, sum)", {}, sums)).toContain("of at most 20000000 cells");
  });
});

test("a term counts once however it is written", () => {
  const one = (formula: string): Design => learn(formula).design;
  expect(spellOutMatrix(one("y ~ (age + region)^2").matrix)).toEqual(spellOutMatrix(one("y ~ age + region + age:region").matrix));
});

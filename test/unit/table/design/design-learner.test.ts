import { describe, expect, test } from "vitest";
import { applyDesign, categorical, DesignLearner, learnDesign, Table } from "../../../../src/table/index.ts";
import type { DesignRecipe, ModelFormula } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";
import { messageOf } from "../../../support/message-of.ts";

const whole = Table.fromColumns({
  y: [1, 2, 3, 4, 5, 6, 7, 8],
  won: [true, false, false, false, true, true, false, true],
  age: [30, 41, null, 33, 24, 65, 18, 40],
  cyl: [8, 4, 4, 6, 8, 4, 10, 6],
  region: ["w", "s", "w", "n", null, "s", "e", "w"],
});

function learn(formula: ModelFormula, chunks: readonly Table[], options = {}): DesignRecipe {
  const learner = new DesignLearner("fitChunks", formula, options);
  for (const chunk of chunks) learner.add(chunk);
  return learner.finish();
}

/** As a reader of chunks has them: each with the levels that it happens to hold. */
function chunked(table: Table, size: number): Table[] {
  const starts = Array.from({ length: Math.ceil(table.numRows / size) }, (_, k) => k * size);
  return starts.map((start) => Table.fromRecords(table.rows(start, start + size).toRecords()));
}

test.each([
  "y ~ age * region + offset(log(age))",
  "y ~ 0 + factor(cyl):region",
  "won ~ C(region, sum) + I(age^2)",
  "factor(cyl) ~ poly(age, 3, raw = TRUE)",
  "y ~ bs(age, knots = c(25, 40), Boundary.knots = c(10, 70)) + ns(age, Boundary.knots = c(10, 70))",
  "y ~ .",
])("%s: chunks give the recipe of the whole", (formula) => {
  for (const size of [1, 3, 8]) {
    // Chunks of one row may hold nothing of a column, which is then numeric: left out.
    const chunks =
      size === 1
        ? chunked(
            whole.filter(({ age, region }) => age !== null && region !== null),
            1,
          )
        : chunked(whole, size);
    const recipe = learn(formula, chunks);
    const expected = learnDesign(
      "fit",
      formula,
      whole.filter(({ age, region }) => size > 1 || (age !== null && region !== null)),
    ).recipe;
    expect(recipe).toEqual(expected);
    expect(spellOutMatrix(applyDesign("predict", recipe, chunks[0]).matrix)).toEqual(
      spellOutMatrix(applyDesign("predict", expected, chunks[0]).matrix),
    );
  }
});

test("levels that all chunks agree on keep their order, others are sorted", () => {
  const chunk = (values: string[], levels: string[]): Table =>
    Table.fromColumns({ y: values.map((_, i) => i), size: categorical(values, levels) });
  expect(learn("y ~ size", [chunk(["S", "L"], ["S", "M", "L"]), chunk(["M"], ["S", "M", "L"])]).columnNames).toEqual([
    "(Intercept)",
    "sizeM",
    "sizeL",
  ]);
  expect(learn("y ~ size", [chunk(["S"], ["S", "M"]), chunk(["L"], ["L"])]).columnNames).toEqual(["(Intercept)", "sizeM", "sizeS"]);
  expect(learn("y ~ factor(size)", [chunk(["S"], ["S", "M"]), chunk(["L"], ["L"])]).columnNames).toEqual(["(Intercept)", "factor(size)S"]);
});

test("levels can be given", () => {
  const levels = { region: ["s", "n", "e", "w", "o"] };
  expect(learn("y ~ region", chunked(whole, 4), { levels }).columnNames).toEqual([
    "(Intercept)",
    "regionn",
    "regione",
    "regionw",
    "regiono",
  ]);
  expect(messageOf(() => learn("y ~ region", chunked(whole, 4), { levels: { region: ["w", "s"] } }))).toContain('got "n" at row 3');
});

describe("what chunks cannot give is refused", () => {
  test.each([
    ["y ~ poly(age, 2)", "give raw = TRUE"],
    ["y ~ bs(age, df = 5)", "give knots = c(…) and Boundary.knots = c(…) to bs( )"],
    ["y ~ ns(age, knots = 30)", "Boundary.knots"],
    ["y ~ agee", 'Did you mean "age"?'],
  ])("%s", (formula, expected) => {
    expect(messageOf(() => learn(formula, [whole]))).toContain(expected);
  });

  test("chunks that differ in kind, no chunks, stray options", () => {
    const odd = Table.fromColumns({ y: [1], age: ["x"] });
    expect(messageOf(() => learn("y ~ age", [whole, odd]))).toContain('the numeric column "age"; got one in which it is categorical');
    expect(messageOf(() => learn("y ~ age", [whole, odd.select(["y"])]))).toContain("got one without it");
    expect(messageOf(() => learn("y ~ age", []))).toContain("made of chunks with rows; got none");
    expect(messageOf(() => learn("y ~ age", [whole], { levels: { region: ["s"] } }))).toContain('got "region"');
    expect(messageOf(() => learn("y ~ region", [whole], { levels: { region: [] } }))).toContain("an empty list");
    expect(messageOf(() => learn("y ~ age", [whole], { missing: "drop" }))).toContain('got "missing"');
    expect(messageOf(() => learn("y ~ region", [whole], { contrasts: { age: "sum" } }))).toContain('got "age"');
    expect(messageOf(() => learn("y ~ age", [Table.fromColumns({ y: [1, 2], age: [1, Infinity] })]))).toContain("Infinity at row 1");
  });
});

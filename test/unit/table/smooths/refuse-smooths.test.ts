import { describe, expect, test } from "vitest";
import { createRandom } from "../../../../src/numeric/index.ts";
import { categorical, learnDesign, s, Table, te } from "../../../../src/table/index.ts";
import type { LearnOptions, ModelFormula } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const random = createRandom(8);
const NUM_ROWS = 90;
const draw = (): number[] => Array.from({ length: NUM_ROWS }, () => random.next());
const table = Table.fromColumns({
  y: draw(),
  x: draw(),
  z: draw(),
  months: Array.from({ length: NUM_ROWS }, (_, row) => 1 + (row % 6)),
  flat: Array.from({ length: NUM_ROWS }, () => 3),
  region: categorical(
    Array.from({ length: NUM_ROWS }, (_, row) => ["n", "s", "w"][row % 3]),
    ["n", "s", "w"],
  ),
});

function refusal(formula: ModelFormula, options: LearnOptions = {}, data = table): string {
  return messageOf(() => learnDesign("fitGam", formula, data, { smooths: "learn", ...options }));
}

describe("what a smooth cannot be", () => {
  test.each([
    ["y ~ s(months)", "k of at most the number of distinct values, 6 of months; got k = 10", "Give k = 6 or less"],
    [
      'y ~ s(x, z, k = 100) + s(months, k = 4, bs = "cr")',
      "at most the number of distinct values, 90 of x and z; got k = 100",
      "Give k = 90 or less",
    ],
    ['y ~ s(x, bs = "cr", k = 2)', "a whole number from 3 to 10000 as k of the basis cr; got 2", "Take k = 3 or more"],
    ['y ~ s(x, bs = "ps", m = c(3, 2), k = 4)', "a whole number from 5 to 10000 as k of the basis ps; got 4", "Take k = 5 or more"],
    ["y ~ s(x, z, k = 3)", "a whole number from 4 to 10000 as k of the basis tp; got 3", "Take k = 4 or more"],
    ["y ~ s(x, k = 5.5)", "a whole number", "Take another k"],
    ["y ~ s(region)", "covariates that are numbers; got the levels of region", 'Write s(region, bs = "re")'],
    ["y ~ te(x, region)", "covariates that are numbers; got the levels of region", "by = region for a curve for each level"],
    ["y ~ s(flat)", "covariates that vary; got 3 in every row as flat", "Take the term out"],
    ["y ~ te(x, flat)", "covariates that vary; got 3 in every row as flat", "Take the term out"],
    ["y ~ te(x)", "at least two covariates; got x", "or write s(x)"],
    ["y ~ s()", "at least one covariate; got none", "Write s(column)"],
    ["y ~ s(x, x)", "each covariate once; got x twice", "Take it out once"],
    ["y ~ s(y)", "covariates other than the response; got y", "Take the response out"],
    ["y ~ s(x, by = y)", "covariates other than the response; got y", "Take the response out"],
    ["y ~ s(x, by = 2)", "covariates that vary from row to row; got 2", "Name a column"],
    ["y ~ s(x, by = nowhere)", 'got "nowhere"', "table.columnNames"],
    ["y ~ te(x, z, k = c(4, 5, 6))", "one value for all margins or 2, one for each, as k; got 3", "as many as there are margins"],
    ['y ~ te(x, z, bs = c("cr", "cr", "cr"))', "as bs; got 3", "as many as there are margins"],
    ["y ~ te(x, z, m = c(1, 2, 1))", "as m; got 3", "as many as there are margins"],
    ["y ~ te(x, z, months, d = c(2, 2))", "margins of 3 covariates in all", "number of covariates of each margin"],
    ['y ~ s(x, bs = "crs")', 'a basis among "tp"', 'Did you mean "cr" or "cs"'],
    ['y ~ s(x, bs = "gp")', 'a basis among "tp"', "Did you mean"],
    ['y ~ s(x, z, bs = "cr")', "one covariate for the basis cr; got 2", "Write te(x, z)"],
    ['y ~ te(x, z, bs = "fs")', 'margins of one of the other bases; got "fs"', "an s( ) of its own"],
    ['y ~ s(x, z, bs = "fs")', "one column of levels for the basis fs", "a curve of x for each level"],
    ["y ~ s(x, xt = 3)", "got xt =", "Leave xt out"],
    ["y ~ s(x, kk = 3)", "got kk =", "Did you mean k"],
    ["y ~ s(x, k = 5, k = 6)", "each argument once; got k = twice", "Take one of them out"],
    ["y ~ s(x, fx = 1)", "TRUE or FALSE as fx; got 1", "Write TRUE or FALSE"],
    ["y ~ s(x, k = z)", "numbers as k, such as c(5, 10); got z", "Write numbers alone"],
    ["y ~ s(x, bs = cr)", "texts as bs", "Put it in quotes"],
    ["y ~ s(x, sp = c(1, 2))", "1 smoothing parameters as sp, one for each penalty; got 2", "one number for each penalty"],
    ["y ~ s(x, id = z)", "a text or a number as id; got z", "the same name"],
    ["y ~ s(x, k = 5, id = 1) + s(z, k = 6, id = 1)", "linked smooths (id = 1) that have the same basis, k and m", "the same arguments"],
    ["y ~ s(x) + s(x)", "smooths that differ in their covariates; got s(x) twice", "keep one, with a larger k"],
    ['y ~ s(x) + s(x, bs = "cr")', "got s(x) twice", "keep one, with a larger k"],
    ["y ~ s(x, m = c(1, 2, 3))", "at most 2 whole numbers from 0 to 10 as m of the basis tp; got c(1, 2, 3)", "Leave m out"],
    ["y ~ s(x, z, m = 1)", "m above 1, half the number of covariates; got c(1)", "Leave m out"],
    ['y ~ s(x, bs = "cr", k = 5, knots = c(0, 1))', "whose knots of x are 5 in number; got 2", "Correct the knots"],
    ['y ~ s(x, bs = "cr", k = 3, knots = c(0, 1, 1))', "knots of x are different from each other; got 1 twice", "Correct the knots"],
    ['y ~ s(x, bs = "ps", k = 5, knots = c(0.5, 1))', "knots of x are around all values", "Correct the knots"],
    ['y ~ s(x, bs = "ps", k = 3)', "a whole number from 4 to 10000 as k of the basis ps; got 3", "Take k = 4 or more"],
    ["y ~ te(x, z, knots = c(1, 2))", "knots by covariate", "Write knots = list("],
    ["y ~ te(x, z, knots = list(w = c(1, 2)))", 'those of "w"', "Name each part by its covariate"],
    ['y ~ s(x, shape = "rising")', 'a shape among "increasing"', "Take one of them"],
    ['y ~ s(x, bs = "cr", shape = "convex")', 'the basis "ps" where it has a shape; got "cr"', 'Take bs = "ps"'],
    ["y ~ s(x, pc = c(0, 1))", "1 numbers as pc", "one number for each covariate"],
    [
      'y ~ te(x, z, bs = "bs", m = list(c(3, 2, 1), c(3, 2)))',
      "margins have one penalty each; got 2 penalties of x",
      "Give two numbers as m",
    ],
    ["y ~ x * s(z)", "terms on both sides of *", "give a smooth term its factor by `by =`"],
    ["y ~ log(s(x))", "made of numbers, columns and arithmetic", ""],
    ["y ~ s(log(x - 1))", "must be finite; got NaN", "Leave out the row"],
  ])("%s", (formula, problem, mend) => {
    const message = refusal(formula);
    expect(message).toContain(problem);
    expect(message).toContain(mend);
  });

  test("too few rows for the coefficients", () => {
    expect(refusal("y ~ te(x, z) + s(months, k = 6)", {}, table.rows(0, 25))).toContain(
      "as many complete rows as the model has coefficients, 30; got 25. Take smooths of a smaller k",
    );
  });

  test("smooths of which nothing is left beside others", () => {
    const message = refusal("y ~ te(x, z, k = 4, fx = TRUE) + ti(x, z, k = 4, fx = TRUE)");
    expect(message).toContain("the smooth ti(x,z) must be more than a combination of other smooths; got nothing beyond te(x,z)");
  });

  test("knots that are no covariate's, or no numbers", () => {
    expect(refusal("y ~ s(x)", { knots: { z: [0, 1] } })).toContain('knots must be about the covariates "x"; got "z"');
    expect(refusal("y ~ s(x)", { knots: { x: [0, NaN] } })).toContain('knots["x"] must be an array of finite numbers; got NaN');
  });

  test("a smooth in a linear model, as before", () => {
    expect(messageOf(() => learnDesign("fitGlm", "y ~ s(x)", table))).toContain("Fit a generalized additive model");
  });

  test("options of builders that are none", () => {
    expect(messageOf(() => s("x", { basis: "cr", spread: true } as object))).toContain('got "spread"');
    expect(messageOf(() => te())).toContain(
      'te: covariates must be names of columns, and after them the options; got none. Write te("column").',
    );
    expect(messageOf(() => s("x", 5 as unknown as string))).toContain("got 5");
    expect(refusal({ response: "y", terms: [s("x", { k: "many" as unknown as number })] })).toContain("formula.terms.0.options.k");
  });
});

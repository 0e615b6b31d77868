import { describe, expect, test } from "vitest";
import { factor, formulaText, interaction, learnDesign, linear, polynomial, Table } from "../../../../src/table/index.ts";
import type { BuiltFormula, ModelFormula } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";
import { messageOf } from "../../../support/message-of.ts";

const table = Table.fromColumns({
  y: [1, 2, 3, 4, 5],
  age: [30, 41, 52, 33, 44],
  cyl: [4, 6, 8, 4, 6],
  region: ["n", "s", "w", "n", "s"],
  "sale price": [1, 2, 4, 8, 16],
  "log(y)": [5, 4, 3, 2, 1],
});

test.each<[BuiltFormula, string]>([
  [
    { response: "y", terms: [linear("age"), factor("region"), interaction("age", "region")] },
    "y ~ age + factor(region) + age:factor(region)",
  ],
  [{ response: "y", terms: [] }, "y ~ 1"],
  [{ response: "y", terms: [linear("a b")], intercept: false, offset: "log(exposure)" }, "y ~ `a b` + 0 + offset(log(exposure))"],
  [
    { response: "cbind(s,f)", terms: [polynomial("x", 2), polynomial("z", 3, { raw: true })] },
    "cbind(s, f) ~ poly(x, 2) + poly(z, 3, raw = TRUE)",
  ],
  [{ response: "sale price", terms: [factor("g", { contrast: "sum" })] }, "`sale price` ~ C(g, sum)"],
  [
    { response: "y", terms: [factor("g", { contrast: "polynomial", reference: "b" }), factor("h", { reference: 6 })] },
    'y ~ C(relevel(g, ref = "b"), poly) + relevel(h, ref = "6")',
  ],
])("a formula of parts is printed in R's spelling", (formula, text) => {
  expect(formulaText(formula)).toBe(text);
});

describe("parts make the model that the text makes", () => {
  test.each<[BuiltFormula, ModelFormula]>([
    [{ response: "y", terms: [linear("age"), factor("region"), interaction("age", "region")] }, "y ~ age * region"],
    [{ response: "y", terms: [factor("cyl"), interaction("age", "cyl")] }, "y ~ factor(cyl) + age:factor(cyl)"],
    [{ response: "y", terms: [linear("cyl"), interaction("age", "cyl")] }, "y ~ cyl + age:cyl"],
    [{ response: "y", terms: [interaction(linear("age"), factor("cyl", { contrast: "helmert" }))] }, "y ~ age:C(factor(cyl), helmert)"],
    [{ response: "y", terms: [polynomial("age", 2)], intercept: false }, "y ~ 0 + poly(age, 2)"],
    [{ response: "sale price", terms: [linear("age")] }, "`sale price` ~ age"],
    [{ response: "log(y)", terms: [linear("age")] }, "`log(y)` ~ age"],
    [{ response: "sqrt(y)", terms: [linear("age")], offset: "sale price" }, "sqrt(y) ~ age + offset(`sale price`)"],
  ])("%j", (formula, text) => {
    const built = learnDesign("fitGlm", formula, table);
    const written = learnDesign("fitGlm", text, table);
    expect(built.design.columnNames).toEqual(written.design.columnNames);
    expect(built.design.terms).toEqual(written.design.terms);
    expect(spellOutMatrix(built.design.matrix)).toEqual(spellOutMatrix(written.design.matrix));
    expect(built.design.offset).toEqual(written.design.offset);
    expect(built.response).toEqual(written.response);
  });

  test("a categorical column keeps its name with its options", () => {
    const terms = [factor("region", { contrast: "sum" }), interaction("age", "region")];
    const { design, recipe } = learnDesign("fitGlm", { response: "y", terms }, table);
    expect(design.columnNames).toEqual(["(Intercept)", "region1", "region2", "regionn:age", "regions:age", "regionw:age"]);
    expect(recipe.formula).toBe("y ~ C(region, sum) + age:C(region, sum)");
    const based = learnDesign("fitGlm", { response: "y", terms: [factor("region", { reference: "s" })] }, table);
    expect(based.design.columnNames).toEqual(["(Intercept)", "regionn", "regionw"]);
    expect(based.recipe.variables[0]).toMatchObject({ levels: ["s", "n", "w"], reference: 0 });
  });
});

describe("parts that are wrong are refused", () => {
  test.each<[unknown, string]>([
    [{ response: "y", terms: [{ kind: "wiggly", column: "x" }] }, "formula.terms.0.kind must be"],
    [{ response: "y", terms: ["age"] }, "formula.terms.0 must be"],
    [{ response: "", terms: [] }, "formula.response must be"],
    [{ response: "y", terms: [polynomial("age", 0)] }, "formula.terms.0.degree must be"],
    [{ response: "y", terms: [], link: "log" }, "formula.link must be"],
    [{ response: "y" }, "formula.terms must be"],
    [7, "formula must be a text"],
    [null, "formula must be"],
    [{ response: "y", terms: [linear("agee")] }, 'Did you mean "age"?'],
    [{ response: "y", terms: [linear("log(age)")] }, 'got "log(age)"'],
    [
      { response: "y", terms: [factor("region", { reference: "x" })] },
      'factor region must be given a reference among "n", "s", "w"; got "x"',
    ],
    [
      { response: "y", terms: [factor("region", { reference: "s" }), interaction(linear("age"), factor("region"))] },
      'got "region" with different options',
    ],
  ])("%j", (formula, expected) => {
    expect(messageOf(() => learnDesign("fitGlm", formula as ModelFormula, table))).toContain(expected);
  });
});

import { describe, expect, test } from "vitest";
import type { EffectMeasure } from "../../../../src/report/terms/effect.ts";
import { readTerms } from "../../../../src/report/terms/read-terms.ts";
import { categorical, Table } from "../../../../src/table/index.ts";
import { smallAdditiveModel } from "./small-additive-model.ts";
import type { SmallTerm } from "./small-additive-model.ts";

const score: EffectMeasure = { scale: "score", subject: "risk", quantity: "score", unit: undefined, rises: true };
const odds: EffectMeasure = { scale: "factor", subject: "odds", quantity: "score", unit: undefined, rises: true };
const rows = Array.from({ length: 40 }, (_, row) => row);

const data = Table.fromColumns({
  age: rows.map((row) => 20 + row),
  income: rows.map((row) => 2 ** (row % 5)),
  sex: categorical(
    rows.map((row) => (row % 4 === 0 ? "man" : "woman")),
    ["woman", "man"],
  ),
  region: categorical(
    rows.map((row) => ["north", "south", "west"][row % 3]),
    ["north", "south", "west"],
  ),
  doors: rows.map((row) => 2 + 2 * (row % 2)),
  flag: rows.map((row) => row % 2),
  weight: rows.map((row) => (row * 7) % 11),
  constant: rows.map(() => 7),
}).describe({
  age: { label: "Age of the driver", unit: "years" },
  region: { levels: { north: "the north" } },
});

const age: SmallTerm = { label: "age", variables: ["age"], coefficients: { "": 0.03 }, design: (row) => [Number(row.age)] };
const region: SmallTerm = {
  label: "region",
  variables: ["region"],
  coefficients: { south: 0.5, west: -0.7 },
  design: (row) => [Number(row.region === "south"), Number(row.region === "west")],
};
const LEVELS = { region: ["north", "south", "west"], sex: ["woman", "man"] };

describe("one numeric column", () => {
  test("that is a line is told by a step, with the interval of its coefficient", () => {
    const [reading] = readTerms(smallAdditiveModel([age]), data, score);
    expect(reading).toMatchObject({ label: "Age of the driver", isFound: true, effects: { kind: "step", step: 1, unit: "years" } });
    expect(reading.effects).toMatchObject({ effect: { estimate: expect.closeTo(0.03, 12) as number } });
    expect(reading.course?.points).toHaveLength(40);
    // Ages 20 to 59 around a mean of 39.5: the mean distance is 10.
    expect(reading.strength).toBeCloseTo(0.3, 10);
  });

  test("whatever straight function of it the term is, the step is one of the column's own", () => {
    const shrunk = {
      ...age,
      label: "I(-age/10)",
      coefficients: { "": -0.3 },
      design: (row: Record<string, unknown>) => [-Number(row.age) / 10],
    };
    const [reading] = readTerms(smallAdditiveModel([shrunk]), data, score);
    expect(reading.effects).toEqual({
      kind: "step",
      step: 1,
      unit: "years",
      // −1/10 of an interval of −0.3 ± 0.1.
      effect: {
        estimate: expect.closeTo(0.03, 12) as number,
        low: expect.closeTo(0.02, 12) as number,
        high: expect.closeTo(0.04, 12) as number,
      },
    });
  });

  test("a logarithm is told by doublings", () => {
    const log: SmallTerm = {
      label: "log(income)",
      variables: ["income"],
      coefficients: { "": 0.5 },
      design: (row) => [Math.log(Number(row.income))],
    };
    const [reading] = readTerms(smallAdditiveModel([log]), data, odds);
    expect(reading.effects).toMatchObject({ kind: "doubling", effect: { estimate: expect.closeTo(Math.sqrt(2), 12) as number } });
  });

  test("anything else is a curve with its course", () => {
    const curve: SmallTerm = {
      label: "poly(age, 2)",
      variables: ["age"],
      coefficients: { "1": 0, "2": -0.002 },
      design: (row) => [Number(row.age), (Number(row.age) - 35) ** 2],
    };
    const [reading] = readTerms(smallAdditiveModel([curve]), data, score);
    expect(reading.effects).toMatchObject({
      kind: "curve",
      effect: {
        label: "Age of the driver",
        unit: "years",
        kind: "numeric",
        scale: "link",
        unitsLabel: "points of score",
        points: reading.course?.points,
      },
    });
    expect(reading.course?.points[0]).toMatchObject({ x: 20, n: 1, low: expect.closeTo(-0.55, 10) as number });
  });

  test("of 0 and 1 is told as two levels; of one value not at all", () => {
    const flag: SmallTerm = { label: "flag", variables: ["flag"], coefficients: { "": 0.4 }, design: (row) => [Number(row.flag)] };
    const still: SmallTerm = {
      label: "constant",
      variables: ["constant"],
      coefficients: { "": 2 },
      design: (row) => [Number(row.constant)],
    };
    const [first, second] = readTerms(smallAdditiveModel([still, flag]), data, score);
    expect(first.effects).toMatchObject({ kind: "levels", reference: "0", levels: [{ label: "1", estimate: 0.4 }] });
    expect(second).toMatchObject({ label: "constant", strength: 0, effects: null, course: null });
  });

  test("whose numbers are levels to the model is told by levels", () => {
    const doors: SmallTerm = {
      label: "factor(doors)",
      variables: ["doors"],
      coefficients: { "4": 0.2 },
      design: (row) => [Number(row.doors === 4)],
    };
    const [reading] = readTerms(smallAdditiveModel([doors]), data, score);
    expect(reading.effects).toEqual({
      kind: "levels",
      reference: "2",
      levels: [{ label: "4", estimate: 0.2, low: expect.closeTo(0.1, 12) as number, high: expect.closeTo(0.3, 12) as number }],
    });
  });
});

describe("levels", () => {
  test("are compared with the reference level that the coefficients leave out", () => {
    const [reading] = readTerms(smallAdditiveModel([region], LEVELS), data, odds);
    expect(reading.effects).toMatchObject({
      kind: "levels",
      reference: "the north",
      levels: [
        { label: "south", estimate: Math.exp(0.5) },
        { label: "west", estimate: Math.exp(-0.7) },
      ],
    });
    expect(reading.course).toMatchObject({ reference: "the north", points: [{ x: "the north", n: 14, estimate: 1, low: null }, {}, {}] });
  });

  test("of other contrasts are compared with the average", () => {
    const sum: SmallTerm = {
      ...region,
      coefficients: { "1": 0.3, "2": 0.2 },
      design: ({ region: level }) => (level === "west" ? [-1, -1] : [Number(level === "north"), Number(level === "south")]),
    };
    const [reading] = readTerms(smallAdditiveModel([sum], LEVELS), data, score);
    expect(reading.effects).toMatchObject({
      kind: "levels",
      reference: null,
      levels: [
        { label: "the north", estimate: 0.3, low: expect.closeTo(0.2, 12) as number },
        { label: "south", estimate: 0.2 },
        { label: "west", estimate: -0.5, high: expect.closeTo(-0.4, 12) as number },
      ],
    });
  });
});

test("columns that share a term are told together", () => {
  const both: SmallTerm = {
    label: "sex:age",
    variables: ["sex", "age"],
    coefficients: { man: 0.1 },
    design: (row) => [row.sex === "man" ? Number(row.age) : 0],
    pValue: 0.03,
  };
  const readings = readTerms(smallAdditiveModel([{ ...age, pValue: 0.2 }, region, both], LEVELS), data, score);
  const together = readings.find(({ columns }) => columns.length === 2);
  expect(together).toMatchObject({
    label: "Age of the driver and sex",
    effects: { kind: "together", labels: ["Age of the driver", "sex"] },
    course: null,
    // 0.03 does not hold out against two tests.
    isFound: false,
  });
  expect(readings.map(({ label }) => label)).toEqual(["Age of the driver and sex", "region"]);
});

test("without tests nothing is said to be found or not", () => {
  const [reading] = readTerms(smallAdditiveModel([{ ...age, pValue: null }]), data, score);
  expect(reading.isFound).toBeNull();
});

describe("two numeric columns", () => {
  const product = (other: string): SmallTerm => ({
    label: `age:${other}`,
    variables: ["age", other],
    coefficients: { "": 0.01 },
    design: (row) => [(Number(row.age) - 39.5) * Number(row[other])],
  });

  test("are a surface, with intervals where one term makes it, and blank far from all rows", () => {
    const [reading] = readTerms(smallAdditiveModel([product("weight")]), data, odds);
    expect(reading.effects).toMatchObject({
      kind: "surface",
      effect: {
        label: "Age of the driver and weight",
        x: { unit: "years" },
        y: { label: "weight" },
        scale: "factor",
        unitsLabel: "multiple",
      },
    });
    if (reading.effects?.kind !== "surface") throw new Error("no surface");
    const { x, y, estimates, lows, highs, isFar, cases } = reading.effects.effect;
    expect([x.values[0], x.values[31], y.values[0], y.values[31]]).toEqual([20, 59, 0, 10]);
    const k = 5 * 32 + 9;
    const effect = 0.01 * (x.values[9] - 39.5) * y.values[5];
    expect(estimates[k]).toBeCloseTo(Math.exp(effect), 10);
    // Twice the standard error of 0.05.
    expect([lows?.[k], highs?.[k]]).toEqual([expect.closeTo(Math.exp(effect - 0.1), 10), expect.closeTo(Math.exp(effect + 0.1), 10)]);
    expect(isFar).toHaveLength(32 * 32);
    expect(cases?.x).toHaveLength(40);
  });

  test("of several terms a surface has no intervals, and few different values make none", () => {
    const [reading] = readTerms(smallAdditiveModel([age, product("weight")]), data, odds);
    expect(reading.effects).toMatchObject({ kind: "surface", effect: { lows: null, highs: null } });
    const [flat] = readTerms(smallAdditiveModel([product("flag")]), data, odds);
    expect(flat.effects).toEqual({ kind: "together", labels: ["Age of the driver", "flag"] });
  });
});

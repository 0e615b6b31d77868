import { describe, expect, test } from "vitest";
import type { EffectMeasure } from "../../../../src/report/terms/effect.ts";
import { readTerms } from "../../../../src/report/terms/read-terms.ts";
import { categorical, Table } from "../../../../src/table/index.ts";
import { smallAdditiveModel } from "./small-additive-model.ts";
import type { SmallTerm } from "./small-additive-model.ts";

const score: EffectMeasure = { scale: "score", subject: "risk", unit: undefined, rises: true };
const odds: EffectMeasure = { scale: "factor", subject: "odds", unit: undefined, rises: true };
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

  test("anything else is a curve from its lowest to its highest place, without an interval", () => {
    const curve: SmallTerm = {
      label: "poly(age, 2)",
      variables: ["age"],
      coefficients: { "1": 0, "2": -0.002 },
      design: (row) => [Number(row.age), (Number(row.age) - 35) ** 2],
    };
    const [reading] = readTerms(smallAdditiveModel([curve]), data, score);
    expect(reading.effects).toEqual({
      kind: "curve",
      lowest: "59\u00a0years",
      highest: "35\u00a0years",
      effect: { estimate: expect.closeTo(0.002 * 24 ** 2, 10) as number, low: null, high: null },
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

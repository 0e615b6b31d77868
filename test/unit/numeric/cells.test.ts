import { describe, expect, it } from "vitest";
import { CellFinder, chooseEdges, createRandom, StridedSample } from "../../../src/numeric/index.ts";

const random = createRandom(3);
const draw = (length: number): Float64Array => Float64Array.from({ length }, () => random.next() ** 3);

describe("StridedSample", () => {
  it.each([100, 8192, 8193, 16385, 100_000])("takes every number of %d, or each at equal steps, however they come", (length) => {
    const values = draw(length);
    const whole = new StridedSample();
    whole.add(values);
    const parts = new StridedSample();
    for (let start = 0; start < length; start += 777) parts.add(values.subarray(start, start + 777));
    const stride = 2 ** Math.max(0, Math.ceil(Math.log2(length / 8192)));
    expect(whole.sorted()).toEqual(values.filter((_, row) => row % stride === 0).sort());
    expect(parts.sorted()).toEqual(whole.sorted());
  });
});

describe("CellFinder", () => {
  const values = draw(20_000);
  const range = [Math.min(...values), Math.max(...values)] as const;
  const sample = new StridedSample();
  sample.add(values);
  const edges = chooseEdges(range, sample.sorted(), 200);
  const finder = new CellFinder(edges, range);

  it("counts the edges at or below each number", () => {
    const counted = Int32Array.from(values, (value) => edges.filter((edge) => edge <= value).length);
    expect(finder.find(values)).toEqual(counted);
    expect(finder.find(edges)).toEqual(Int32Array.from(edges, (_, k) => k + 1));
    expect(finder.numCells).toBe(edges.length + 1);
  });

  it("finds the same cells whatever else is asked about", () => {
    expect(finder.find(values.subarray(500, 501))[0]).toBe(finder.find(values)[500]);
  });

  it("has one cell for one number", () => {
    expect([...new CellFinder(new Float64Array(0), [2, 2]).find(Float64Array.of(2, 2))]).toEqual([0, 0]);
  });
});

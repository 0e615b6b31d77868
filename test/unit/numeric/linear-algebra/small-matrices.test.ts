import { describe, expect, test } from "vitest";
import {
  createRandom,
  findDependentColumns,
  findReflector,
  invertDense,
  kronecker,
  multiplyDense,
  reflectRows,
  reflectSymmetric,
  transformSymmetric,
  transposeDense,
} from "../../../../src/numeric/index.ts";

const random = createRandom(9);
const draw = (length: number): Float64Array => Float64Array.from({ length }, () => random.next() - 0.5);
function expectNear(found: Float64Array, expected: ArrayLike<number>): void {
  expect(found).toHaveLength(expected.length);
  for (let k = 0; k < found.length; k++) expect(found[k]).toBeCloseTo(expected[k], 12);
}

describe("products of small matrices", () => {
  test("follow their definitions", () => {
    const [a, b] = [
      [1, 2, 3, 4, 5, 6],
      [1, 0, -1, 2, 0.5, 1],
    ];
    expectNear(multiplyDense(a, 2, 3, b, 2), [0.5, 7, 2, 16]);
    expectNear(transposeDense(a, 2, 3), [1, 4, 2, 5, 3, 6]);
    expectNear(kronecker([1, 2, 3, 4], 2, [0, 1, 1, 0], 2), [0, 1, 0, 2, 1, 0, 2, 0, 0, 3, 0, 4, 3, 0, 4, 0]);
    expectNear(transformSymmetric(Float64Array.of(2, 1, 1, 3), 2, [1, 1], 1), [7]);
  });

  test("with the inverse are the unit matrix; a singular matrix has none, a nearly singular one says so", () => {
    const a = draw(49);
    const { inverse, reciprocalCondition } = invertDense(a, 7)!;
    const product = multiplyDense(a, 7, 7, inverse, 7);
    for (let k = 0; k < 49; k++) expect(product[k]).toBeCloseTo(k % 8 === 0 ? 1 : 0, 10);
    expect(reciprocalCondition).toBeGreaterThan(1e-5);
    expect(invertDense([1, 2, 2, 4], 2)).toBeNull();
    expect(invertDense([1, 2, 2, 4 + 1e-13], 2)!.reciprocalCondition).toBeLessThan(1e-13);
  });
});

describe("a reflector", () => {
  test.each([[0], [2]])("leaves what is orthogonal to a vector that has %i zeros first", (zeros) => {
    const c = draw(6).fill(0, 0, zeros);
    const v = findReflector(c);
    const rows = draw(24);
    const reflected = reflectRows(rows, 4, v);
    // The columns that stay are Z with c'Z = 0 and Z'Z = I.
    const identity = Float64Array.from({ length: 36 }, (_, k) => (k % 7 === 0 ? 1 : 0));
    const z = reflectRows(identity, 6, v);
    expectNear(multiplyDense(c, 1, 6, z, 5), new Float64Array(5));
    expectNear(
      multiplyDense(transposeDense(z, 6, 5), 5, 6, z, 5),
      Float64Array.from({ length: 25 }, (_, k) => (k % 6 === 0 ? 1 : 0)),
    );
    expectNear(reflected, multiplyDense(rows, 4, 6, z, 5));
    const half = draw(36);
    const symmetric = multiplyDense(transposeDense(half, 6, 6), 6, 6, half, 6);
    expectNear(reflectSymmetric(symmetric, v), transformSymmetric(symmetric, 6, z, 5));
  });
});

describe("dependent columns", () => {
  const numRows = 12;
  const columns = Array.from({ length: 5 }, () => draw(numRows));
  const combine = (shares: readonly number[]): Float64Array =>
    Float64Array.from({ length: numRows }, (_, i) => shares.reduce((sum, share, k) => sum + share * columns[k][i], 0));
  const asRows = (list: readonly Float64Array[]): Float64Array =>
    Float64Array.from({ length: numRows * list.length }, (_, at) => list[at % list.length][Math.floor(at / list.length)]);

  test("are those within the span of the first ones, whatever their length, and as many as repeat each other", () => {
    const list = [columns[0], columns[1], columns[2], combine([1e-6, 2e-6]), combine([0, 0, 1, 1])];
    expect(findDependentColumns(asRows(list), 5, 2, 1e-9)).toEqual([1]);
    const [dropped, ...others] = findDependentColumns(asRows([columns[0], columns[3], combine([1, 0, 0, 1])]), 3, 1, 1e-9);
    expect([0, 1]).toContain(dropped);
    expect(others).toEqual([]);
  });

  test("are all where the first ones span everything, and none where nothing depends", () => {
    expect(findDependentColumns(asRows([columns[0], columns[1], combine([1, 1]), combine([1, -1])]), 4, 2, 1e-9)).toEqual([0, 1]);
    expect(findDependentColumns(asRows(columns), 5, 2, 1e-9)).toEqual([]);
    expect(findDependentColumns(asRows([columns[0], combine([2]), columns[1]]), 3, 2, 1e-9)).toEqual([]);
  });
});

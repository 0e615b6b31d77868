import { describe, expect, test } from "vitest";
import {
  createRandom,
  factorCholesky,
  invertCholesky,
  logDeterminant,
  reciprocalCondition,
  solveCholesky,
} from "../../../../src/numeric/index.ts";

/** X'X of n random rows of p columns, each column multiplied by its unit. */
function randomGram(n: number, p: number, seed: number, unit: (j: number) => number = () => 1): Float64Array {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: n * p }, (_, at) => (2 * random.next() - 1) * unit(at % p));
  return gramOf(x, n, p);
}

function gramOf(x: Float64Array, n: number, p: number): Float64Array {
  const gram = new Float64Array(p * p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) gram[j * p + k] += x[i * p + j] * x[i * p + k];
  return gram;
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * x.length + j] * value, 0));
}

/** Sizes around those at which the work is cut into blocks. */
const sizes = [1, 2, 3, 7, 63, 64, 65, 130];

describe("factorCholesky", () => {
  test.each(sizes)("solves, inverts and measures a matrix of %i columns", (p) => {
    const gram = randomGram(3 * p, p, p);
    const cholesky = factorCholesky(gram, p);
    const truth = Float64Array.from({ length: p }, (_, j) => 1 + (j % 5));
    expect(cholesky.rank).toBe(p);
    const solution = solveCholesky(cholesky, times(gram, truth));
    truth.forEach((value, j) => expect(solution[j]).toBeCloseTo(value, 9));
    const inverse = invertCholesky(cholesky);
    for (let j = 0; j < p; j++) {
      const unit = times(gram, inverse.subarray(j * p, j * p + p));
      unit.forEach((value, i) => expect(value).toBeCloseTo(i === j ? 1 : 0, 10));
    }
    expect(logDeterminant(cholesky)).toBeCloseTo(-logDeterminant(factorCholesky(inverse, p)), 8);
  });

  test("solves alike for columns of any unit", () => {
    const [p, unit] = [70, (j: number): number => 10 ** ((j % 7) - 3)];
    const truth = Float64Array.from({ length: p }, (_, j) => (1 + (j % 5)) / unit(j));
    const gram = randomGram(200, p, 1, unit);
    solveCholesky(factorCholesky(gram, p), times(gram, truth)).forEach((value, j) => expect(value / truth[j]).toBeCloseTo(1, 10));
  });

  test("drops columns that depend on earlier ones, whatever their units, and solves for the rest", () => {
    const random = createRandom(5);
    const [n, p] = [300, 80];
    const x = new Float64Array(n * p);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) x[i * p + j] = random.next();
      x[i * p + 10] = 1e6 * (x[i * p + 3] - 2 * x[i * p + 9]);
      x[i * p + 70] = 1e-6 * (x[i * p + 69] + x[i * p + 10] / 1e6);
      x[i * p + 20] = 0;
    }
    const gram = gramOf(x, n, p);
    const cholesky = factorCholesky(gram, p);
    expect([...cholesky.kept.keys()].filter((j) => cholesky.kept[j] === 0)).toEqual([10, 20, 70]);
    expect(cholesky.rank).toBe(p - 3);
    expect(cholesky.smallestRemainder).toBeGreaterThan(0.01);
    const truth = Float64Array.from({ length: p }, (_, j) => cholesky.kept[j] * (j + 1));
    solveCholesky(cholesky, times(gram, truth)).forEach((value, j) => expect(value).toBeCloseTo(truth[j], 8));
    expect(
      invertCholesky(cholesky, NaN)
        .subarray(10 * p, 11 * p)
        .every(Number.isNaN),
    ).toBe(true);
    expect(invertCholesky(cholesky)[20 * p + 20]).toBe(0);
  });

  test("remainders are 1 − R²", () => {
    // Two columns with correlation 0.6; three of which the last is the sum of the others.
    expect([...factorCholesky(Float64Array.of(4, 3.6, 3.6, 9), 2).remainders]).toEqual([1, expect.closeTo(1 - 0.36, 14)]);
    const { remainders, kept } = factorCholesky(Float64Array.of(1, 0, 1, 0, 1, 1, 1, 1, 2), 3);
    expect([...remainders]).toEqual([1, 1, expect.closeTo(0, 14)]);
    expect([...kept]).toEqual([1, 1, 0]);
  });

  test("a negative direction shows as a negative remainder", () => {
    expect([...factorCholesky(Float64Array.of(1, 2, 2, 1), 2).remainders]).toEqual([1, -3]);
    expect([...factorCholesky(Float64Array.of(-1), 1).remainders]).toEqual([-1]);
  });

  test("the size of nothing", () => {
    const cholesky = factorCholesky(new Float64Array(0), 0);
    expect([cholesky.rank, cholesky.smallestRemainder, logDeterminant(cholesky)]).toEqual([0, 1, 0]);
    expect(solveCholesky(cholesky, new Float64Array(0))).toHaveLength(0);
    expect(reciprocalCondition(cholesky, new Float64Array(0))).toBe(1);
  });
});

describe("a factor with many levels among the columns", () => {
  /** Gram of an intercept, numbers, `numLevels` − 1 indicators from column `first` on, and one more number. */
  function factorGram(numLevels: number, first: number, seed: number): { gram: Float64Array; p: number } {
    const random = createRandom(seed);
    const [n, p] = [10 * numLevels, first + numLevels];
    const x = new Float64Array(n * p);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < p; j++) if (j < first || j === p - 1) x[i * p + j] = j === 0 ? 1 : 2 * random.next() - 1;
      const level = random.integer(numLevels);
      if (level > 0) x[i * p + first + level - 1] = 1;
    }
    return { gram: gramOf(x, n, p), p };
  }

  test.each([
    [33, 1],
    [40, 6],
    [70, 3],
  ])("%i levels after %i columns", (numLevels, first) => {
    const { gram, p } = factorGram(numLevels, first, numLevels);
    const cholesky = factorCholesky(gram, p);
    const truth = Float64Array.from({ length: p }, (_, j) => 1 + (j % 5));
    solveCholesky(cholesky, times(gram, truth)).forEach((value, j) => expect(value).toBeCloseTo(truth[j], 9));
    const inverse = invertCholesky(cholesky);
    for (let j = 0; j < p; j++) {
      times(gram, inverse.subarray(j * p, j * p + p)).forEach((value, i) => expect(value).toBeCloseTo(i === j ? 1 : 0, 9));
    }
    expect(logDeterminant(cholesky)).toBeCloseTo(-logDeterminant(factorCholesky(inverse, p)), 8);
    const reversed = gram.slice().reverse();
    expect(logDeterminant(factorCholesky(reversed, p))).toBeCloseTo(logDeterminant(cholesky), 8);
  });

  test("what depends on earlier columns is still found from left to right", () => {
    const { gram, p } = factorGram(50, 4, 2);
    // The last column is made the sum of all levels but the first, and less twice the intercept.
    const weights = Float64Array.from({ length: p }, (_, j) => (j >= 4 && j < p - 1 ? 1 : j === 0 ? -2 : 0));
    const image = times(gram, weights);
    for (let j = 0; j < p - 1; j++) gram[(p - 1) * p + j] = gram[j * p + p - 1] = image[j];
    gram[p * p - 1] = image.reduce((sum, value, j) => sum + value * weights[j] * (j < p - 1 ? 1 : 0), 0);
    const { kept } = factorCholesky(gram, p);
    expect([...kept.keys()].filter((j) => kept[j] === 0)).toEqual([p - 1]);
  });

  test("an empty level is dropped", () => {
    const { gram, p } = factorGram(50, 4, 3);
    for (let j = 0; j < p; j++) gram[20 * p + j] = gram[j * p + 20] = 0;
    const { kept, remainders } = factorCholesky(gram, p);
    expect([...kept.keys()].filter((j) => kept[j] === 0)).toEqual([20]);
    expect(remainders[20]).toBe(0);
  });
});

describe("reciprocalCondition", () => {
  test("is near the truth for random matrices, and is indifferent to units", () => {
    for (let seed = 0; seed < 20; seed++) {
      const p = 12;
      const gram = randomGram(20, p, seed);
      const cholesky = factorCholesky(gram, p);
      const found = reciprocalCondition(cholesky, gram);
      const norm = (matrix: Float64Array, scale: (i: number, j: number) => number): number =>
        Math.max(
          ...Array.from({ length: p }, (_column, j) =>
            Array.from({ length: p }, (_row, i) => Math.abs(matrix[i * p + j] * scale(i, j))).reduce((a, b) => a + b),
          ),
        );
      const root = (i: number, j: number): number => Math.sqrt(gram[i * p + i] * gram[j * p + j]);
      const truth = 1 / (norm(gram, (i, j) => 1 / root(i, j)) * norm(invertCholesky(cholesky), root));
      expect(found / truth).toBeGreaterThan(1 - 1e-9);
      expect(found / truth).toBeLessThan(3);
      const scaled = gram.map((value, at) => value * 4 ** ((at % p) + Math.floor(at / p)));
      expect(reciprocalCondition(factorCholesky(scaled, p), scaled)).toBeCloseTo(found, 12);
    }
  });

  test("falls with the square of the angle between columns", () => {
    const gram = Float64Array.of(1, 1 - 1e-8, 1 - 1e-8, 1);
    expect(reciprocalCondition(factorCholesky(gram, 2), gram) / (1e-8 / 2)).toBeCloseTo(1, 6);
  });
});

import { describe, expect, test } from "vitest";
import { fitGlm, negativeBinomial, tweedie, tweedieLogLikelihood } from "../../../../../src/models/index.ts";
import type { GlmModel } from "../../../../../src/models/index.ts";
import { createRandom, gamma, normal, poisson } from "../../../../../src/numeric/index.ts";

const numRows = 300;
const random = createRandom(11);
const x = Array.from({ length: numRows }, () => 2 * random.next() - 1);

/** A Poisson number by inversion. */
function drawCount(mean: number): number {
  const place = random.next();
  let count = 0;
  while (poisson.cdf(count, mean) < place) count++;
  return count;
}

/** A sum of a Poisson number of gamma amounts: Tweedie of power 1.5, dispersion 1.2. */
function drawAmount(mean: number): number {
  const [power, dispersion] = [1.5, 1.2];
  const count = drawCount(mean ** (2 - power) / (dispersion * (2 - power)));
  const shape = (count * (2 - power)) / (power - 1);
  return count === 0 ? 0 : gamma.quantile(random.next(), shape, dispersion * (power - 1) * mean ** (power - 1));
}

const amounts = x.map((value) => drawAmount(Math.exp(0.5 + 0.7 * value)));

describe("the Tweedie power", () => {
  const model = fitGlm("y ~ x", { x, y: amounts }, { family: tweedie() });
  const power = model.family.parameter ?? NaN;

  test("is found near the truth, with a standard error", () => {
    expect(model.converged).toBe(true);
    expect(model.fit.parameterStandardError).toBeGreaterThan(0.01);
    expect(Math.abs(power - 1.5)).toBeLessThan(4 * (model.fit.parameterStandardError ?? NaN));
    expect(String(model.summary())).toContain("Power: 1.5");
  });

  test("is where the likelihood, profiled over coefficients and dispersion, is highest and bends as the error says", () => {
    const profile = (at: number): number => {
      const { mean, problem } = fitGlm("y ~ x", { x, y: amounts }, { family: tweedie({ power: at }) }).fit.training!;
      return tweedieLogLikelihood(at, { response: problem.response, mean, weights: problem.weights }).logLikelihood;
    };
    const step = 0.01;
    const [below, best, above] = [power - step, power, power + step].map(profile);
    expect(best).toBeGreaterThan(Math.max(below, above));
    // The two sides differ by the third derivative alone: a power off by a hundredth of its error would show.
    const curvature = (2 * best - below - above) / step ** 2;
    expect(1 / Math.sqrt(curvature) / (model.fit.parameterStandardError ?? NaN)).toBeCloseTo(1, 2);
    expect(Math.abs(above - below) / (2 * step) / curvature).toBeLessThan(0.01 / Math.sqrt(curvature));
  });

  test("at the end of its range is said to be there", () => {
    // Amounts without a zero whose logarithms are normal: skewer than gamma amounts, whose power is 2.
    const positive = x.map((value, row) => Math.exp(value + 1.5 * normal.quantile((row + 0.5) / numRows)));
    const ended: GlmModel = fitGlm("y ~ x", { x, y: positive }, { family: tweedie() });
    expect(ended.family.parameter).toBeGreaterThan(1.97);
    expect(ended.warnings.map(({ name }) => name)).toContain("powerAtLimit");
    expect(ended.fit.parameterStandardError).toBeNull();
  });
});

test("theta of counts that are not overdispersed stands at its limit, with a warning", () => {
  const counts = x.map((_, row) => row % 3);
  const model = fitGlm("y ~ x", { x, y: counts }, { family: negativeBinomial() });
  expect(model.warnings.map(({ name }) => name)).toContain("underdispersed");
  const plain = fitGlm("y ~ x", { x, y: counts }, { family: "poisson" });
  model.coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(plain.coefficients[j].estimate ?? NaN, 6));
});

import { expect, it } from "vitest";
import { fitGam } from "../../../../src/models/index.ts";
import { curvedRows } from "../../../support/gam-data.ts";

it("gives finite errors where two smooths share a straight line", () => {
  const model = fitGam("y ~ s(x, by = z, k = 6) + s(z, k = 6)", curvedRows());
  expect(model.warnings.find(({ name }) => name === "confounded")?.subjects).toEqual(["s(z)"]);
  const { standardErrors } = model.predictWithErrors(curvedRows(20, 9), { unconditional: true });
  const plain = model.predictWithErrors(curvedRows(20, 9)).standardErrors;
  standardErrors.forEach((error, i) => {
    expect(error).toBeGreaterThan(0.99 * plain[i]);
    expect(error).toBeLessThan(2 * plain[i]);
  });
  expect(model.effectiveDegreesOfFreedom).toBeLessThan(11);
});

import { expect, test } from "vitest";
import { fitGlm } from "../../../../src/models/index.ts";

const rows = { y: [1, 3, 2, 5, 4, 9, 6], x: [1, 2, 3, 4, 5, 6, 7] };

test("says where standard errors are not the fit's own", () => {
  const model = fitGlm("y ~ x", rows, { family: "poisson" });
  expect(model.summary().hasGivenCovariance).toBe(false);
  expect(String(model.summary())).not.toContain("withCovariance");
  const robust = model.withCovariance(model.robustCovariance()).summary();
  expect(robust.hasGivenCovariance).toBe(true);
  expect(String(robust)).toContain("(Standard errors from the covariance given to withCovariance)");
});

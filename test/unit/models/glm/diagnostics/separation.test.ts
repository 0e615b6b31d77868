import { expect, test } from "vitest";
import { fitGlm } from "../../../../../src/models/index.ts";

const offers = {
  bought: [0, 0, 0, 1, 0, 1, 1, 1, 0, 1],
  visits: [1, 2, 3, 4, 5, 6, 3, 8, 2, 7],
  coupon: ["no", "no", "no", "yes", "no", "no", "yes", "yes", "no", "no"],
};

test("the warning counts the rows that its own columns tell apart, not those of all columns", () => {
  const [warning, ...others] = fitGlm("bought ~ visits + coupon", offers, { family: "binomial" }).warnings;
  expect(others).toEqual([]);
  // All three coupons were used to buy; visits and coupons together tell all ten apart.
  expect(warning).toMatchObject({ name: "separation", subjects: ["couponyes"] });
  expect(warning.message).toMatch(/^The outcomes of at least 3 rows can be told without error from couponyes:/);
});

test("a row at each side of the border of the outcomes is no separation", () => {
  const overlapping = { ...offers, coupon: offers.coupon.map((coupon, row) => (row === 3 || row === 0 ? "yes" : coupon)) };
  expect(fitGlm("bought ~ coupon", overlapping, { family: "binomial" }).warnings).toEqual([]);
});

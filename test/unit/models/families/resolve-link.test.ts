import { describe, expect, it } from "vitest";
import { link, power } from "../../../../src/models/index.ts";
import { messageOf } from "../../../support/message-of.ts";

describe("link", () => {
  it("finds a link by name, and returns a link as it is", () => {
    expect(link("probit").name).toBe("probit");
    expect(link(link("sqrt"))).toBe(link("sqrt"));
    expect(link(power(0.3)).exponent).toBe(0.3);
    expect(link({ name: "power", exponent: 0.3 }).inverse(8)).toBeCloseTo(8 ** (1 / 0.3), 9);
  });

  it("refuses unknown names with the nearest ones", () => {
    expect(messageOf(() => link("logot" as never))).toMatch(/^link: link must be one of "identity", .* Did you mean "logit"/);
    expect(messageOf(() => link({ name: "power" }))).toMatch(/or power\(exponent\); got an object of type Object/);
    expect(messageOf(() => link(3 as never))).toMatch(/got 3\. Give a link's name/);
  });
});

describe("power", () => {
  it("gives the links that have names of their own", () => {
    expect([0, 1, 0.5, -1, -2].map((exponent) => power(exponent).name)).toEqual(["log", "identity", "sqrt", "inverse", "inverseSquared"]);
  });

  it("takes any finite exponent and refuses others", () => {
    expect(power(1 / 3).apply(8)).toBeCloseTo(2, 14);
    expect(power(-0.5).inverse(0.5)).toBeCloseTo(4, 14);
    expect(messageOf(() => power(Number.NaN))).toBe(
      "power: exponent must be a finite number; got NaN. Give the power of the mean that is linear, for example 0.5.",
    );
  });
});

import { describe, expect, it } from "vitest";
import { gamma, gaussian, negativeBinomial, poisson, power, quasi, tweedie } from "../../../../src/models/index.ts";
import { familyFromJson, resolveFamily } from "../../../../src/models/families/resolve-family.ts";
import { messageOf } from "../../../support/message-of.ts";

describe("resolveFamily", () => {
  it("takes nothing, a name, a maker or a family", () => {
    expect(resolveFamily("fitGlm", undefined).name).toBe("gaussian");
    expect(resolveFamily("fitGlm", "inverseGaussian").label).toBe("inverse.gaussian");
    expect(resolveFamily("fitGlm", poisson).link.name).toBe("log");
    const made = gamma();
    expect(resolveFamily("fitGlm", made)).toBe(made);
  });

  it("lays another link over it and keeps the rest", () => {
    expect(resolveFamily("fitGlm", "gamma", "log").link.name).toBe("log");
    expect(resolveFamily("fitGlm", negativeBinomial({ theta: 3 }), "sqrt")).toMatchObject({ parameter: 3, link: { name: "sqrt" } });
    expect(resolveFamily("fitGlm", tweedie(), power(0.3))).toMatchObject({ parameter: null, estimatesParameter: true });
    expect(resolveFamily("fitGlm", quasi({ variance: 1.4 }), "log")).toMatchObject({ varianceName: "mu^1.4", parameter: 1.4 });
    expect(resolveFamily("fitGlm", quasi({ variance: "mu^3" }), "log")).toMatchObject({ varianceName: "mu^3" });
  });

  it("refuses what is no family, with the nearest names", () => {
    expect(messageOf(() => resolveFamily("fitGlm", "poison" as never))).toMatch(/^fitGlm: family must be one of .* Did you mean "poisson"/);
    expect(messageOf(() => resolveFamily("fitGlm", "inverse.gaussian" as never))).toMatch(/Did you mean "inverseGaussian"/);
    expect(messageOf(() => resolveFamily("fitGlm", (() => gaussian()) as never))).toMatch(/got a function/);
    expect(messageOf(() => resolveFamily("fitGlm", { name: "poisson" } as never))).toMatch(/got an object of type Object/);
    expect(messageOf(() => resolveFamily("fitGlm", poisson(), "logit"))).toMatch(/^fitGlm: link must be a link whose means may exceed 1/);
  });
});

describe("familyFromJson", () => {
  const families = [
    gaussian({ link: "inverse" }),
    gamma({ link: power(0.3) }),
    negativeBinomial({ theta: 1.25 }),
    negativeBinomial(),
    tweedie({ power: 1.7 }),
    quasi({ variance: 1.4 }),
    quasi({ variance: "mu(1-mu)", link: "logit" }),
  ];

  it.each(families)("restores $label with its link, parameter and variance", (family) => {
    const restored = familyFromJson("GlmModel.fromJSON", JSON.parse(JSON.stringify(family)));
    for (const key of ["name", "label", "parameter", "estimatesParameter", "varianceName", "isCanonical"] as const) {
      expect(restored[key]).toBe(family[key]);
    }
    expect(restored.link.name).toBe(family.link.name);
    expect(restored.link.inverse(0.4)).toBe(family.link.inverse(0.4));
    expect(restored.variance(0.3)).toBe(family.variance(0.3));
    expect(restored.toJSON()).toEqual(family.toJSON());
  });

  it("refuses what was damaged", () => {
    const read = (json: unknown): string => messageOf(() => familyFromJson("GlmModel.fromJSON", json));
    expect(read(null)).toMatch(/^GlmModel.fromJSON: family must be what a family's toJSON\(\) returned; got null/);
    expect(read({ name: "toString", link: { name: "log" } })).toMatch(/got "toString"/);
    expect(read({ name: "poisson", link: { name: "lag" } })).toMatch(/link must be one of/);
    expect(read({ name: "negativeBinomial", link: { name: "log" }, parameter: -1 })).toMatch(/theta must be/);
    expect(read({ name: "gamma", link: { name: "log" }, parameter: 2 })).toMatch(/family must be negativeBinomial, tweedie or beta/);
    expect(read({ name: "quasi", link: { name: "log" } })).toMatch(/variance must be one of/);
  });
});

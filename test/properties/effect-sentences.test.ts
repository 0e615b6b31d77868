import * as fc from "fast-check";
import { expect, test } from "vitest";
import { describeEffect } from "../../src/charts/index.ts";
import type { TermEffect, TermPoint } from "../../src/charts/index.ts";

interface Drawn {
  readonly steps: readonly number[];
  readonly halves: readonly number[];
}

const curves = fc.integer({ min: 2, max: 40 }).chain((length) =>
  fc.record({
    steps: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: length, maxLength: length }),
    halves: fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Infinity)), { minLength: length, maxLength: length }),
  }),
);

function toEffect({ steps, halves }: Drawn, change: (effect: number) => number = (effect) => effect): TermEffect {
  let height = 0;
  const points = steps.map((step, k): TermPoint => {
    height += step;
    const [a, b] = [change(height - halves[k]), change(height + halves[k])];
    return { x: k, estimate: change(height), low: Math.min(a, b), high: Math.max(a, b) };
  });
  return { label: "x", kind: "numeric", points, scale: "link", unitsLabel: "points" };
}

/** What the sentence says of the course, without figures. */
const courseOf = (effect: TermEffect): string => describeEffect(effect).replace(/ \((?:from|highest).*?\)(?=[;.])/, "");

test("every curve has one whole sentence, without a causal verb or a number that is none", () => {
  fc.assert(
    fc.property(curves, (drawn) => {
      const sentence = describeEffect(toEffect(drawn));
      expect(sentence).toMatch(/^(The prediction |No effect |No clear effect |There is one ).*\.$/u);
      expect(sentence).not.toMatch(/NaN|undefined|null|caus|makes|leads|drives|raises|increases|reduces|because|due to/u);
      expect(describeEffect(toEffect(drawn))).toBe(sentence);
    }),
  );
});

test("the mirror image of a curve falls where the curve rises", () => {
  const mirror = (text: string): string => text.replace(/rises|falls/g, (verb) => (verb === "rises" ? "falls" : "rises"));
  fc.assert(
    fc.property(curves, (drawn) => {
      expect(courseOf(toEffect(drawn, (effect) => -effect))).toBe(mirror(courseOf(toEffect(drawn))));
    }),
  );
});

test("a curve that never falls is never said to fall, however its band is", () => {
  fc.assert(
    fc.property(curves, ({ steps, halves }) => {
      expect(courseOf(toEffect({ steps: steps.map(Math.abs), halves }))).not.toContain("falls");
    }),
  );
});

test("on another scale of the same effects the course is the same", () => {
  fc.assert(
    fc.property(curves, (drawn) => {
      const factors = toEffect(drawn, Math.exp);
      fc.pre(factors.points.every(({ estimate }) => estimate > 0 && Number.isFinite(estimate)));
      const points = factors.points.map(({ x, estimate, low, high }) => {
        return { x, estimate: Math.log(estimate), low: Math.log(low ?? NaN), high: Math.log(high ?? NaN) };
      });
      expect(courseOf({ ...factors, scale: "factor" })).toBe(courseOf({ ...factors, points }));
    }),
  );
});

test("legs told go up and down in turn, and the places at which they end rise", () => {
  fc.assert(
    fc.property(curves, (drawn) => {
      const course = courseOf(toEffect(drawn));
      const ways = [...course.matchAll(/rises|falls/g)].map(([verb]) => verb);
      ways.slice(1).forEach((verb, k) => expect(verb).not.toBe(ways[k]));
      const ends = [...course.matchAll(/until ([\d.]+)/g)].map(([, place]) => Number(place));
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
    }),
  );
});

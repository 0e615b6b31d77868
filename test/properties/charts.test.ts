import * as fc from "fast-check";
import { expect, test } from "vitest";
import { layOutAxis, padRange } from "../../src/charts/axis.ts";
import { layOutLogAxis, padLogRange } from "../../src/charts/log-axis.ts";
import { placeLabels } from "../../src/charts/place-labels.ts";
import { decimalsFor, formatNumber, waterfallChart } from "../../src/charts/index.ts";
import { spreadDots } from "../../src/charts/swarm.ts";
import { estimateWidth, shorten, wrapText } from "../../src/charts/text-width.ts";
import { pickEvenly } from "../../src/charts/thin.ts";
import { explain, numericColumn } from "../unit/charts/credit.ts";
import { readRows } from "../unit/charts/read-spec.ts";

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

test("an even pick rises strictly, keeps both ends and is never too long", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 2, max: 500 }), (count, most) => {
      const picked = pickEvenly(count, most);
      expect(picked).toHaveLength(Math.min(count, most));
      expect([picked[0], picked[picked.length - 1]]).toEqual([0, count - 1]);
      picked.slice(1).forEach((position, k) => expect(position).toBeGreaterThan(picked[k]));
    }),
  );
});

test("spread dots stay in their room, and two of one place never share it", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 300 }), (positions) => {
      const offsets = spreadDots(positions, 5, 34);
      // Half of the room less half a dot, and a hair for rounding.
      for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual((34 - 5) / 2 + 1e-9);
      expect(new Set(offsets.map((offset, k) => `${positions[k]} ${offset}`)).size).toBe(positions.length);
    }),
  );
});

test("ticks lie within their axis, each with a label and none twice", () => {
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 100, max: 2000 }), (a, b, pixels) => {
      const [low, high] = padRange(Math.min(a, b), Math.max(a, b), pixels, 0, 0);
      const { ticks, labels, domain } = layOutAxis(low, high, pixels);
      const span = high - low;
      expect(domain).toEqual([low, high]);
      expect(labels).toHaveLength(ticks.length);
      // Ticks are rounded to 12 significant digits.
      const dust = 1e-9 * (Math.abs(low) + span);
      for (const tick of ticks) expect(tick >= low - dust && tick <= high + dust).toBe(true);
      expect(new Set(ticks).size).toBe(ticks.length);
    }),
  );
});

test("ticks of a logarithmic axis lie within it, at 1 where it can, each with a label of its own and room for it", () => {
  const ends = fc.double({ min: -18, max: 18, noNaN: true });
  fc.assert(
    fc.property(ends, ends, fc.integer({ min: 120, max: 2000 }), fc.boolean(), (a, b, pixels, upright) => {
      const [low, high] = padLogRange(Math.exp(Math.min(a, b)), Math.exp(Math.max(a, b)), pixels, 8, 8);
      const { ticks, labels, domain } = layOutLogAxis(low, high, pixels, { upright });
      expect(domain).toEqual([low, high]);
      // Ticks are rounded to 12 significant digits.
      for (const tick of ticks) expect(tick >= low * (1 - 1e-8) && tick <= high * (1 + 1e-8)).toBe(true);
      if (low < 1 && high > 1) expect(ticks.length).toBeGreaterThan(0);
      expect(new Set(labels).size).toBe(ticks.length);
      const places = ticks.map((tick) => (pixels * Math.log(tick / low)) / Math.log(high / low));
      places.slice(1).forEach((place, k) => expect(place - places[k]).toBeGreaterThanOrEqual(60 - 1e-6));
    }),
  );
});

test("names beside dots stay clear of each other and of the plot's sides", () => {
  const anchor = fc.record({
    x: fc.double({ min: 0, max: 300, noNaN: true }),
    y: fc.double({ min: 0, max: 200, noNaN: true }),
    text: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    toLeft: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anchor, { maxLength: 12 }), (anchors) => {
      const placed = placeLabels(anchors, 300, 200).map(({ x, y, text }) => ({ x, y, end: x + estimateWidth(text, 12) }));
      for (const { x, end } of placed) expect(x >= 0 && end <= 300).toBe(true);
      placed.forEach((one, k) => {
        for (const other of placed.slice(k + 1))
          expect(one.end <= other.x || other.end <= one.x || Math.abs(one.y - other.y) >= 16 - 1e-9).toBe(true);
      });
    }),
  );
});

test("a padded range always has a width and holds what it was made of", () => {
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (a, b, before, after) => {
      const [low, high] = padRange(Math.min(a, b), Math.max(a, b), 240, before, after);
      expect(low).toBeLessThan(high);
      expect(low).toBeLessThanOrEqual(Math.min(a, b));
      expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
    }),
  );
});

test("a shortened text and each wrapped line fit into their room", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 20, max: 400 }), (text, room) => {
      expect(estimateWidth(shorten(text, room, 13), 13)).toBeLessThanOrEqual(room);
      for (const line of wrapText(text, room, 13)) expect(estimateWidth(line, 13)).toBeLessThanOrEqual(room);
    }),
  );
});

test("no number reads with more than three significant digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const digits = formatNumber(value)
        .replace(/\u00a0×.*/, "")
        .replace(/[^\d.]/g, "");
      const significant = digits.includes(".") ? digits.replace(".", "").replace(/^0+/, "") : digits.replace(/^0+|0+$/g, "");
      expect(significant.length).toBeLessThanOrEqual(3);
    }),
  );
});

test("what a number reads as lies within half a unit of its last decimal", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
      const decimals = decimalsFor([value]);
      fc.pre(decimals <= 6);
      const read = Number(formatNumber(value).replace("−", "-").replaceAll("\u202f", "").replace("≈ ", ""));
      // Half a unit, and a hair for binary rounding.
      expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals * (1 + 1e-6));
    }),
  );
});

test("a waterfall's steps join and end at the prediction, whatever is grouped", () => {
  const amounts = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 8 }), (contributions, top) => {
      const columns = contributions.map((_, j) => numericColumn(`x${j}`, [j]));
      const rows = readRows(
        waterfallChart(
          explain(
            columns,
            contributions.map((each) => [each]),
          ),
          0,
          { top },
        ),
      );
      const steps = rows.slice(1, -1);
      steps.forEach((row, k) => expect(row.from).toBe(rows[k].to));
      // Twelve numbers of size 100, summed in another order.
      expect(Math.abs(Number(steps[steps.length - 1].to) - Number(rows[rows.length - 1].to))).toBeLessThan(1e-10);
    }),
  );
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float64ThresholdForFloat32AtMost, float64ThresholdForFloat32Less } from "../../src/trees/thresholds.ts";

const words = new Uint32Array(2);
const asFloat32 = new Float32Array(words.buffer);
const asFloat64 = new Float64Array(words.buffer);

/** Any float32 bit pattern but NaN. */
const float32 = fc
  .oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(0, 1, 2, 0x7f7fffff, 0x7f800000, 0x00800000))
  .chain((bits) =>
    fc.constantFrom(bits, (bits | (2 ** 31)) >>> 0).map((word) => {
      words[0] = word;
      return asFloat32[0];
    }),
  )
  .filter((x) => !Number.isNaN(x));

/** The double `steps` above `x` in the order of all doubles. */
function move(x: number, steps: number): number {
  const bits = new BigInt64Array(asFloat64.buffer);
  asFloat64[0] = x;
  const smallest = -(2n ** 63n);
  const rank = bits[0] < 0n ? smallest - bits[0] : bits[0];
  const moved = rank + BigInt(steps);
  bits[0] = moved < 0n ? smallest - moved : moved;
  return asFloat64[0];
}

function expectSameDecision(limit: number, x: number): void {
  if (Number.isNaN(x)) return;
  const found = x <= float64ThresholdForFloat32Less(limit);
  if (found !== Math.fround(x) < limit) expect({ limit, x, found }).toBeUndefined();
}

describe("float32(x) < limit is x <= threshold", () => {
  test("for doubles at and around the limit, its neighbours and the midpoints between them", () => {
    fc.assert(
      fc.property(float32, fc.integer({ min: -3, max: 3 }), (limit, steps) => {
        const below = Math.fround(limit - Math.abs(limit) * 2 ** -24);
        const above = Math.fround(limit + Math.abs(limit) * 2 ** -24);
        const tiny = 2 ** -150;
        for (const x of [limit, below, above, (limit + below) / 2, (limit + above) / 2, limit - tiny, limit + tiny]) {
          expectSameDecision(limit, move(x, steps));
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test("for any double", () => {
    fc.assert(fc.property(float32, fc.double({ noNaN: true }), expectSameDecision), { numRuns: 20_000 });
  });

  test("the next double above the threshold no longer passes", () => {
    fc.assert(
      fc.property(
        float32.filter((limit) => limit > -Infinity),
        (limit) => {
          const threshold = float64ThresholdForFloat32Less(limit);
          expect(Math.fround(threshold) < limit).toBe(true);
          expect(Math.fround(move(threshold, 1)) < limit).toBe(false);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test.each([0, -0, 2 ** -149, -(2 ** -149), Infinity, 2 ** 128 - 2 ** 104, -(2 ** 128 - 2 ** 104), 1])("limit %f", (limit) => {
    const overflow = 2 ** 128 - 2 ** 103;
    const special = [0, -0, 5e-324, -5e-324, 2 ** -150, -(2 ** -150), 2 ** -149, Infinity, -Infinity, overflow, -overflow, 1];
    for (const x of special) for (const steps of [-1, 0, 1]) expectSameDecision(limit, Math.abs(x) === Infinity ? x : move(x, steps));
  });

  test("nothing is less than -Infinity", () => {
    expect(float64ThresholdForFloat32Less(-Infinity)).toBe(NaN);
    expect(float64ThresholdForFloat32Less(NaN)).toBe(NaN);
  });
});

describe("float32(x) <= limit, a double, is x <= threshold", () => {
  function expectSameAtMost(limit: number, x: number): void {
    if (Number.isNaN(x)) return;
    const found = x <= float64ThresholdForFloat32AtMost(limit);
    if (found !== Math.fround(x) <= limit) expect({ limit, x, found }).toBeUndefined();
  }
  /** Doubles at random, float32 and doubles beside them. */
  const limits = fc.oneof(
    fc.double({ noNaN: true }),
    fc.tuple(float32, fc.integer({ min: -2, max: 2 })).map(([x, steps]) => (Math.abs(x) === Infinity ? x : move(x, steps))),
  );

  test("for doubles at and around the limit, the float32 beside it and the midpoints between them", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: -3, max: 3 }), (limit, steps) => {
        const near = Math.fround(limit);
        const below = Math.fround(near - Math.abs(near) * 2 ** -24);
        const above = Math.fround(near + Math.abs(near) * 2 ** -24);
        for (const x of [limit, near, below, above, (near + below) / 2, (near + above) / 2, near - 2 ** -150, near + 2 ** -150]) {
          if (Number.isFinite(x)) expectSameAtMost(limit, move(x, steps));
          expectSameAtMost(limit, x);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test("for any double", () => {
    fc.assert(fc.property(limits, fc.double({ noNaN: true }), expectSameAtMost), { numRuns: 20_000 });
  });

  const largest = 2 ** 128 - 2 ** 104;
  test.each([0, -0, 5e-324, -5e-324, 2 ** -149, Infinity, -Infinity, largest, -largest, 1e300, -1e300, 1])("limit %f", (limit) => {
    const overflow = 2 ** 128 - 2 ** 103;
    const special = [0, -0, 5e-324, -5e-324, 2 ** -150, -(2 ** -150), 2 ** -149, Infinity, -Infinity, overflow, -overflow, 1];
    for (const x of special) for (const steps of [-1, 0, 1]) expectSameAtMost(limit, Math.abs(x) === Infinity ? x : move(x, steps));
  });

  test("nothing is at most NaN", () => {
    expect(float64ThresholdForFloat32AtMost(NaN)).toBe(NaN);
  });
});

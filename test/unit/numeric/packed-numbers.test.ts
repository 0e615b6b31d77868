import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packNumbers, unpackNumbers } from "../../../src/numeric/index.ts";

test("any numbers come back bit for bit", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double(), fc.float(), fc.integer(), fc.integer({ min: -200, max: 200 }))), (numbers) => {
      expect(unpackNumbers(packNumbers(numbers))).toEqual(Float64Array.from(numbers));
    }),
  );
});

test.each([
  [[], "int8"],
  [[127, -128], "int8"],
  [[128], "int16"],
  [[-32769], "int32"],
  [[2 ** 31 - 1], "int32"],
  [[2 ** 31], "float32"],
  [[-0], "float32"],
  [[NaN, Infinity, 0.5], "float32"],
  [[0.1], "float64"],
  [[2 ** 24 + 1, 0.5], "float64"],
])("%j is packed as %s", (numbers, type) => expect(packNumbers(numbers).type).toBe(type));

test("bytes are little-endian, and parts join without padding", () => {
  expect(packNumbers([258])).toEqual({ type: "int16", base64: "AgE=" });
  const many = Array.from({ length: 50_000 }, (_, i) => i);
  const { base64 } = packNumbers(many);
  expect(base64).toBe(Buffer.from(Int32Array.from(many).buffer).toString("base64"));
});

describe("what is no packed array gives null", () => {
  test.each(["€", "A", "AAA=A", "AgE="])("%s", (base64) => expect(unpackNumbers({ type: "float64", base64 })).toBeNull());
});

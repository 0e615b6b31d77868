import { expect, test } from "vitest";
import { cleanText, estimateWidth, isolateDirection, shorten, wrapText } from "../../../src/charts/text-width.ts";

test("width grows with the font and counts what one sees, not code units", () => {
  expect(estimateWidth("Duration", 26)).toBe(2 * estimateWidth("Duration", 13));
  expect(estimateWidth("👩‍👩‍👧‍👦", 10)).toBe(13);
  expect(estimateWidth("e\u0301", 10)).toBe(estimateWidth("e", 10));
  expect(estimateWidth("", 10)).toBe(0);
});

test("a text that fits stays, a longer one ends in an ellipsis and never in half a character", () => {
  expect(shorten("Age", 100, 13)).toBe("Age");
  expect(shorten("Purpose of the loan", 80, 13)).toBe("Purpose…");
  expect(shorten("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 35, 13)).toBe("👩‍👩‍👧‍👦…");
  expect(shorten("anything", 0, 13)).toBe("…");
});

test("lines break between words", () => {
  expect(wrapText("one two three", 1000, 12)).toEqual(["one two three"]);
  expect(wrapText("one two three", 60, 12)).toEqual(["one two", "three"]);
  expect(wrapText("Donaudampfschifffahrt ahoy", 60, 12)).toEqual(["Donaud…", "ahoy"]);
});

test("control characters and changes of direction become spaces", () => {
  expect(cleanText(" a\nb\tc \u202ed\u0000 ")).toBe("a b c d");
});

test("right-to-left texts stand in isolation, others as they are", () => {
  expect(isolateDirection("age")).toBe("age");
  expect(isolateDirection("גיל")).toBe("\u2068גיל\u2069");
});

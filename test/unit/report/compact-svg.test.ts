import { expect, test } from "vitest";
import { compactSvg } from "../../../src/report/compact-svg.ts";

test("dots become circles, and marks lose what the whole picture says", () => {
  const dot =
    '<path d="M2.5,0A2.5,2.5,0,1,1,-2.5,0A2.5,2.5,0,1,1,2.5,0" transform="translate(1,2)" fill="#34507a" aria-label="x" opacity="0.7"/>';
  expect(compactSvg(`<svg class="marks" version="1.1" width="3"><g role="graphics-object"><g class="empty"></g>${dot}</g></svg>`)).toBe(
    '<svg width="3"><g><circle r="2.5" transform="translate(1,2)" fill="#34507a" opacity="0.7"/></g></svg>',
  );
});

test("texts that look like attributes stay", () => {
  const text = '<text font-size="13px">role="button" class="x" opacity="1"</text>';
  expect(compactSvg(`<svg>${text}</svg>`)).toBe(`<svg>${text}</svg>`);
});

test("paths that are no dots stay paths", () => {
  const path = '<path d="M2.5,0L3,4" fill="#000"/>';
  expect(compactSvg(`<svg>${path}</svg>`)).toBe(`<svg>${path}</svg>`);
});

import { afterEach, expect, test, vi } from "vitest";
import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../../src/report/render-svg.ts";
import { inputError } from "../charts/input-error.ts";

afterEach(() => vi.restoreAllMocks());

const spec = {
  width: 100,
  height: 50,
  data: { values: [{ x: 1 / 3, name: 'points="0.12345" </script>' }] },
  layer: [
    { mark: "point", encoding: { x: { field: "x", type: "quantitative" } } },
    { mark: "text", encoding: { text: { field: "name", type: "nominal" } } },
  ],
} as const satisfies TopLevelSpec;

const expected = "renderSvg: spec must be a Vega-Lite specification that compiles without warnings and holds its own data; got ";
const mend = ". Correct the specification; the message is Vega's own.";

test("draws an SVG with a size and a view box that needs no style and no script", async () => {
  const svg = await renderSvg(spec);
  expect(svg).toMatch(/^<svg [^>]*width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/);
  expect(svg).not.toMatch(/<script| style=|<style| on[a-z]+=/);
});

test("rounds coordinates, but never what is written", async () => {
  const svg = await renderSvg(spec);
  expect(svg).toContain('points="0.12345" &lt;/script&gt;</text>');
  for (const [, numbers] of svg.matchAll(/ (?:transform|d)="([^"]*)"/g)) expect(numbers).not.toMatch(/\.\d{3}/);
});

test("is the same each time", async () => {
  expect(await renderSvg(spec)).toBe(await renderSvg(spec));
});

test("refuses a specification that compiles with a warning, without a word on the console", async () => {
  const spies = (["log", "warn", "error"] as const).map((level) => vi.spyOn(console, level));
  const odd: TopLevelSpec = {
    data: { values: [{ x: 1 }] },
    mark: "bar",
    encoding: { x: { field: "x", type: "ordinal", scale: { zero: true } } },
  };
  await expect(renderSvg(odd)).rejects.toThrow(
    inputError(`${expected}${JSON.stringify('x-scale\'s "zero" is dropped as it does not work with band scale.')}${mend}`),
  );
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test("refuses a specification that does not compile", async () => {
  await expect(renderSvg({ mark: "bar" } as unknown as TopLevelSpec)).resolves.toMatch(/^<svg/);
  await expect(renderSvg({} as TopLevelSpec)).rejects.toThrow(/^renderSvg: spec must be a Vega-Lite specification/);
});

test("loads nothing", async () => {
  const remote: TopLevelSpec = {
    data: { url: "https://example.org/data.json" },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" } },
  };
  await expect(renderSvg(remote)).rejects.toThrow(inputError(`${expected}"refused to load https://example.org/data.json"${mend}`));
  const image: TopLevelSpec = { data: { values: [{}] }, mark: { type: "image", url: "file:///etc/passwd", width: 9, height: 9 } };
  await expect(renderSvg(image)).rejects.toThrow(inputError(`${expected}"refused to load file:///etc/passwd"${mend}`));
});

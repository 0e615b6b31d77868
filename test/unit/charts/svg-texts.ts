import { estimateWidth } from "../../../src/charts/text-width.ts";

/** A line of text in an SVG with the box that it fills, by the estimate that the charts themselves reckon with. */
export interface SvgText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
}

function translation(tag: string): readonly [number, number] {
  const [, x = "0", y = "0"] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(attribute(tag, "transform") ?? "") ?? [];
  return [Number(x), Number(y)];
}

/** Every line of text that an SVG of Vega shows; halos, which repeat a text, are left out. */
export function readTexts(svg: string): SvgText[] {
  const found: SvgText[] = [];
  const groups: (readonly [number, number])[] = [];
  for (const [, tag, content] of svg.matchAll(/<(\/?[a-z]+[^>]*?\/?)>(?:([^<]*)<\/text>)?/g)) {
    if (tag.startsWith("g ") || tag === "g") groups.push(translation(tag));
    else if (tag === "/g") groups.pop();
    else if (tag.startsWith("text ") && attribute(tag, "stroke") === undefined) {
      const start = svg.indexOf(`<${tag}>`) + tag.length + 2;
      const inner = content ?? svg.slice(start, svg.indexOf("</text>", start));
      const place = [...groups, translation(tag)].reduce<[number, number]>(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
      found.push(...readLines(tag, inner, place));
    }
  }
  return found;
}

function readLines(tag: string, inner: string, [x, y]: readonly [number, number]): SvgText[] {
  const size = Number(/[\d.]+/.exec(attribute(tag, "font-size") ?? "")?.[0]);
  const anchor = attribute(tag, "text-anchor") ?? "start";
  const lines = inner.includes("<tspan")
    ? [...inner.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)].map(([, at, text]) => ({ at, text }))
    : [{ at: "", text: inner }];
  let down = 0;
  return lines.map(({ at, text }) => {
    down += Number(attribute(at, "dy") ?? 0);
    const plain = text.replace(/&(?:lt|gt|amp|quot);/g, (entity) => entities[entity]);
    const width = estimateWidth(plain, size);
    const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
    // Most letters rise three quarters of the size above the base line and fall one quarter below it.
    return { text: plain, left, right: left + width, top: y + down - 0.75 * size, bottom: y + down + 0.2 * size };
  });
}

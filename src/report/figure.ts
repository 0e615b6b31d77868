import type { TopLevelSpec } from "vega-lite";
import { compactSvg } from "./compact-svg.ts";
import { Html, html } from "./html.ts";
import { renderSvg } from "./render-svg.ts";

/**
 * Widths of pictures in pixels: alone in a section, beside another, and in a card, where names stand above their bars; on a phone all are
 * narrow.
 */
const WIDTHS = { full: 640, half: 456, inset: 400 } as const;
const NARROW = 324;

/** What a figure is made of. */
export interface FigureParts {
  /** Unique in the page. */
  readonly id: string;
  readonly size: keyof typeof WIDTHS;
  /** What is shown, in which unit, on how many cases. */
  readonly caption: string;
  /** The same for those who meet the picture without what stands around it. @defaultValue the caption */
  readonly title?: string;
  /** The chart at a width in pixels. */
  readonly draw: (width: number) => TopLevelSpec;
  /** The figures that the picture shows. */
  readonly table: Html;
}

/**
 * A picture with its caption, a text for those who do not see it, and its data as a table. It is drawn twice, for wide and for narrow
 * screens, so that its text keeps its size.
 */
export async function renderFigure({ id, size, caption, title = caption, draw, table }: FigureParts): Promise<Html> {
  const wide = await drawPicture(`${id}-wide`, title, draw(WIDTHS[size]));
  const narrow = await drawPicture(`${id}-narrow`, title, draw(NARROW));
  return html`<figure class="${size}">
    <figcaption>${caption}</figcaption>
    <div class="wide">${wide}</div>
    <div class="narrow">${narrow}</div>
    <details>
      <summary>The figures as a table</summary>
      ${table}
    </details>
  </figure>`;
}

/** Vega counts its clipping paths over all pictures of a process: here they count within each, under a name that is unique in the page. */
function nameClips(id: string, svg: string): string {
  const names = [...new Set([...svg.matchAll(/ id="(clip\d+)"/g)].map(([, name]) => name))];
  return svg.replace(
    /( id="|url\(#)(clip\d+)(?=["')])/g,
    (_, before: string, name: string) => `${before}${id}-clip-${names.indexOf(name)}`,
  );
}

async function drawPicture(id: string, title: string, spec: TopLevelSpec): Promise<Html> {
  const svg = nameClips(id, compactSvg(await renderSvg(spec)));
  const words = html`<title id="${id}-title">${title}</title><desc id="${id}-text">${spec.description ?? ""}</desc>`;
  const opening = html`<svg role="img" aria-labelledby="${id}-title ${id}-text" `;
  return new Html(svg.replace(/^<svg ([^>]*)>/, (_, attributes: string) => `${opening.text}${attributes}>${words.text}`));
}

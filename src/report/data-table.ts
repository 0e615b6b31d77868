import { html } from "./html.ts";
import type { Html, HtmlPart } from "./html.ts";

/** A column of a table in the page. */
export interface TableHead {
  readonly name: string;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  /** Whole sentences or lists get room. */
  readonly isProse?: boolean;
}

/** A table in a frame of its own, which scrolls where the screen is too narrow. The first cell of a row is its name. */
export function dataTable(caption: string, heads: readonly TableHead[], rows: readonly (readonly HtmlPart[])[]): Html {
  const look = (column: number): Html | null => {
    const { isNumber, isProse } = heads[column];
    return isNumber || isProse ? html` class="${isNumber ? "number" : "prose"}"` : null;
  };
  return html`<div class="frame" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption class="hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map(({ name }, column) => html`<th scope="col" ${look(column)}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, column) => (column === 0 ? html`<th scope="row">${cell}</th>` : html`<td${look(column)}>${cell}</td>`))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

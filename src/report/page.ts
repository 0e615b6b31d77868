import { html, Html } from "./html.ts";
import { writeStyles } from "./styles.ts";

/** A part of the page with an entry in its navigation. */
export interface Section {
  /** Unique in the page. */
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

/** What the page is made of. */
export interface PageParts {
  readonly title: string;
  /** The quiet line below the title. */
  readonly line: string;
  readonly sections: readonly Section[];
}

/**
 * The whole file: nothing in it runs, nothing is fetched, and only the one style sheet whose fingerprint the policy names is applied.
 */
export async function writePage({ title, line, sections }: PageParts): Promise<string> {
  const styles = writeStyles();
  const policy = `default-src 'none'; style-src 'sha256-${await fingerprint(styles)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${new Html(`<style>${styles}</style>`)}
      </head>
      <body>
        <a class="skip" href="#${sections[0].id}">Skip to the findings</a>
        <header>
          <h1>${title}</h1>
          <p class="soft">${line}</p>
        </header>
        <nav aria-label="Sections">
          <ul>
            ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
          </ul>
        </nav>
        <main>
          ${sections.map(
            ({ id, heading, body }) =>
              html`<section id="${id}" aria-labelledby="${id}-heading">
                <h2 id="${id}-heading">${heading}</h2>
                ${body}
              </section> `,
          )}
        </main>
      </body>
    </html> `;
  return page.text;
}

/** SHA-256 in base64, as a Content-Security-Policy wants it. */
async function fingerprint(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

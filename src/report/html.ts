/** Markup that may stand in a page as it is, because whatever came from outside has been escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a `html` template: null writes nothing, a list writes its parts one after the other. */
export type HtmlPart = Html | string | number | null | readonly HtmlPart[];

/**
 * Makes markup of a template. Every text and number put into it is escaped for element content and for quoted attributes; markup made
 * by another `html` template stays as it is.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((text, next, i) => `${text}${writePart(parts[i - 1])}${next}`));
}

function writePart(part: HtmlPart): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(writePart).join("");
  return escapeHtml(String(part));
}

/** A text without any character that means something in HTML. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

// Advance widths in ems, on the wide side of the common system fonts, so that text laid out by them never overflows.
const widths: readonly (readonly [RegExp, number])[] = [
  [/^\p{M}|^[\u200b-\u200f\u2060-\u2069]/u, 0],
  [/^[ijlI.,:;'|!\u00a0\u202f ]/u, 0.36],
  [/^[ftr()[\]{}/-]/u, 0.44],
  [/^[mwMW@%—…€&+−<>=≈]/u, 0.95],
  [/^[\p{Lu}]/u, 0.74],
  [/^[\u0020-\u058f]/u, 0.63],
  [/^[\u0590-\u08ff]/u, 0.65],
];
const widestGlyph = 1.3;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Width of a text in pixels at a font size in pixels: an upper estimate that needs no font. */
export function estimateWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const glyph of splitGraphemes(text)) ems += widths.find(([pattern]) => pattern.test(glyph))?.[1] ?? widestGlyph;
  return ems * fontSize;
}

/** The text itself where it fits into `room` pixels, else its beginning and an ellipsis. */
export function shorten(text: string, room: number, fontSize: number): string {
  if (estimateWidth(text, fontSize) <= room) return text;
  const kept = splitGraphemes(text);
  while (kept.length > 0 && estimateWidth(`${kept.join("")}…`, fontSize) > room) kept.pop();
  return `${kept.join("").trimEnd()}…`;
}

/** Breaks a text between words into lines of at most `room` pixels; a word longer than a line is shortened. */
export function wrapText(text: string, room: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const joined = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && estimateWidth(joined, fontSize) <= room) lines[lines.length - 1] = joined;
    else lines.push(shorten(word, room, fontSize));
  }
  return lines.map(guardName);
}

/**
 * Vega looks up a constant text as if it were the name of an operator, and finds what every object inherits, such as `constructor`:
 * an invisible sign (a word joiner) keeps such texts apart.
 */
function guardName(text: string): string {
  return text in Object.prototype ? `${text}\u2060` : text;
}

/** One line of plain text: line breaks and control characters become spaces. */
export function cleanText(text: string): string {
  return text.replace(/[ \p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}

/** Keeps a right-to-left text from reordering what stands around it. */
export function isolateDirection(text: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text) ? `\u2068${text}\u2069` : text;
}

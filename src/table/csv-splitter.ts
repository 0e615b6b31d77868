import { openCsv } from "./csv-rows.ts";

/** Rows of a CSV text with the header over them. */
export interface CsvPiece {
  readonly text: string;
  /** Line of the whole text, from 1, at which its first row begins. */
  readonly firstLine: number;
}

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A delimiter is not guessed from less, unless the text is over. */
const SAMPLE_LENGTH = 1 << 16;

/** Cuts a CSV text that comes bit by bit at ends of rows: line ends in quoted cells are none. */
export class CsvSplitter {
  /** Known once there is text enough to tell it. */
  delimiter: string | undefined;
  private readonly rows: number;
  /** What is not given out yet. */
  private text = "";
  private header: string | null = null;
  /** Where scanning goes on. */
  private at = 0;
  private rowsSeen = 0;
  private quoted = false;
  /** Whether the next character begins a cell. */
  private atCell = true;
  private line = 1;
  private firstLine = 1;
  /** Whether there was a piece. */
  private hasCut = false;

  /** @param rows - of a piece */
  constructor(rows: number, delimiter?: string) {
    this.rows = rows;
    this.delimiter = delimiter;
  }

  /** @param isLast - whether no text follows @returns the pieces that are complete */
  push(text: string, isLast: boolean): CsvPiece[] {
    this.text += text;
    if (this.delimiter === undefined && !isLast && this.text.length < SAMPLE_LENGTH) return [];
    this.delimiter ??= openCsv(this.text).delimiter;
    const pieces: CsvPiece[] = [];
    for (let end = this.nextRow(this.delimiter, isLast); end >= 0; end = this.nextRow(this.delimiter, isLast)) {
      if (this.header === null) this.takeHeader(end);
      else if (++this.rowsSeen === this.rows) pieces.push(this.cut(end));
    }
    if (isLast && (this.text !== "" || !this.hasCut)) pieces.push(this.cut(this.text.length));
    return pieces;
  }

  /** Scans to the end of the next row. @returns the place behind its line end; -1 when the text ends before */
  private nextRow(delimiter: string, isLast: boolean): number {
    const { text } = this;
    const between = delimiter.charCodeAt(0);
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      // A quote or a carriage return is understood by what follows it.
      if ((code === QUOTE || code === CARRIAGE_RETURN) && this.at + 1 === text.length && !isLast) return -1;
      const next = text.charCodeAt(this.at + 1);
      const endsLine = code === LINE_FEED || (code === CARRIAGE_RETURN && next !== LINE_FEED);
      if (endsLine) this.line++;
      if (this.quoted) {
        if (code !== QUOTE) continue;
        if (next === QUOTE) this.at++;
        else this.quoted = false;
      } else if (endsLine) {
        this.atCell = true;
        return ++this.at;
      } else {
        this.quoted = code === QUOTE && this.atCell;
        this.atCell = code === between;
      }
    }
    return -1;
  }

  private takeHeader(end: number): void {
    const header = this.text.slice(0, end);
    this.drop(end);
    // Blank lines over the header are none of it.
    if (header.replace("\uFEFF", "").trim() !== "") this.header = header;
  }

  private cut(end: number): CsvPiece {
    const piece = { text: `${this.header ?? ""}${this.text.slice(0, end)}`, firstLine: this.firstLine };
    this.drop(end);
    this.rowsSeen = 0;
    this.hasCut = true;
    return piece;
  }

  private drop(end: number): void {
    this.text = this.text.slice(end);
    this.at -= end;
    this.firstLine = this.line;
  }
}

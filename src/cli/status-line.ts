import type { TextStream } from "./streams.ts";

/** Tells what is going on. */
export interface StatusLine {
  /** Replaces the line. */
  say(text: string): void;
  /** Wipes it. */
  clear(): void;
}

const ERASE = "\r\u001b[2K";

/** One line that is written over and over on a terminal; on a pipe nothing is written. */
export function statusLine(stream: TextStream): StatusLine {
  const write = (text: string): void => {
    if (stream.isTTY) stream.write(text);
  };
  return { say: (text) => write(`${ERASE}${text} …`), clear: () => write(ERASE) };
}

/** Where a command writes: results to `out`, progress and errors to `err`. */
export interface Streams {
  readonly out: TextStream;
  readonly err: TextStream;
}

/** The part of a Node stream that commands use. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether someone watches, rather than a pipe or a file. */
  readonly isTTY?: boolean;
}

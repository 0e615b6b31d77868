import { constants } from "node:buffer";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCsv } from "../../../src/node/index.ts";
import { messageOf } from "../../support/message-of.ts";

const folder = mkdtempSync(join(tmpdir(), "read-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("readCsv", () => {
  test("reads a file in UTF-8, with or without a byte order mark, by the options", () => {
    const path = write("good.csv", "\uFEFFdéfaut;größe\n1;S\n0;L\n");
    const table = readCsv(path, { levels: { größe: ["S", "M", "L"] } });
    expect(table.columnNames).toEqual(["défaut", "größe"]);
    expect(table.values).toEqual(Float64Array.of(1, 0, 0, 2));
  });

  test("adds the path to what parseCsv refuses", () => {
    const ragged = write("ragged.csv", "a,b\n1,2\n3\n");
    expect(messageOf(() => readCsv(ragged))).toBe(
      `readCsv: each row must be 2 cells long, like the header; got 1 cell at data row 2 (line 3) of ${JSON.stringify(ragged)}. ` +
        'Quote the cells that hold the delimiter ",", or give the option delimiter if it is another.',
    );
    const empty = write("empty.csv", "");
    expect(messageOf(() => readCsv(empty))).toBe(
      `readCsv: text must be CSV text with a header row; got an empty text at ${JSON.stringify(empty)}. ` +
        "Give the text of a file, its first line naming the columns.",
    );
  });

  test.each(["none.csv", "good.csv/none.csv"])("refuses %s, which is not there", (name) => {
    const path = join(folder, name);
    expect(messageOf(() => readCsv(path))).toBe(
      `readCsv: path must be the path of a file that can be read; got ${JSON.stringify(path)}, which does not exist. ` +
        "Check the path and the working directory.",
    );
  });

  test("refuses a directory", () => {
    expect(messageOf(() => readCsv(folder))).toBe(
      `readCsv: path must be the path of a file that can be read; got the directory ${JSON.stringify(folder)}. Name the file in it.`,
    );
  });

  test("refuses what is no path", () => {
    expect(messageOf(() => readCsv(undefined as unknown as string))).toBe(
      "readCsv: path must be the path of a file; got nothing. Give the path as a text.",
    );
  });

  test("refuses other encodings, rather than put question marks for their letters", () => {
    const path = write("latin1.csv", Buffer.from("größe\n1\n", "latin1"));
    expect(messageOf(() => readCsv(path))).toBe(
      `readCsv: path must be the path of a file in UTF-8; got ${JSON.stringify(path)} with bytes that are not UTF-8. ` +
        "Save it as UTF-8, for example as CSV UTF-8 from a spreadsheet.",
    );
  });

  test("refuses a file longer than a text can be, before it reads it", () => {
    const path = write("long.csv", "");
    const size = constants.MAX_STRING_LENGTH + 1;
    truncateSync(path, size); // a hole: it takes no room on the disk
    expect(messageOf(() => readCsv(path))).toBe(
      `readCsv: path must be a file of at most ${constants.MAX_STRING_LENGTH} bytes; got ${size} bytes in ${JSON.stringify(path)}. ` +
        "Split the file, or load it with a database and give Table.fromArrow the result.",
    );
  });
});

import { randomUUID } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describeReceived, InputError } from "../errors.ts";
import { renderReport } from "../report/index.ts";
import type { ReportOptions } from "../report/index.ts";

const CALL = "writeReport";

/**
 * Writes the report of `renderReport` to a file: first to a temporary name in the same folder, which is renamed when it is complete, so
 * that a crash leaves either the old file or none.
 *
 * @param path - of the file, relative to the working directory; a file of that name is replaced
 * @throws {@link InputError} when the folder does not exist or the path is a folder, and as `renderReport`
 * @example
 * await writeReport("report.html", { title: "Who repays?", model, data: readCsv("applicants.csv"), response: "defaulted" });
 */
export async function writeReport(path: string, options: ReportOptions): Promise<void> {
  await checkPath(path);
  const page = await renderReport(options);
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, page, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Refuses before the work what could not be written after it. */
async function checkPath(path: string): Promise<void> {
  if (typeof path !== "string" || path === "") throw refuse(describeReceived(path), 'Give a text, for example "report.html".');
  const folder = dirname(path);
  if ((await kindOf(folder)) !== "folder")
    throw refuse(`a file in ${JSON.stringify(folder)}, which is no folder`, "Make the folder first.");
  if ((await kindOf(path)) === "folder") throw refuse(`the folder ${JSON.stringify(path)}`, "Name a file in it.");
}

async function kindOf(path: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}

function refuse(received: string, mend: string): InputError {
  return new InputError({ call: CALL, argument: "path", expected: "the path of a file in a folder that exists", received, mend });
}

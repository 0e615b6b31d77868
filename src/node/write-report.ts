import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describeReceived, InputError } from "../errors.ts";
import { renderReport } from "../report/index.ts";
import type { ReportOptions } from "../report/index.ts";

const CALL = "writeReport";

/**
 * Writes the report of `renderReport` to a file: first to a temporary name in the same folder, which is renamed when it is complete, so
 * that a crash leaves either the old file or none.
 *
 * @param path - of the file, relative to the working directory; a file of that name is replaced and keeps its permissions, a link is followed
 * @throws {@link InputError} when the folder does not exist or may not be written, the path is anything but a plain file, and as `renderReport`
 * @example
 * await writeReport("report.html", { title: "Who repays?", model, data: readCsv("applicants.csv"), response: "defaulted" });
 */
export async function writeReport(path: string, options: ReportOptions): Promise<void> {
  await checkPath(path);
  const page = await renderReport(options);
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, page, { flag: "wx", mode: await modeOf(target) });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isRefusal(error)
      ? refuse(`a file in ${JSON.stringify(dirname(target))}, which may not be written`, "Ask for the right to.")
      : error;
  }
}

/** The permissions of the file that is replaced; a new one gets the usual ones. */
async function modeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => 0o666,
  );
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EACCES", "EPERM", "EROFS"].includes(String(error.code));
}

/** Refuses before the work what could not be written after it. */
async function checkPath(path: string): Promise<void> {
  if (typeof path !== "string" || path === "") throw refuse(describeReceived(path), 'Give a text, for example "report.html".');
  const folder = dirname(path);
  if ((await kindOf(folder)) !== "folder")
    throw refuse(`a file in ${JSON.stringify(folder)}, which is no folder`, "Make the folder first.");
  const kind = await kindOf(path);
  if (kind === "folder") throw refuse(`the folder ${JSON.stringify(path)}`, "Name a file in it.");
  if (kind === "other") throw refuse(`${JSON.stringify(path)}, which is a device or a pipe`, "Name a plain file.");
}

async function kindOf(path: string): Promise<"file" | "folder" | "other" | "nothing"> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  } catch {
    return "nothing";
  }
}

function refuse(received: string, mend: string): InputError {
  return new InputError({ call: CALL, argument: "path", expected: "the path of a file in a folder that exists", received, mend });
}

import { writeFile } from "node:fs/promises";
import { renderReport } from "../report/index.ts";
import type { ReportOptions } from "../report/index.ts";
import { replaceFile } from "./replace-file.ts";

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
  await replaceFile("writeReport", path, async (temporary) => writeFile(temporary, await renderReport(options), { flag: "wx" }));
}

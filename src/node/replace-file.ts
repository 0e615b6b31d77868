import { randomUUID } from "node:crypto";
import { chmod, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describeReceived, InputError } from "../errors.ts";

/**
 * Writes a file under a temporary name in the same folder, which is renamed when it is complete, so that a crash leaves either the old file or
 * none. A file of that name is replaced and keeps its permissions, a link is followed.
 *
 * @param write - makes the file of the name that it is given; it does not exist before
 * @throws {@link InputError} when the folder does not exist or may not be written, or the path is anything but a plain file
 */
export async function replaceFile(call: string, path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await checkPath(call, path);
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await write(temporary);
    const mode = await modeOf(target);
    if (mode !== null) await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isRefusal(error)
      ? refuse(call, `a file in ${JSON.stringify(dirname(target))}, which may not be written`, "Ask for the right to.")
      : error;
  }
}

/** The permissions of the file that is replaced; null for a new one, which gets the usual ones. */
async function modeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => null,
  );
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EACCES", "EPERM", "EROFS"].includes(String(error.code));
}

/** Refuses before the work what could not be written after it. */
async function checkPath(call: string, path: string): Promise<void> {
  if (typeof path !== "string" || path === "") throw refuse(call, describeReceived(path), 'Give a text, for example "report.html".');
  const folder = dirname(path);
  if ((await kindOf(folder)) !== "folder")
    throw refuse(call, `a file in ${JSON.stringify(folder)}, which is no folder`, "Make the folder first.");
  const kind = await kindOf(path);
  if (kind === "folder") throw refuse(call, `the folder ${JSON.stringify(path)}`, "Name a file in it.");
  if (kind === "other") throw refuse(call, `${JSON.stringify(path)}, which is a device or a pipe`, "Name a plain file.");
}

async function kindOf(path: string): Promise<"file" | "folder" | "other" | "nothing"> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  } catch {
    return "nothing";
  }
}

function refuse(call: string, received: string, mend: string): InputError {
  return new InputError({ call, argument: "path", expected: "the path of a file in a folder that exists", received, mend });
}

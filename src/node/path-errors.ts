import { InputError } from "../errors.ts";

/** What Node says when it cannot read a file, in the form of this library; other errors as they are. */
export function explainPathError(call: string, error: unknown, path: string): unknown {
  const expected = "the path of a file that can be read";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const quoted = JSON.stringify(path);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return refusePath(call, expected, `${quoted}, which does not exist`, "Check the path and the working directory.");
  }
  if (code === "EISDIR") return refusePath(call, expected, `the directory ${quoted}`, "Name the file in it.");
  if (code === "EACCES" || code === "EPERM") {
    return refusePath(call, expected, `${quoted}, which may not be read`, "Ask for the right to read it.");
  }
  return error;
}

export function refusePath(call: string, expected: string, received: string, mend: string): InputError {
  return new InputError({ call, argument: "path", expected, received, mend });
}

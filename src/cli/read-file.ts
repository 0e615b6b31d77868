import { readFileSync } from "node:fs";
import { describeReceived, InputError } from "../errors.ts";

const CALL = "vitrine report";

/** The bytes of the file that an option names. @throws InputError where it cannot be read */
export function readBytes(option: string, path: string, call: string = CALL): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why =
      code === "ENOENT" || code === "ENOTDIR" ? "which does not exist" : code === "EISDIR" ? "which is a folder" : "which cannot be read";
    const expected = "the path of a file that can be read";
    const received = `${JSON.stringify(path)}, ${why}`;
    throw new InputError({ call, argument: option, expected, received, mend: "Check the path and the working directory." });
  }
}

/** The JSON object in the file that an option names. @throws InputError where it cannot be read or holds anything else */
export function readJsonObject(option: string, path: string, call: string = CALL): Record<string, unknown> {
  const text = new TextDecoder().decode(readBytes(option, path, call));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(option, `text that is no JSON (${error instanceof Error ? error.message : String(error)})`, path);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw refuse(option, describeReceived(value), path);
}

function refuse(option: string, received: string, path: string): InputError {
  const where = JSON.stringify(path);
  return new InputError({ call: CALL, argument: option, expected: "a JSON object", received, where, mend: "See vitrine report --help." });
}

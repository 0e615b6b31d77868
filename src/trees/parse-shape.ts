import * as v from "valibot";
import { describeReceived } from "../errors.ts";
import { damagedFile } from "./damaged-file.ts";

/** An array of anything: numbers are checked where they are read, which is faster than one by one in a schema. */
export const anyArray: v.GenericSchema<readonly unknown[]> = v.custom<readonly unknown[]>(Array.isArray, "an array");

const WHOLE = "a whole number from 0";
/** A whole number from 0, which XGBoost writes as a text. */
export const wholeNumber: v.GenericSchema<string | number, number> = v.pipe(
  v.union([v.string(), v.number()], WHOLE),
  v.check((value) => /^\d{1,15}$/.test(String(value)), WHOLE),
  v.transform(Number),
);

/**
 * The parts of a JSON value that a schema names. The schema's messages say what is expected.
 *
 * @throws InputError at the first field that is missing or of another kind.
 */
export function parseShape<T extends v.GenericSchema>(call: string, schema: T, json: unknown, where?: string): v.InferOutput<T> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const missing = issue.type === "object" && issue.input === undefined && issue.path !== undefined;
  const expected = missing ? "present" : issue.message;
  throw damagedFile(call, v.getDotPath(issue) ?? "the model", expected, describeReceived(issue.input), where);
}

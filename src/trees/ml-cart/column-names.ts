import { describeReceived, InputError, listNames } from "../../errors.ts";
import { defaultNames } from "../model-names.ts";

/**
 * Names of the columns: neither package keeps them.
 *
 * @param least - Columns that the model must have for its tests.
 * @param exactly - Columns that it was trained on; null where the model does not say.
 * @throws InputError where the names are too few, too many or not distinct
 */
export function nameCartColumns(call: string, least: number, exactly: number | null, names?: readonly string[]): readonly string[] {
  if (names === undefined) return defaultNames(call, exactly ?? Math.max(1, least));
  const texts = Array.isArray(names) && names.every((name) => typeof name === "string");
  const right = exactly === null ? names.length >= Math.max(1, least) : names.length === exactly;
  const again = texts ? findTwice(names) : undefined;
  if (texts && right && again === undefined) return names;
  const some = exactly === null ? `at least ${Math.max(1, least)}` : String(exactly);
  throw new InputError({
    call,
    argument: "featureNames",
    expected: `an array of ${some} distinct texts`,
    received: again === undefined ? describeReceived(names) : `${listNames([again])} twice`,
    mend: "Name all columns that the model was trained on, in that order.",
  });
}

function findTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

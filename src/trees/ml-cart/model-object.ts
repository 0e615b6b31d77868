import { describeReceived, InputError } from "../../errors.ts";
import { parseModelJson } from "../model-json.ts";
import type { Reader } from "../model-text.ts";
import { type KnownFile, recogniseJson, strangeFile } from "../stranger-formats.ts";

/**
 * What a trained model says of itself: the result of its `toJSON`, this result as it is, or its text or bytes.
 *
 * @throws InputError for anything else, by its name where that can be told, and for a model that was not trained.
 */
export function readModelObject(reader: Reader, model: unknown, own: KnownFile): unknown {
  if (typeof model === "string" || model instanceof Uint8Array) return parseModelJson(reader, model, own);
  const json = describe(reader, model);
  const known = recogniseJson(json);
  if (known === own) return json;
  throw strangeFile(reader.call, reader.expected, known ?? { what: describeReceived(model), mend: reader.mend });
}

function describe({ call, expected, mend }: Reader, model: unknown): unknown {
  if (typeof model !== "object" || model === null) {
    throw new InputError({ call, argument: "model", expected, received: describeReceived(model), mend });
  }
  const { toJSON } = model as { readonly toJSON?: unknown };
  if (typeof toJSON !== "function") return model;
  try {
    const json: unknown = toJSON.call(model);
    if (!isUntrained(json)) return json;
  } catch {
    // A forest's own toJSON fails before training.
  }
  const received = `${describeReceived(model)} that was not trained`;
  throw new InputError({ call, argument: "model", expected, received, mend: "Call its train first." });
}

/** A tree has its root from training. */
function isUntrained(json: unknown): boolean {
  const { name, root } = Object(json) as { readonly name?: unknown; readonly root?: unknown };
  return typeof name === "string" && name.startsWith("DT") && root === undefined;
}

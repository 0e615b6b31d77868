import { TreeEnsemble } from "../../src/trees/index.ts";

/** Reads an ensemble's own JSON; what is no JSON at all is refused as nothing is. */
export function restoreEnsemble(bytes: Uint8Array): TreeEnsemble {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    json = undefined;
  }
  return TreeEnsemble.fromJSON(json);
}

import { describeReceived, InputError } from "../../errors.ts";
import { treeShap, type TreeShapExplainer } from "../tree-shap/tree-shap.ts";
import { readSavedExplainer } from "./saved-explainer.ts";

/**
 * Restores an explainer that was saved with `toBytes`: with its model, background and options, and the same values to the bit.
 *
 * @throws {@link InputError} for bytes that are damaged, cut off or anything else
 * @example
 * await writeFile("explainer.bin", treeShap(model, { background }).toBytes());
 * const explainer = loadTreeShap(await readFile("explainer.bin"));
 */
export function loadTreeShap(bytes: Uint8Array): TreeShapExplainer {
  const call = "loadTreeShap";
  if (!(bytes instanceof Uint8Array)) {
    const mend = "Give what explainer.toBytes() gave, or the bytes of a file with it.";
    throw new InputError({ call, argument: "bytes", expected: "a Uint8Array", received: describeReceived(bytes), mend });
  }
  const { ensemble, options } = readSavedExplainer(call, bytes);
  return treeShap(ensemble, options);
}

import * as v from "valibot";
import { describeReceived, InputError } from "../../errors.ts";
import { TreeEnsemble } from "../../trees/index.ts";
import { ATTRIBUTION_INDEXES } from "../attribution-indexes.ts";
import { TREE_OUTPUTS } from "../tree-shap/check-tree-options.ts";
import type { TreeGame } from "../tree-shap/tree-game.ts";
import type { TreeShapOptions } from "../tree-shap/tree-shap.ts";
import { openEnvelope, sealEnvelope } from "./envelope.ts";

/** What an explainer is made of. */
export interface SavedExplainer {
  readonly ensemble: TreeEnsemble;
  readonly options: TreeShapOptions;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const options = v.strictObject({
  output: v.exactOptional(v.picklist(TREE_OUTPUTS)),
  index: v.exactOptional(v.picklist(ATTRIBUTION_INDEXES)),
  groups: v.exactOptional(v.record(v.string(), v.array(v.string()))),
  budget: v.exactOptional(count),
  tolerance: v.exactOptional(
    v.union([
      v.number(),
      v.strictObject({
        absolute: v.exactOptional(v.number()),
        relative: v.exactOptional(v.number()),
        topFeatures: v.exactOptional(v.number()),
      }),
    ]),
  ),
  seed: v.exactOptional(count),
});
const headerSchema = v.strictObject({
  schema: v.literal("vitrine/tree-shap"),
  ensemble: v.unknown(),
  options,
  /** Rows × columns doubles of the model's columns, then a weight a row. */
  background: v.nullable(v.strictObject({ numRows: count, numColumns: count })),
});

/** An explainer as bytes. */
export function saveExplainer({ ensemble, background }: TreeGame, given: TreeShapOptions): Uint8Array {
  // The background is saved as it was encoded.
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => name !== "background" && name !== "backgroundWeights"));
  const shape = background && { numRows: background.rows.numRows, numColumns: background.rows.numColumns };
  const header = { schema: "vitrine/tree-shap", ensemble: ensemble.toJSON(), options: kept, background: shape };
  return sealEnvelope(header, background ? [background.rows.values, background.weights] : []);
}

/** @throws InputError for anything but what {@link saveExplainer} made */
export function readSavedExplainer(call: string, bytes: Uint8Array): SavedExplainer {
  const { header, numbers } = openEnvelope(call, bytes);
  const parsed = v.safeParse(headerSchema, header);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw damaged(call, v.getDotPath(issue) ?? "schema", describeReceived(issue.input));
  }
  const { ensemble: json, background, options: saved } = parsed.output;
  const ensemble = TreeEnsemble.fromJSON(json);
  const cells = background === null ? 0 : background.numRows * background.numColumns;
  const expected = background === null ? 0 : cells + background.numRows;
  if (numbers.length !== expected) throw damaged(call, "background", `${numbers.length} numbers instead of ${expected}`);
  if (background === null) return { ensemble, options: saved };
  const rows = { ...background, values: numbers.slice(0, cells) };
  return { ensemble, options: { ...saved, background: rows, backgroundWeights: numbers.slice(cells) } };
}

function damaged(call: string, field: string, received: string): InputError {
  const expected = "what explainer.toBytes() wrote";
  return new InputError({ call, argument: `bytes: ${field}`, expected, received, mend: "Save the explainer again." });
}

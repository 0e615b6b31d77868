import { formatCount, formatNumber } from "../charts/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { html } from "./html.ts";
import type { ModelCheck } from "./reported-model.ts";

/** Relative differences up to this come from the order and the precision of sums; what a looser tolerance lets pass may be anything. */
const ROUNDING = 1e-5;

/** What the last comparison with predictions of the library itself showed. @param library - its name, as it writes it */
export function checkModel(library: string, { verification }: TreeEnsemble): ModelCheck {
  if (verification === null) {
    return {
      words: html`Not verified: the model was read from its file, and nobody compared its predictions here with those that ${library} makes.`,
      failed: false,
    };
  }
  const { ok, maxAbsoluteError, numRows, worstRow, scale, tolerance } = verification;
  const what = scale === "raw" ? "raw scores" : "predictions";
  const rows = formatCount(numRows, "row", "rows");
  if (!ok) {
    return {
      words: html`For ${rows}, ${what} were compared with those of ${library}, and they differ: by up to ${formatNumber(maxAbsoluteError)}
      (row ${worstRow + 1}). Until that is explained, nothing in this report can be relied on.`,
      failed: true,
    };
  }
  const size =
    maxAbsoluteError === 0 ? "they are the same to the last digit" : `the largest difference is ${formatNumber(maxAbsoluteError)}`;
  const difference = maxAbsoluteError === 0 || tolerance > ROUNDING ? size : `${size}, which is rounding`;
  return {
    words: html`Verified: for ${rows}, ${what} were compared with those that ${library}, which fitted the model, makes itself;
    ${difference}.`,
    failed: false,
  };
}

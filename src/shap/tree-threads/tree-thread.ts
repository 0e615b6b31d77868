import { InputError } from "../../errors.ts";
import { readSavedExplainer } from "../tree-saving/saved-explainer.ts";
import { chooseWork } from "../tree-shap/choose-work.ts";
import type { RowTask } from "../tree-shap/row-work.ts";
import { prepareGame } from "../tree-shap/tree-game.ts";
import type { ThreadAnswer } from "./tree-pool.ts";

/** A thread's half of the work. @param saved - the explainer's bytes, which are read at the first task @returns what answers tasks; it never throws */
export function openTreeThread(saved: Uint8Array): (task: RowTask) => ThreadAnswer {
  let compute: ((task: RowTask) => object) | undefined;
  return (task) => {
    try {
      compute ??= openExplainer(saved);
      return { found: compute(task) };
    } catch (error) {
      if (error instanceof InputError) return { problem: error.problem };
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      return { error: { name, message, ...(stack === undefined ? {} : { stack }) } };
    }
  };
}

function openExplainer(saved: Uint8Array): (task: RowTask) => object {
  const { ensemble, options } = readSavedExplainer("treeShap", saved);
  const work = chooseWork(prepareGame(ensemble, options), options);
  return (task) => work.compute(task);
}

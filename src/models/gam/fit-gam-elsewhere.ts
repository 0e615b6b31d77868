import type { ModelFormula, TableLike } from "../../table/index.ts";
import { runElsewhere } from "../glm/fit-glm-elsewhere.ts";
import type { PassRunner, RowNumbersOfFit } from "../glm/fit-glm-elsewhere.ts";
import { fitGamSteps, prepareGam } from "./fit-gam.ts";
import { GamModel } from "./gam-model.ts";
import type { GamOptions } from "./gam-options.ts";

/**
 * Fits as `fitGam` does, with the passes over the rows run elsewhere: in other threads or on other machines.
 *
 * @param call - the public function to name in an error
 * @param open - called once with the numbers of all rows
 * @throws as `fitGam`, and what the runner throws
 */
export async function fitGamElsewhere(
  call: string,
  formula: ModelFormula,
  data: TableLike,
  options: GamOptions,
  open: (rows: RowNumbersOfFit) => Promise<PassRunner>,
): Promise<GamModel> {
  const prepared = prepareGam(call, formula, data, options);
  return new GamModel(await runElsewhere(prepared.problem, fitGamSteps(call, prepared, options), open));
}

import { saabasWork } from "./explain-saabas.ts";
import { rawWork } from "./explain-raw.ts";
import { rescaledWork } from "./response/explain-rescaled.ts";
import { responseWork } from "./response/explain-response.ts";
import { lossOutput, responseOutput } from "./response/explained-output.ts";
import type { RowWork } from "./row-work.ts";
import { readSampling } from "./response/sampling-options.ts";
import { shareOut } from "./share-out.ts";
import type { TreeGame } from "./tree-game.ts";
import type { TreeShapOptions } from "./tree-shap.ts";

/** How the rows of a game are explained. @param options - checked @throws InputError for a budget, tolerance or seed that cannot be */
export function chooseWork(game: TreeGame, options: TreeShapOptions): RowWork {
  return shareOut(chooseOwnWork(game, options), game.players);
}

function chooseOwnWork(game: TreeGame, options: TreeShapOptions): RowWork {
  const { output = "raw" } = options;
  const { ensemble, background, players } = game;
  if (game.index === "saabas") return saabasWork(game);
  const isLinear = output === "response" && ensemble.link.name === "identity";
  if (output === "raw" || isLinear || background === null) return rawWork(game, output);
  const against = { ...game, background };
  if (output === "rescaledResponse") return rescaledWork(against);
  const sampling = readSampling(options, players.features.length);
  if (output === "response") return responseWork(against, () => responseOutput(ensemble), sampling);
  return responseWork(against, (response) => lossOutput(ensemble, response), sampling);
}

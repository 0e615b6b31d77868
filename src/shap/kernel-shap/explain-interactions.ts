import { describeReceived, InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { InteractionExplanation } from "../interaction-explanation.ts";
import { openCall, openRow } from "./call-state.ts";
import type { Design } from "./design-cache.ts";
import { describeShape, joinRows } from "./describe-rows.ts";
import { EvenRegression } from "./even-regression.ts";
import { rowsAtOnce } from "./explain-rows.ts";
import type { Game } from "./games.ts";
import { estimateInteractions, type RowInteractions } from "./interactions.ts";
import { runRounds } from "./run-rounds.ts";
import type { KernelShapRunOptions } from "./running-estimate.ts";
import type { RowState } from "./row-state.ts";
import type { Settings } from "./settings.ts";
import { warnOfData, warnOfModel } from "./warnings.ts";

/** The least budget for interactions of so many players: full enumeration, or four coalitions for each pair of players. */
function leastBudgetForPairs(numPlayers: number): number {
  return Math.min(2 ** numPlayers, 2 * numPlayers * (numPlayers - 1) + 2);
}

/** Interactions of all pairs of players in each row, from the whole budget. */
export async function explainInteractions(settings: Settings, data: Table, run: KernelShapRunOptions): Promise<InteractionExplanation> {
  checkSettings(settings);
  const call = await openCall("kernelShap.interactions", settings, data, run, true);
  const { budget, evaluation, answers } = call;
  const limits = {
    budget,
    tolerance: null,
    seed: settings.seed,
    pilot: budget,
    stopsOver: false,
    oddTerms: settings.estimator === "automatic",
  };
  const regress = regressOnce();
  const done: RowState[] = [];
  const found: RowInteractions[] = [];
  for (let start = 0; start < data.numRows;) {
    const end = Math.min(data.numRows, start + rowsAtOnce(call));
    const states = Array.from({ length: end - start }, (_, i) => openRow(call, start + i));
    const rounds = runRounds(evaluation, states, answers.bases, limits);
    while (!(await rounds.next()).done);
    for (const state of states) {
      found.push(estimateInteractions(state.games, answers.bases, state.prediction, state.estimate!, regress));
      done.push(state);
    }
    start = end;
    const fraction = end / data.numRows;
    const secondsLeft = ((performance.now() - call.started) / 1000 / fraction) * (1 - fraction);
    run.onProgress?.({ fraction, rowsDone: end, numRows: data.numRows, rowsSent: evaluation.runner.rowsSent, secondsLeft });
  }
  const place = new Map(done.map((state, i) => [state, i]));
  const standardErrors = joinRows(done, (state) => found[place.get(state)!].variances.map(Math.sqrt));
  return new InteractionExplanation({
    ...describeShape(call, done),
    values: joinRows(done, (state) => found[place.get(state)!].values),
    standardErrors,
    method: standardErrors.every((error) => error === 0) ? "exact-enumeration" : "kernel-interactions",
    warnings: [...warnOfData(settings, call.farRows), ...warnOfModel(answers.noise, evaluation.runner)],
  });
}

/** The latest regression on each design, for the rows that come to it one after another. */
function regressOnce(): (game: Game) => EvenRegression {
  const known = new WeakMap<Design, { readonly numPairs: number; readonly regression: EvenRegression }>();
  return ({ design, numPairs }) => {
    const own = known.get(design!);
    if (own?.numPairs === numPairs) return own.regression;
    const regression = new EvenRegression(design!.sampler, numPairs);
    known.set(design!, { numPairs, regression });
    return regression;
  };
}

function checkSettings({ players, budget, estimator, hierarchy }: Settings): void {
  const call = "kernelShap.interactions";
  const numPlayers = players.features.length;
  const least = leastBudgetForPairs(numPlayers);
  if (budget < least) {
    const expected = `at least ${least} coalitions for the interactions of ${numPlayers} features or groups`;
    throw new InputError({
      call,
      argument: "budget",
      expected,
      received: String(budget),
      mend: `Give ${least} or more, or put columns together.`,
    });
  }
  if (estimator !== "permutation" && hierarchy === null) return;
  const received = hierarchy === null ? describeReceived(estimator) : "a hierarchy";
  const mend = "Leave out hierarchy and estimator for interactions.";
  throw new InputError({ call, argument: "estimator", expected: "one of pairs of coalitions", received, mend });
}

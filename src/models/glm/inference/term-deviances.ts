import type { Warning } from "../../../errors.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit } from "../glm-fit.ts";
import { refitColumns } from "./refit.ts";
import type { Refit } from "./refit.ts";
import type { TermComparison } from "./term-comparisons.ts";

/** What leaving out a term does. */
interface DevianceChange {
  readonly term: string;
  readonly degreesOfFreedom: number;
  readonly deviance: number;
}

/** Fits the models to compare; each once. @throws InputError where the training data were not kept */
export function devianceChanges(
  call: string,
  fit: GlmFit,
  comparisons: readonly TermComparison[],
): { rows: DevianceChange[]; warnings: Warning[] } {
  const training = trainingOf(call, fit);
  const whole = { deviance: fit.deviance, rank: fit.rank, converged: true };
  const known = new Map<string, Refit>([[fit.recipe.columnNames.map((_, position) => position).join(), whole]]);
  const unsettled: string[] = [];
  const refit = (term: string, positions: readonly number[]): Refit => {
    const key = positions.join();
    const found = known.get(key) ?? refitColumns(fit, training, positions);
    known.set(key, found);
    if (!found.converged && !unsettled.includes(term)) unsettled.push(term);
    return found;
  };
  const rows = comparisons.map(({ term, tested, kept }): DevianceChange => {
    const without = refit(term, kept);
    const beside = refit(
      term,
      [...kept, ...tested].sort((one, other) => one - other),
    );
    return { term, degreesOfFreedom: beside.rank - without.rank, deviance: without.deviance - beside.deviance };
  });
  return { rows, warnings: describeUnsettled(unsettled) };
}

function describeUnsettled(subjects: readonly string[]): Warning[] {
  if (subjects.length === 0) return [];
  const message = `The fits that test ${subjects.join(", ")} did not settle: their statistics may be too large.`;
  return [{ name: "notConverged", message, subjects }];
}

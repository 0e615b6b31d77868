import { factorCholesky, sandwich, solveCholesky } from "../../../numeric/index.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit } from "../glm-fit.ts";
import type { LinearForms } from "./wald.ts";

/** A form is the same under every way of aliasing where it respects what the columns have in common to this share. */
const RESPECTED = 1e-8;

/**
 * Which forms have the same value whatever column is called aliased: those that treat an aliased column as the combination of others that it
 * is. Others cannot be estimated.
 *
 * @throws InputError where columns are aliased and the training data, which tell how, were not kept
 * @see Searle (1971), Linear Models, section 5.4 (estimable functions)
 */
export function findEstimable(call: string, fit: GlmFit, { matrix, constants }: LinearForms): boolean[] {
  const p = fit.estimates.length;
  const aliased = [...fit.aliased.keys()].filter((column) => fit.aliased[column] === 1);
  if (aliased.length === 0) return Array.from(constants, () => true);
  const gram = sandwich(trainingOf(call, fit).problem.matrix, trainingOf(call, fit).problem.weights);
  const kept = gram.map((entry, cell) => (fit.aliased[Math.floor(cell / p)] || fit.aliased[cell % p] ? 0 : entry));
  const factor = factorCholesky(kept, p, { tolerance: 1e-14 });
  const combinations = aliased.map((column) => {
    const products = gram.slice(column * p, (column + 1) * p);
    return solveCholesky(
      factor,
      products.map((product, j) => (fit.aliased[j] ? 0 : product)),
    );
  });
  return Array.from(constants, (_, k) =>
    aliased.every((column, a) => {
      let [implied, size] = [0, Math.abs(matrix[k * p + column])];
      for (let j = 0; j < p; j++) {
        implied += combinations[a][j] * matrix[k * p + j];
        size += Math.abs(combinations[a][j] * matrix[k * p + j]);
      }
      return Math.abs(matrix[k * p + column] - implied) <= RESPECTED * size;
    }),
  );
}

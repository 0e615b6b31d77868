/**
 * Σ of the squares of the coefficients' differences of some order, as a quadratic form: D'D, size × size. Order 0 is the identity.
 *
 * @param isCyclic - whether the first coefficient follows the last
 * @see Eilers and Marx (1996), Statistical Science 11, 89–121, doi:10.1214/ss/1038425655
 */
export function differencePenalty(size: number, order: number, isCyclic: boolean): Float64Array {
  const weights = differenceWeights(order);
  const penalty = new Float64Array(size * size);
  const difference = new Float64Array(size);
  const numDifferences = isCyclic ? size : size - order;
  for (let d = 0; d < numDifferences; d++) {
    difference.fill(0);
    for (let k = 0; k <= order; k++) difference[(d + k) % size] += weights[k];
    for (let i = 0; i < size; i++) {
      if (difference[i] === 0) continue;
      for (let j = 0; j < size; j++) penalty[i * size + j] += difference[i] * difference[j];
    }
  }
  return penalty;
}

/** Binomial coefficients of alternating sign, the last one positive. */
function differenceWeights(order: number): Float64Array {
  const weights = new Float64Array(order + 1);
  weights[order] = 1;
  for (let round = 0; round < order; round++) {
    for (let k = order - round - 1; k < order; k++) weights[k] -= weights[k + 1];
  }
  return weights;
}

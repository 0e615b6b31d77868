/** P-values of several hypotheses, made larger so that all of them together err as seldom as one alone. NaN stays and does not count. */
export function adjustPValues(pValues: readonly number[], method: "none" | "bonferroni" | "holm"): number[] {
  if (method === "none") return [...pValues];
  const order = pValues.flatMap((pValue, k) => (Number.isNaN(pValue) ? [] : [k])).sort((one, other) => pValues[one] - pValues[other]);
  const adjusted = pValues.map(() => NaN);
  let largest = 0;
  order.forEach((k, rank) => {
    const factor = method === "bonferroni" ? order.length : order.length - rank;
    largest = method === "bonferroni" ? factor * pValues[k] : Math.max(largest, factor * pValues[k]);
    adjusted[k] = Math.min(1, largest);
  });
  return adjusted;
}

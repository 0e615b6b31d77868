/** Nodes in (0, 1), ascending, and their weights (which sum to 1). */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre rule on [0, 1]: exact for polynomials of degree `2 size − 1`.
 * Newton's method on the Legendre polynomial by its three-term recurrence; full float64 accuracy to several hundred nodes.
 * @param size - number of nodes, at least 1
 * @see Davis & Rabinowitz (1984), Methods of Numerical Integration, §2.7
 */
export function gaussLegendre(size: number): QuadratureRule {
  const nodes = new Float64Array(size);
  const weights = new Float64Array(size);
  for (let i = 0; i < Math.ceil(size / 2); i++) {
    const { x, slope } = findRoot(size, Math.cos((Math.PI * (i + 0.75)) / (size + 0.5)));
    const weight = 1 / ((1 - x * x) * slope * slope);
    nodes[i] = (1 - x) / 2;
    nodes[size - 1 - i] = (1 + x) / 2;
    weights[i] = weights[size - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** The root of the Legendre polynomial of degree `n` near `guess`, and the polynomial's slope there. */
function findRoot(n: number, guess: number): { x: number; slope: number } {
  let x = guess;
  let slope = 0;
  // Newton from this start doubles its digits each step; ten steps are more than float64 can use.
  for (let step = 0; step < 10; step++) {
    let previous = 1;
    let current = x;
    for (let k = 2; k <= n; k++) [previous, current] = [current, ((2 * k - 1) * x * current - (k - 1) * previous) / k];
    slope = (n * (x * current - previous)) / (x * x - 1);
    const move = current / slope;
    x -= move;
    if (Math.abs(move) < 1e-16) break;
  }
  return { x, slope };
}

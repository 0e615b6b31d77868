/** Neighbours of each point of several numbers. */
const NEIGHBOURS = 3;

/**
 * Pairs of points that are neighbours: of one number those next to each other in order, of several each point with the three nearest.
 *
 * @param coordinates - one array a number
 * @param scaled - whether distances are measured in standard deviations of each number, as for products; else in its own unit
 * @returns two positions a pair
 */
export function neighbourPairs(coordinates: readonly Float64Array[], scaled: boolean): Int32Array {
  return coordinates.length === 1 ? pairsInOrder(coordinates[0]) : nearestPairs(scaled ? coordinates.map(standardize) : coordinates);
}

function pairsInOrder(values: Float64Array): Int32Array {
  const order = Int32Array.from(values.keys()).sort((one, other) => values[one] - values[other] || one - other);
  const pairs = new Int32Array(2 * (values.length - 1));
  for (let k = 0; k < values.length - 1; k++) pairs.set([order[k], order[k + 1]], 2 * k);
  return pairs;
}

function standardize(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (spread > 0 ? value / spread : 0));
}

/** Each point with its nearest ones, by comparing all with all. */
function nearestPairs(coordinates: readonly Float64Array[]): Int32Array {
  const count = coordinates[0].length;
  const perPoint = Math.min(NEIGHBOURS, count - 1);
  const pairs = new Int32Array(2 * perPoint * count);
  const distances = new Float64Array(count);
  for (let point = 0, at = 0; point < count; point++) {
    distances.fill(0);
    for (const values of coordinates) {
      const own = values[point];
      for (let other = 0; other < count; other++) distances[other] += (values[other] - own) * (values[other] - own);
    }
    distances[point] = Infinity;
    for (let k = 0; k < perPoint; k++) {
      let nearest = point === 0 ? 1 : 0;
      for (let other = 0; other < count; other++) if (distances[other] < distances[nearest]) nearest = other;
      distances[nearest] = Infinity;
      pairs[at++] = point;
      pairs[at++] = nearest;
    }
  }
  return pairs;
}

/** Sum of a range of an array. */
export function sum(values: Float64Array, from: number = 0, to: number = values.length): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i];
  return total;
}

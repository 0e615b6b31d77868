/** Numbers between 0 and 1 from the finaliser of murmur3, which scatters neighbouring positions: the same on every machine. */
export function uniform(length: number, seed: number): Float64Array {
  const out = new Float64Array(length);
  const shift = Math.imul(seed, 0x9e3779b9) >>> 0;
  for (let i = 0; i < length; i++) {
    let bits = (i + shift) >>> 0;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    out[i] = (((bits ^ (bits >>> 16)) >>> 0) + 0.5) / 2 ** 32;
  }
  return out;
}

/** The Poisson count that a probability falls on. */
export function poissonQuantile(probability: number, mean: number): number {
  let density = Math.exp(-mean);
  let below = density;
  let count = 0;
  while (probability > below && count < 1000) {
    count++;
    density *= mean / count;
    below += density;
  }
  return count;
}

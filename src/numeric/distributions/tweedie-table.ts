import { NUM_FUNCTIONS, saturateByRate } from "./tweedie-by-rate.ts";

/** Chebyshev nodes of a panel. */
const NUM_NODES = 18;

/**
 * What `saturateByRate` gives at a power, to some 1e-12, from a table in t that is filled where it is read: for many rows, each of which costs a series
 * otherwise. V is smooth in t up to zeros of the series at a distance of about π (power − 1), to which the panels are fitted.
 */
export class TweedieTable {
  readonly #power: number;
  readonly #width: number;
  readonly #panels: Map<number, Float64Array> = new Map();

  /** @param power - strictly between 1 and 2 */
  constructor(power: number) {
    this.#power = power;
    this.#width = Math.min(1, 2 * (power - 1));
  }

  /** How many rows are quicker by a table than one by one. */
  get fewestRows(): number {
    return (8 * NUM_NODES) / this.#width;
  }

  /** Writes the first numbers of `saturateByRate` at t, as many as `out` takes. */
  read(t: number, out: Float64Array): void {
    const place = t / this.#width;
    const panel = Math.floor(place);
    let coefficients = this.#panels.get(panel);
    if (!coefficients) {
      coefficients = tabulate(panel * this.#width, this.#width, this.#power);
      this.#panels.set(panel, coefficients);
    }
    const x = 2 * (place - panel) - 1;
    const twice = 2 * x;
    for (let f = 0, start = 0; f < out.length; f++, start += NUM_NODES) {
      let next = 0;
      let current = 0;
      for (let k = start + NUM_NODES - 1; k > start; k--) {
        const sum = twice * current - next + coefficients[k];
        next = current;
        current = sum;
      }
      out[f] = x * current - next + coefficients[start];
    }
  }
}

/** Chebyshev coefficients of each function on the panel that starts at `low`. */
function tabulate(low: number, width: number, power: number): Float64Array {
  const at = new Float64Array(NUM_FUNCTIONS);
  const coefficients = new Float64Array(NUM_FUNCTIONS * NUM_NODES);
  for (let node = 0; node < NUM_NODES; node++) {
    const angle = (Math.PI * (node + 0.5)) / NUM_NODES;
    saturateByRate(low + 0.5 * width * (1 + Math.cos(angle)), power, at);
    for (let f = 0; f < NUM_FUNCTIONS; f++) {
      for (let k = 0; k < NUM_NODES; k++) {
        coefficients[f * NUM_NODES + k] += ((k === 0 ? 1 : 2) / NUM_NODES) * at[f] * Math.cos(k * angle);
      }
    }
  }
  return coefficients;
}

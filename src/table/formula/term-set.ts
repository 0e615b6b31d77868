/** A term as the positions of its variables, ascending. */
export type TermVariables = readonly number[];

/** Terms without repetition, in the order in which they came. */
export class TermSet {
  readonly #byKey: Map<string, TermVariables> = new Map();

  constructor(terms: Iterable<TermVariables> = []) {
    for (const term of terms) this.add(term);
  }

  get size(): number {
    return this.#byKey.size;
  }

  [Symbol.iterator](): IterableIterator<TermVariables> {
    return this.#byKey.values();
  }

  /** Adds a term unless it is there. */
  add(term: TermVariables): void {
    const key = term.join(",");
    if (!this.#byKey.has(key)) this.#byKey.set(key, term);
  }

  /** Takes a term out if it is there. */
  remove(term: TermVariables): void {
    this.#byKey.delete(term.join(","));
  }
}

/** The interaction of two terms: every variable of either. */
export function joinTerms(one: TermVariables, other: TermVariables): TermVariables {
  return [...new Set([...one, ...other])].sort((a, b) => a - b);
}

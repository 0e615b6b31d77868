import { InputError, listNames } from "../../errors.ts";
import type { DesignResponse } from "../../table/index.ts";
import type { Family } from "../families/family.ts";

/** A response as numbers, and the trials behind proportions. */
export interface CodedResponse {
  /** One a row; proportions for binomial families. */
  readonly values: Float64Array;
  /** Successes + failures where the response gives both; else null. */
  readonly trials: Float64Array | null;
}

const BINOMIAL = new Set(["binomial", "quasibinomial"]);

/**
 * The response as the family takes it. Two levels become 0 (the first) and 1; successes and failures a proportion with its number of trials.
 *
 * @throws {@link InputError} when the kinds do not fit or a value is outside what the family allows
 */
export function codeResponse(call: string, response: DesignResponse, family: Family): CodedResponse {
  const coded = codeValues(call, response, family);
  for (let row = 0; row < coded.values.length; row++) {
    const wrong = family.checkResponse(coded.values[row]);
    if (wrong === null) continue;
    throw new InputError({
      call,
      argument: `response ${JSON.stringify(response.label)}`,
      expected: wrong.expected,
      received: String(coded.values[row]),
      where: `row ${row}`,
      mend: wrong.mend,
    });
  }
  return coded;
}

function codeValues(call: string, response: DesignResponse, family: Family): CodedResponse {
  const argument = `response ${JSON.stringify(response.label)}`;
  if (response.kind === "numeric") return { values: response.values, trials: null };
  if (!BINOMIAL.has(family.name)) {
    const received = response.kind === "counts" ? "successes and failures" : `the categories ${listNames(response.column.levels)}`;
    const mend = 'Use family: "binomial" for events that happen or not.';
    throw new InputError({ call, argument, expected: `numbers for the family "${family.name}"`, received, mend });
  }
  if (response.kind === "counts") return proportions(call, argument, response.successes, response.failures);
  const { levels, codes } = response.column;
  if (levels.length !== 2) {
    const mend = "The first level is the one that does not count as an event. Join levels, or make a column of true and false.";
    throw new InputError({ call, argument, expected: "of two levels", received: `${levels.length}: ${listNames(levels)}`, mend });
  }
  return { values: Float64Array.from(codes), trials: null };
}

function proportions(call: string, argument: string, successes: Float64Array, failures: Float64Array): CodedResponse {
  const trials = successes.map((count, row) => {
    const other = failures[row];
    if (count >= 0 && other >= 0) return count + other;
    throw new InputError({
      call,
      argument,
      expected: "numbers of successes and failures of at least 0",
      received: `${count} and ${other}`,
      where: `row ${row}`,
      mend: "Give counts of both, not totals.",
    });
  });
  // A row without trials has no proportion and no weight.
  return { values: successes.map((count, row) => (trials[row] > 0 ? count / trials[row] : 0)), trials };
}

/** What is odd about a response though the family can live with it: the first such row, in a sentence. */
export function describeOddResponse({ values }: CodedResponse, weights: Float64Array, family: Family): string | null {
  for (let row = 0; row < values.length; row++) {
    const oddity = weights[row] > 0 ? family.warnResponse(values[row], weights[row]) : null;
    if (oddity !== null) return `Row ${row}: ${oddity}`;
  }
  return null;
}

import { formatCount } from "../charts/index.ts";
import { describeReceived, InputError, listNames } from "../errors.ts";

/** The report's own words for what the model is about; nouns, so that sentences can be built around them. */
export interface Narrative {
  /** One row of the data. @defaultValue "case" */
  readonly case?: string;
  /** Several rows. @defaultValue "cases" */
  readonly cases?: string;
  /** What the model predicts, for example `risk of default`. @defaultValue "prediction" */
  readonly prediction?: string;
  /** For models of a probability: what may happen, for example `default`. @defaultValue "the event" */
  readonly event?: string;
  /** What the model is used for: one sentence. @defaultValue left out */
  readonly purpose?: string;
  /** Where the rows come from: one sentence. @defaultValue left out */
  readonly dataSource?: string;
}

/** The same, complete. */
export interface Words {
  readonly case: string;
  readonly cases: string;
  readonly prediction: string;
  readonly event: string;
  readonly purpose: string | null;
  readonly dataSource: string | null;
}

const NEUTRAL: Words = { case: "case", cases: "cases", prediction: "prediction", event: "the event", purpose: null, dataSource: null };

/** Fills in neutral words. @throws InputError for an unknown word, or one that is no text */
export function readNarrative(call: string, narrative: Narrative = {}): Words {
  const mend = `The words are ${listNames(Object.keys(NEUTRAL), 6)}.`;
  if (typeof narrative !== "object" || narrative === null) {
    throw new InputError({ call, argument: "narrative", expected: "an object of words", received: describeReceived(narrative), mend });
  }
  const words: Record<string, unknown> = { ...NEUTRAL };
  for (const [name, text] of Object.entries(narrative)) {
    const argument = `narrative.${name}`;
    if (!Object.hasOwn(NEUTRAL, name)) {
      throw new InputError({ call, argument, expected: "one of the words", received: describeReceived(text), mend });
    }
    if (text === undefined) continue;
    if (typeof text !== "string" || text.trim() === "") {
      const received = text === "" ? "an empty text" : describeReceived(text);
      throw new InputError({ call, argument, expected: "a text", received, mend: "Leave it out for a neutral word." });
    }
    words[name] = text.trim();
  }
  return words as unknown as Words;
}

/** `1 applicant`, `300 applicants`. */
export function countCases(words: Words, count: number): string {
  return `${formatCount(count)} ${count === 1 ? words.case : words.cases}`;
}

/** The text with a capital first letter. */
export function capitalize(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** `a, b and c`. */
export function joinAnd(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** Small numbers in words, as running text has them. */
export function spellNumber(count: number): string {
  return ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"][count] ?? formatCount(count);
}

import { describeReceived, InputError } from "../../../errors.ts";
import type { GlmFit } from "../glm-fit.ts";

/** Refuses to compare likelihoods of estimates that do not maximise it. @throws {@link InputError} */
export function checkMaximumLikelihood(call: string, { restriction }: GlmFit, argument: string): void {
  if (restriction === null) return;
  throw new InputError({
    call,
    argument,
    expected: "one by standard errors, as the estimates do not maximise the likelihood",
    received: `one by likelihoods, of a model fitted with ${restriction}`,
    mend: "Choose the one by Wald, or fit the model by maximum likelihood.",
  });
}

/** @throws {@link InputError} unless it is a confidence level */
export function checkLevel(call: string, level: unknown): void {
  if (typeof level === "number" && level > 0 && level < 1) return;
  const received = describeReceived(level);
  throw new InputError({ call, argument: "level", expected: "a number between 0 and 1", received, mend: "Leave it out for 0.95." });
}

/** @throws {@link InputError} unless an option is one of its words */
export function checkWord(call: string, argument: string, given: unknown, words: readonly string[]): void {
  if (words.includes(given as string)) return;
  const expected = words.map((word) => JSON.stringify(word)).join(" or ");
  throw new InputError({ call, argument, expected, received: describeReceived(given), mend: "Write one of these, or leave it out." });
}

import { InputError } from "../../../errors.ts";
import type { GlmFit, TrainingData } from "../glm-fit.ts";

/** The training data of a fit. @throws {@link InputError} when they were not kept */
export function trainingOf(call: string, { training }: GlmFit): TrainingData {
  if (training) return training;
  throw new InputError({
    call,
    argument: "model",
    expected: "one that has its training data",
    received: "one without",
    mend: "Fit it without keepData: false; a model restored from JSON has none.",
  });
}

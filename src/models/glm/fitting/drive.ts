import type { PassRequest, PassSums } from "./pass.ts";

/** A computation that asks for sums over the rows as it goes. */
export type PassSteps<Result> = Generator<PassRequest, Result, PassSums>;

/** Answers each request at once. */
export function drive<Result>(steps: PassSteps<Result>, answer: (request: PassRequest) => PassSums): Result {
  let next = steps.next();
  while (!next.done) next = steps.next(answer(next.value));
  return next.value;
}

/** Answers each request when its rows have been read, here or elsewhere. */
export async function driveLater<Result>(steps: PassSteps<Result>, answer: (request: PassRequest) => Promise<PassSums>): Promise<Result> {
  let next = steps.next();
  while (!next.done) next = steps.next(await answer(next.value));
  return next.value;
}

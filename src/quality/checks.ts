import { InputError, describeReceived } from "../errors.ts";

/** Beyond this size squares and their sums could overflow. */
const LARGEST = 1e150;
/** Probabilities rounded to two decimals may miss a sum of 1 by this much for each class (and a rounding of doubles). */
const SUM_TOLERANCE = 0.005 + 1e-9;

/** A response and one prediction a row: equally long, at least two rows, every number finite. */
export function checkNumbers(call: string, response: Float64Array, predictions: Float64Array, numOutputs: number = 1): void {
  for (const [argument, values] of Object.entries({ response, predictions })) {
    // By tag and not by instanceof, so that arrays of another realm (a notebook, a test runner) pass.
    if (Object.prototype.toString.call(values) === "[object Float64Array]") continue;
    const mend = `Use Float64Array.from(${argument}).`;
    throw new InputError({ call, argument, expected: "a Float64Array", received: describeReceived(values), mend });
  }
  if (response.length < 2) {
    const mend = "Quality cannot be judged on fewer.";
    throw new InputError({ call, argument: "response", expected: "at least 2 rows", received: `${response.length}`, mend });
  }
  const wanted = response.length * numOutputs;
  if (predictions.length !== wanted) {
    throw new InputError({
      call,
      argument: "predictions",
      expected: `${wanted} numbers (${response.length} rows × ${numOutputs} output${numOutputs === 1 ? "" : "s"})`,
      received: `${predictions.length}`,
      mend: "Predict the same rows that the response comes from.",
    });
  }
  const expected = "finite numbers, at most 1e150 in size";
  checkEach(call, "response", response, 1, (value) => Math.abs(value) <= LARGEST, expected, "Leave out rows where it is missing.");
  checkEach(
    call,
    "predictions",
    predictions,
    numOutputs,
    (value) => Math.abs(value) <= LARGEST,
    expected,
    "Find out why the model gave this.",
  );
}

/** Responses 0 and 1, both present, with probabilities from 0 to 1. */
export function checkBinary(call: string, response: Float64Array, predictions: Float64Array): void {
  checkNumbers(call, response, predictions);
  const mend = "Code the event as 1 and its absence as 0.";
  checkEach(call, "response", response, 1, (value) => value === 0 || value === 1, "0 or 1 in every row", mend);
  checkProbabilities(call, predictions, 1);
  const first = response[0];
  if (response.every((value) => value === first)) {
    throw new InputError({
      call,
      argument: "response",
      expected: "a mix of 0 and 1",
      received: `${first} in all ${response.length} rows`,
      mend: "Use data that has rows with the event and rows without it.",
    });
  }
}

/** Class codes 0 … numOutputs − 1, two classes present at least, with rows of probabilities that sum to one. */
export function checkMulticlass(call: string, response: Float64Array, predictions: Float64Array, numOutputs: number): void {
  checkWhole(call, "numOutputs", numOutputs, 2, "Give the number of classes.");
  checkNumbers(call, response, predictions, numOutputs);
  const isClass = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < numOutputs;
  const mend = "Code each class as its position among the model's outputs.";
  checkEach(call, "response", response, 1, isClass, `a class from 0 to ${numOutputs - 1} in every row`, mend);
  checkProbabilities(call, predictions, numOutputs);
  checkRowSums(call, predictions, numOutputs);
  const first = response[0];
  if (response.every((value) => value === first)) {
    throw new InputError({
      call,
      argument: "response",
      expected: "a mix of classes",
      received: `class ${first} in all ${response.length} rows`,
      mend: "Use data that has rows of two classes at least.",
    });
  }
}

/** Finite numbers with a response that varies. */
export function checkRegression(call: string, response: Float64Array, predictions: Float64Array): void {
  checkNumbers(call, response, predictions);
  checkVaries(call, response);
}

/** Counts that vary, with positive means. */
export function checkCount(call: string, response: Float64Array, predictions: Float64Array): void {
  checkNumbers(call, response, predictions);
  checkEach(
    call,
    "response",
    response,
    1,
    (value) => value >= 0,
    "counts of 0 or more",
    "Give the counts themselves, not their logarithm.",
  );
  const mend = "Give the model's predictions on the response scale, not on the log scale.";
  checkEach(call, "predictions", predictions, 1, (value) => value >= 1 / LARGEST, "means above 0 (at least 1e-150)", mend);
  checkVaries(call, response);
}

function checkVaries(call: string, response: Float64Array): void {
  const first = response[0];
  if (response.some((value) => value !== first)) return;
  throw new InputError({
    call,
    argument: "response",
    expected: "numbers that differ",
    received: `${first} in all ${response.length} rows`,
    mend: "Nothing can be explained where nothing varies: use other data.",
  });
}

/** A whole number of at least `least`. */
export function checkWhole(call: string, argument: string, value: number, least: number, mend: string): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const bound = least === Number.MIN_SAFE_INTEGER ? "" : ` of at least ${least}`;
  throw new InputError({ call, argument, expected: `a whole number${bound}`, received: describeReceived(value), mend });
}

function checkProbabilities(call: string, predictions: Float64Array, numOutputs: number): void {
  const mend = "Give the model's predictions on the response scale, not its raw margin.";
  checkEach(call, "predictions", predictions, numOutputs, isProbability, "probabilities from 0 to 1", mend);
}

function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}

function checkRowSums(call: string, predictions: Float64Array, numOutputs: number): void {
  for (let start = 0; start < predictions.length; start += numOutputs) {
    let sum = 0;
    for (let k = 0; k < numOutputs; k++) sum += predictions[start + k];
    if (Math.abs(sum - 1) <= SUM_TOLERANCE * numOutputs) continue;
    throw new InputError({
      call,
      argument: "predictions",
      expected: "probabilities that sum to 1 in each row",
      received: `a sum of ${Number(sum.toPrecision(6))}`,
      where: `row ${start / numOutputs}`,
      mend: "Give one probability for each class, row after row.",
    });
  }
}

function checkEach(
  call: string,
  argument: string,
  values: Float64Array,
  numOutputs: number,
  isRight: (value: number) => boolean,
  expected: string,
  mend: string,
): void {
  const at = values.findIndex((value) => !isRight(value));
  if (at < 0) return;
  const row = Math.floor(at / numOutputs);
  const where = numOutputs === 1 ? `row ${row}` : `row ${row}, output ${at % numOutputs}`;
  throw new InputError({ call, argument, expected, received: describeReceived(values[at]), where, mend });
}

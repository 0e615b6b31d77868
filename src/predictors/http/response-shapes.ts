import { describeReceived, InputError, listNames } from "../../errors.ts";
import { flattenPredictions } from "../nested-numbers.ts";
import { excerpt } from "./service-error.ts";
import type { HttpResponse } from "./http-types.ts";

/** JSON out of an answer's body. @throws InputError saying what came instead: a page, NaN, half a text */
export function readJson(call: string, response: HttpResponse, body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    const page = /^\s*<(!doctype|html|\?xml)/i.test(body);
    // What Python's json.dumps writes, and JSON does not know. Words inside texts do not count.
    const notNumber = /\b(?:NaN|-?Infinity)\b/.exec(body.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
    const moved = response.redirected === true ? `, after a redirect to ${publicUrl(response.url ?? "")}` : "";
    throw new InputError({
      call,
      argument: "the service's answer",
      expected: "JSON",
      received: page
        ? `a page of HTML (${excerpt(body, 80)})${moved}`
        : notNumber
          ? `${notNumber[0]} in ${excerpt(body, 80)}`
          : excerpt(body, 80) + moved,
      mend: page
        ? "Check the URL: this looks like a sign-in or error page."
        : notNumber
          ? "The model returned a number that is none: see what it is given."
          : "Check the URL, and that the service answers in JSON.",
    });
  }
}

/** A URL as it may stand in a message: without user, password, query and fragment, where keys are kept. */
export function publicUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return "another address";
  }
}

/**
 * The predictions in what model servers answer: a bare list, `{ predictions: [...] }`, or `{ outputs: [{ shape, data }] }`; each row a
 * number or a list of numbers.
 * @throws InputError for other shapes, another number of rows, or what is not a number
 */
export function readAnswer(call: string, answer: unknown, numRows: number): ArrayLike<number> {
  if (Array.isArray(answer)) return flattenPredictions(call, answer, numRows, false);
  const { predictions, outputs } = (answer ?? {}) as { predictions?: unknown; outputs?: unknown };
  if (predictions !== undefined) return flattenPredictions(call, predictions, numRows, false);
  const [first] = Array.isArray(outputs) ? (outputs as { shape?: unknown; data?: unknown }[]) : [];
  if (first !== undefined && Array.isArray(outputs) && outputs.length === 1) {
    // Row-major, and flat: the shape tells how many rows there are.
    const rows: unknown = Array.isArray(first.shape) ? first.shape[0] : numRows;
    if (rows === numRows) return flattenPredictions(call, first.data, numRows, true);
  }
  const isObject = typeof answer === "object" && answer !== null;
  throw new InputError({
    call,
    argument: "the service's answer",
    expected: `a list of ${numRows} predictions, or { predictions: [...] }`,
    received: isObject ? `an object of ${listNames(Object.keys(answer))}` : describeReceived(answer),
    mend: "Take the predictions out with response: (answer) => answer.scores.",
  });
}

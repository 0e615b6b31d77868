import { refuseUnknownOptions } from "../../errors.ts";
import { toTable, type Table } from "../../table/index.ts";
import { cutRows, predictParts } from "../batches.ts";
import { checkNumber, checkPositions, checkWhole, refuse } from "../checks.ts";
import { Limiter } from "../limiter.ts";
import { flattenPredictions, type NestedNumbers } from "../nested-numbers.ts";
import { PredictionCheck } from "../prediction-check.ts";
import type { OutputOptions, Predictor } from "../predictor.ts";
import { HttpClient } from "./http-client.ts";
import { systemClock, type HttpClock, type HttpFetch } from "./http-types.ts";
import { RateLimit } from "./rate-limit.ts";
import { REQUEST_SHAPES, shapeRequest, writeBody, type RequestShape } from "./request-shapes.ts";
import { readAnswer } from "./response-shapes.ts";

/** Options of {@link httpPredictor}. */
export interface HttpPredictorOptions extends OutputOptions {
  /** The columns to send, in this order. @defaultValue those of the table */
  readonly columns?: readonly string[];
  /** The body: one of the shapes that model servers take, or what JSON is to be made of. @defaultValue "instances" */
  readonly request?: RequestShape | ((rows: Table) => unknown);
  /** Takes the predictions out of the parsed answer. @defaultValue a bare list, `predictions`, or `outputs[0].data` */
  readonly response?: (answer: never, rows: Table) => NestedNumbers;
  /** Sent with every request; a function is asked each time, for tokens that expire. */
  readonly headers?: Readonly<Record<string, string>> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** @defaultValue "POST" */
  readonly method?: "POST" | "PUT";
  /** Rows a request. @defaultValue 1000 */
  readonly batchSize?: number;
  /** Requests at once. @defaultValue 4 */
  readonly concurrency?: number;
  /** Requests a second, at most. @defaultValue no limit */
  readonly requestsPerSecond?: number;
  /** Milliseconds that one attempt may take. @defaultValue 30000 */
  readonly timeout?: number;
  /** Attempts after the first, where the service was away, too slow or too busy (408, 429, 5xx). @defaultValue 4 */
  readonly retries?: number;
  /** Milliseconds before the second attempt; doubled for each further one, and varied by chance. @defaultValue 500 */
  readonly retryDelay?: number;
  /** Milliseconds that no wait exceeds; a service that asks for more with `Retry-After` is given up. @defaultValue 60000 */
  readonly longestDelay?: number;
  /** Ends all requests of this predictor. */
  readonly signal?: AbortSignal;
  /** @defaultValue the platform's own */
  readonly fetch?: HttpFetch;
  /** @defaultValue the machine's own */
  readonly clock?: HttpClock;
  /** Varies the waits between attempts; predictions do not depend on it. @defaultValue Math.random */
  readonly random?: () => number;
}

const CALL = "httpPredictor";
const OPTIONS =
  "columns request response headers method batchSize concurrency requestsPerSecond timeout retries retryDelay longestDelay signal fetch clock random keepOutputs".split(
    " ",
  );

/**
 * Makes a function of a model behind HTTP that takes and returns JSON, for `kernelShap` and `exactShap`. Rows are sent `batchSize` at a time,
 * up to `concurrency` requests at once; their order, and so every result, is the same for any of these settings. Requests that fail for
 * a passing reason are sent again after exponentially growing waits; any other 4xx ends the work at once.
 * @returns a function from rows to rows × outputs numbers, row-major
 * @throws InputError for wrong options, and, when it is called, for an answer that is no JSON or not a finite number for each row and output;
 * {@link ServiceError} where the service refused or did not answer; the signal's reason when it was aborted
 * @example
 * const predict = httpPredictor("https://models.example.org/v1/models/churn:predict", {
 *   headers: () => ({ authorization: `Bearer ${token()}` }),
 *   response: (answer: { scores: number[] }) => answer.scores,
 * });
 * const explanation = await kernelShap(predict, { background }).explain(customers);
 */
export function httpPredictor(url: string | URL, options: HttpPredictorOptions = {}): Predictor {
  refuseUnknownOptions(CALL, options, OPTIONS);
  const client = makeClient(readUrl(url), options);
  const batchSize = checkWhole(CALL, "batchSize", options.batchSize ?? 1000, 1);
  const limiter = new Limiter(checkWhole(CALL, "concurrency", options.concurrency ?? 4, 1));
  const check = new PredictionCheck(CALL, checkPositions(CALL, "keepOutputs", options.keepOutputs));
  const makeBody = readRequest(options.request ?? "instances");
  const take = options.response as ((answer: unknown, rows: Table) => unknown) | undefined;
  if (take !== undefined && typeof take !== "function") {
    throw refuse(CALL, "response", "a function from the parsed answer to predictions", take, "Write (answer) => answer.scores.");
  }

  return async (batch, context = {}) => {
    const given = toTable(batch, CALL);
    const table = options.columns === undefined ? given : given.select(options.columns);
    const signals = [options.signal, context.signal].filter((signal) => signal !== undefined);
    const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
    return predictParts(cutRows(table.numRows, batchSize), limiter, signal, async ({ start, end }, stop) => {
      const rows = table.rows(start, end);
      const answer = await client.send(makeBody(rows), stop);
      const numRows = end - start;
      const found = take === undefined ? readAnswer(CALL, answer, numRows) : flattenPredictions(CALL, take(answer, rows), numRows, false);
      return check.read(found, numRows, start);
    });
  };
}

function readUrl(url: string | URL): string {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === "https:" || parsed.protocol === "http:") return parsed.href;
  } catch {
    // Said below, in our own words.
  }
  throw refuse(CALL, "url", "an absolute http or https URL", String(url), "Write it with its scheme: https://host/path.");
}

function readRequest(request: unknown): (rows: Table) => string {
  const shape = REQUEST_SHAPES.find((known) => known === request);
  if (shape !== undefined) return (rows) => writeBody(CALL, shapeRequest(shape, rows));
  if (typeof request === "function") return (rows) => writeBody(CALL, (request as (rows: Table) => unknown)(rows));
  const expected = `${REQUEST_SHAPES.map((known) => JSON.stringify(known)).join(", ")} or a function from rows to a body`;
  throw refuse(CALL, "request", expected, request, "Write (rows) => ({ data: rows.toRecords() }).");
}

function makeClient(url: string, options: HttpPredictorOptions): HttpClient {
  const { headers = {}, method = "POST", clock = systemClock, random = Math.random } = options;
  if (typeof headers !== "function" && (typeof headers !== "object" || headers === null)) {
    throw refuse(CALL, "headers", "an object of names and values, or a function that returns one", headers, "Leave it out for none.");
  }
  if (method !== "POST" && method !== "PUT") throw refuse(CALL, "method", '"POST" or "PUT"', method, "Leave it out for POST.");
  const fetch = options.fetch ?? (globalThis.fetch as HttpFetch | undefined);
  if (typeof fetch !== "function") throw refuse(CALL, "fetch", "a function like fetch", fetch, "Pass { fetch }.");
  const perSecond =
    options.requestsPerSecond === undefined ? Infinity : checkNumber(CALL, "requestsPerSecond", options.requestsPerSecond, 0, true);
  return new HttpClient({
    call: CALL,
    url,
    method,
    headers,
    fetch,
    clock,
    random,
    timeout: checkNumber(CALL, "timeout", options.timeout ?? 30_000, 0, true),
    retries: checkWhole(CALL, "retries", options.retries ?? 4, 0),
    retryDelay: checkNumber(CALL, "retryDelay", options.retryDelay ?? 500, 0),
    longestDelay: checkNumber(CALL, "longestDelay", options.longestDelay ?? 60_000, 0),
    rate: new RateLimit(perSecond, clock),
  });
}

import { InputError } from "../../errors.ts";
import { backoff, isPassing, readRetryAfter, type RetryPolicy } from "./retry.ts";
import { adviceFor, excerpt, ServiceError } from "./service-error.ts";
import { publicUrl, readJson } from "./response-shapes.ts";
import type { HttpClock, HttpFetch, HttpResponse } from "./http-types.ts";
import type { RateLimit } from "./rate-limit.ts";

/** How to reach a service. */
export interface HttpClientSettings extends RetryPolicy {
  readonly call: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  readonly fetch: HttpFetch;
  readonly clock: HttpClock;
  readonly rate: RateLimit;
}

/** One attempt's end: an answer, or why there was none. */
interface Attempt {
  readonly response?: HttpResponse;
  readonly body: string;
  readonly error?: unknown;
}

/** Sends JSON and returns JSON; tries again where that may help. */
export class HttpClient {
  readonly #settings: HttpClientSettings;

  constructor(settings: HttpClientSettings) {
    this.#settings = settings;
  }

  /** @throws ServiceError when no good answer came; the signal's reason when it is aborted; InputError for a good answer that is not JSON */
  async send(body: string, signal: AbortSignal): Promise<unknown> {
    const { rate, retries, longestDelay, clock, call } = this.#settings;
    for (let attempts = 1; ; attempts++) {
      await rate.wait(signal);
      signal.throwIfAborted();
      const attempt = await this.#try(body, signal);
      // An attempt that ended because the caller gave up is not a failure of the service.
      signal.throwIfAborted();
      const { response } = attempt;
      if (response !== undefined && response.status >= 200 && response.status < 300) return readJson(call, response, attempt.body);
      const passing = response === undefined || isPassing(response.status);
      const asked = response === undefined ? 0 : readRetryAfter(response.headers.get("retry-after"), clock);
      if (!passing || attempts > retries || asked > longestDelay) throw this.#giveUp(attempt, attempts, asked);
      // What the service asks for concerns all requests; our own caution this one alone.
      if (asked > 0) rate.pause(asked);
      await clock.sleep(Math.max(asked, backoff(this.#settings, attempts)), signal);
    }
  }

  async #try(body: string, signal: AbortSignal): Promise<Attempt> {
    const { call, url, method, headers, timeout, clock, fetch } = this.#settings;
    const all = {
      "content-type": "application/json",
      accept: "application/json",
      ...readHeaders(call, typeof headers === "function" ? await headers() : headers),
    };
    const ended = new AbortController();
    const late = new AbortController();
    const both = AbortSignal.any([signal, late.signal]);
    const tooLate = clock.sleep(timeout, AbortSignal.any([signal, ended.signal])).then(
      (): Attempt => {
        const error = new Error(`no answer within ${timeout} ms`);
        late.abort(error);
        return { body: "", error };
      },
      // An answer came, or the caller gave up: `send` looks into that.
      (): Attempt => ({ body: "" }),
    );
    const answered = (async (): Promise<Attempt> => {
      const response = await fetch(url, { method, headers: all, body, signal: both });
      return { response, body: await response.text() };
    })().catch((error: unknown): Attempt => ({ body: "", error }));
    try {
      return await Promise.race([answered, tooLate]);
    } finally {
      ended.abort();
    }
  }

  #giveUp({ response, body, error }: Attempt, attempts: number, asked: number): ServiceError {
    const { call, url, method, longestDelay } = this.#settings;
    const tries = attempts === 1 ? "" : ` after ${attempts} attempts`;
    const place = publicUrl(url);
    if (response === undefined) {
      const message = `${call}: ${method} ${place} failed${tries}: ${reasonOf(error)}. Check that the service runs and can be reached.`;
      return new ServiceError(message, { url: place, attempts }, error);
    }
    const { status, statusText } = response;
    const wait = asked > longestDelay ? ` It asks to wait ${Math.ceil(asked / 1000)} s, longer than longestDelay.` : "";
    const answer = `${status}${statusText === "" ? "" : ` ${statusText}`}`;
    const message = `${call}: ${method} ${place} was answered with ${answer}${tries}: ${excerpt(body)}.${wait} ${adviceFor(status)}`;
    return new ServiceError(message, { url: place, status, attempts });
  }
}

/**
 * The caller's headers, whose names are alike whatever their case: they replace ours.
 * @throws InputError for what no request can carry, which would look like a broken connection
 */
function readHeaders(call: string, headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Readonly<Record<string, unknown>>);
  for (const [name, value] of entries) {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === "string" && /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) continue;
    // The value may be a secret: it is not shown.
    throw new InputError({
      call,
      argument: "headers",
      expected: "names of letters, digits and hyphens with texts of Latin characters in one line",
      received: `another value for ${JSON.stringify(name)}`,
      mend: "Encode the value, or correct the name.",
    });
  }
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value as string]));
}

/** `fetch failed` alone says nothing: its cause says what failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? `${error.message} (${cause.message})` : error.message;
}

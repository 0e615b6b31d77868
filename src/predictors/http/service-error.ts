/** What is known about a request that failed for good. */
export interface ServiceFailure {
  /** Where it went, without credentials and query. */
  readonly url: string;
  /** The last answer's status; absent where none came. */
  readonly status?: number;
  /** How often it was tried. */
  readonly attempts: number;
}

/** A model behind HTTP did not answer, or refused. The message says what came, how often it was tried and what to do. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly failure: ServiceFailure;

  constructor(message: string, failure: ServiceFailure, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/** What to do about a status. */
export function adviceFor(status: number): string {
  if (status === 400 || status === 422) return "The service does not take rows in this shape: choose another with `request`.";
  if (status === 401 || status === 403) return "Send credentials in `headers`.";
  if (status === 404) return "Check the path of the URL and the model's name in it.";
  if (status === 405) return "The service does not take this method there: check the URL, or set `method`.";
  if (status === 413) return "Lower batchSize.";
  if (status === 415) return "The service does not take JSON, or wants another Content-Type in `headers`.";
  if (status === 408 || status === 504) return "Raise timeout, or lower batchSize.";
  if (status === 429) return "Lower concurrency, or set requestsPerSecond.";
  if (status >= 500) return "See the service's own log.";
  return "Check the URL.";
}

/** The start of a body, in one line. */
export function excerpt(body: string, most: number = 160): string {
  const line = body.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "an empty body";
  return JSON.stringify(line.length > most ? `${line.slice(0, most - 3)}...` : line);
}

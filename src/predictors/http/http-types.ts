/** The parts of a `Response` that are read. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly redirected?: boolean;
  readonly url?: string;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What is asked of `fetch`. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** `fetch`, or something that acts like it. */
export type HttpFetch = (url: string, request: HttpRequest) => Promise<HttpResponse>;

/** Time, so that tests need not wait. */
export interface HttpClock {
  /** Milliseconds since some fixed moment; since 1970 for `Retry-After` dates to be understood. */
  now(): number;
  /** Waits, unless the signal is aborted: then it is rejected with its reason. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: HttpClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, milliseconds);
      signal.addEventListener("abort", stop, { once: true });
    }),
};

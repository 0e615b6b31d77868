import { ServiceError, Table } from "../../src/index.ts";
import type { HttpFetch, HttpRequest } from "../../src/index.ts";

export const url = "https://models.test/v1/price:predict";
export const rows = Table.fromRecords([
  { age: 1, region: "north" },
  { age: 2, region: "south" },
  { age: 3, region: null },
]);

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A service that gives these answers one after another, the last one for ever. */
export function service(...answers: (Answer | Error)[]): { fetch: HttpFetch; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const fetch: HttpFetch = async (_, request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    if (answer instanceof Error) throw answer;
    const { status = 200, headers = {}, body = "" } = answer;
    return { status, statusText: "", headers: { get: (name) => headers[name] ?? null }, text: async () => body };
  };
  return { fetch, requests };
}

export const good: Answer = { body: '{"predictions": [1, 2, 3]}' };

/** The ServiceError that a promise must be rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw error ?? new Error("the promise was expected to be rejected");
}

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exactShap, httpPredictor, Table } from "../../../src/index.ts";
import type { HttpFetch } from "../../../src/index.ts";
import { failureOf, good, rows, service, url, type Answer } from "../../support/http-service.ts";
import { ManualClock } from "../../support/manual-clock.ts";

describe("when httpPredictor tries again", () => {
  test.each([408, 429, 500, 502, 503, 504])("after %d, with waits that double and vary", async (status) => {
    const { fetch, requests } = service({ status }, { status }, { status }, good);
    const clock = new ManualClock();
    const draws = [0, 0.5, 1];
    const predict = httpPredictor(url, { fetch, clock, random: () => draws.shift() ?? 0, retryDelay: 100 });
    expect(Array.from(await predict(rows))).toEqual([1, 2, 3]);
    expect(requests).toHaveLength(4);
    // The waits of 30 s are the limits of the attempts.
    expect(clock.waits.filter((wait) => wait < 30_000)).toEqual([50, 150, 400]);
  });

  test("after a connection that broke, and after no answer in time", async () => {
    const { fetch, requests } = service(new TypeError("fetch failed"), good);
    expect(await httpPredictor(url, { fetch, clock: new ManualClock() })(rows)).toHaveLength(3);
    expect(requests).toHaveLength(2);
    let slow = 2;
    const never: HttpFetch = (where, request) => (slow-- > 0 ? new Promise(() => {}) : service(good).fetch(where, request));
    const clock = new ManualClock();
    expect(await httpPredictor(url, { fetch: never, clock, timeout: 250 })(rows)).toHaveLength(3);
    expect(clock.waits.filter((wait) => wait === 250)).toHaveLength(3);
  });

  test.each([
    ["7", 7000],
    [new Date(9000).toUTCString(), 9000],
  ])("no earlier than Retry-After: %s asks", async (header, wait) => {
    const { fetch } = service({ status: 429, headers: { "retry-after": header } }, good);
    const clock = new ManualClock();
    await httpPredictor(url, { fetch, clock })(rows);
    expect(clock.time).toBe(wait);
  });

  test("never later than longestDelay, and not at all where more is asked", async () => {
    const busy: Answer = { status: 503, headers: { "retry-after": "120" }, body: "down for repair" };
    const { message, failure } = await failureOf(httpPredictor(url, { fetch: service(busy).fetch, clock: new ManualClock() })(rows));
    expect(message).toBe(
      `httpPredictor: POST ${url} was answered with 503: "down for repair". It asks to wait 120 s, longer than longestDelay. See the service's own log.`,
    );
    expect(failure).toEqual({ url, status: 503, attempts: 1 });
    const clock = new ManualClock();
    const { fetch } = service({ status: 503 });
    await failureOf(httpPredictor(url, { fetch, clock, retries: 6, longestDelay: 1000, random: () => 1 })(rows));
    expect(clock.waits.filter((wait) => wait <= 1000)).toEqual([500, 1000, 1000, 1000, 1000, 1000]);
  });

  test("not after the last of its attempts, and says why", async () => {
    const { fetch, requests } = service({ status: 500, body: "Traceback\n  ValueError: bad input" });
    const { message, failure } = await failureOf(httpPredictor(url, { fetch, clock: new ManualClock(), retries: 2 })(rows));
    expect(message).toBe(
      `httpPredictor: POST ${url} was answered with 500 after 3 attempts: "Traceback ValueError: bad input". See the service's own log.`,
    );
    expect(failure).toEqual({ url, status: 500, attempts: 3 });
    expect(requests).toHaveLength(3);
  });

  test.each([
    [400, "The service does not take rows in this shape: choose another with `request`."],
    [401, "Send credentials in `headers`."],
    [403, "Send credentials in `headers`."],
    [404, "Check the path of the URL and the model's name in it."],
    [405, "The service does not take this method there: check the URL, or set `method`."],
    [413, "Lower batchSize."],
    [415, "The service does not take JSON, or wants another Content-Type in `headers`."],
    [422, "The service does not take rows in this shape: choose another with `request`."],
    [501, "See the service's own log."],
  ])("never after %d", async (status, advice) => {
    const { fetch, requests } = service({ status, body: "no" }, good);
    const { message, failure } = await failureOf(httpPredictor(url, { fetch })(rows));
    expect(message).toBe(`httpPredictor: POST ${url} was answered with ${status}: "no". ${advice}`);
    expect(failure).toEqual({ url, status, attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test("and keeps what is secret in a URL out of messages", async () => {
    const { fetch } = service({ status: 404 });
    const { message } = await failureOf(httpPredictor("https://user:pass@models.test/v1?key=secret#x", { fetch })(rows));
    expect(message).toContain("POST https://models.test/v1 was answered with 404: an empty body.");
    const broken = service(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }));
    const { message: why, cause } = await failureOf(httpPredictor(url, { fetch: broken.fetch, retries: 0 })(rows));
    expect(why).toBe(
      `httpPredictor: POST ${url} failed: fetch failed (connect ECONNREFUSED). Check that the service runs and can be reached.`,
    );
    expect(cause).toBeInstanceOf(TypeError);
  });
});

describe("how fast httpPredictor goes", () => {
  test("no more requests at once than allowed, and the same results whatever that is", async () => {
    const many = Table.fromColumns({ a: Array.from({ length: 40 }, (_, i) => i) });
    for (const concurrency of [1, 3]) {
      let open = 0;
      let most = 0;
      const fetch: HttpFetch = async (_, { body }) => {
        most = Math.max(most, ++open);
        const { instances } = JSON.parse(body) as { instances: { a: number }[] };
        // Later rows are answered first.
        await new Promise((resolve) => setTimeout(resolve, 8 - instances[0].a / 5));
        open--;
        const text = JSON.stringify(instances.map(({ a }) => a * a));
        return { status: 200, statusText: "OK", headers: { get: () => null }, text: async () => text };
      };
      const found = await httpPredictor(url, { fetch, concurrency, batchSize: 7 })(many);
      expect(Array.from(found)).toEqual(Array.from({ length: 40 }, (_, i) => i * i));
      expect(most).toBe(concurrency);
    }
  });

  test("no more requests a second than allowed", async () => {
    const clock = new ManualClock();
    const times: number[] = [];
    const fetch: HttpFetch = async (...given) => {
      times.push(clock.now());
      return service({ body: "[1]" }).fetch(...given);
    };
    await httpPredictor(url, { fetch, clock, batchSize: 1, requestsPerSecond: 4 })(rows);
    expect(times).toEqual([0, 250, 500]);
  });

  test("all requests pause when the service asks one to", async () => {
    const clock = new ManualClock();
    const times: number[] = [];
    const fetch: HttpFetch = async (...given) => {
      times.push(clock.now());
      const busy = times.length === 1;
      return service(busy ? { status: 429, headers: { "retry-after": "5" } } : { body: "[1]" }).fetch(...given);
    };
    await httpPredictor(url, { fetch, clock, batchSize: 1, concurrency: 1, retryDelay: 0 })(rows.rows(0, 2));
    expect(times).toEqual([0, 5000, 5000]);
  });

  test("and stops at once when told to, by either signal, also while it waits", async () => {
    for (const mine of [true, false]) {
      const stop = new AbortController();
      const fetch: HttpFetch = () => new Promise(() => {});
      const predict = httpPredictor(url, { fetch, ...(mine ? { signal: stop.signal } : {}) });
      const running = predict(rows, mine ? {} : { signal: stop.signal });
      setTimeout(() => stop.abort(new Error("enough")), 5);
      await expect(running).rejects.toThrow("enough");
      await expect(predict(rows, mine ? {} : { signal: stop.signal })).rejects.toThrow("enough");
    }
    const stop = new AbortController();
    const { fetch } = service({ status: 503 });
    const waiting = httpPredictor(url, { fetch, retryDelay: 60_000 })(rows, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 5);
    await expect(waiting).rejects.toThrow("enough");
  });

  test("and asks for no more once one request has failed", async () => {
    const { fetch, requests } = service({ status: 400 });
    await failureOf(httpPredictor(url, { fetch, batchSize: 1, concurrency: 1 })(rows));
    expect(requests).toHaveLength(1);
  });
});

describe("httpPredictor against a server", () => {
  let server: Server;
  let base = "";
  let seen = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void readBody(request).then((body) => {
        seen++;
        const { instances } = JSON.parse(body) as { instances: { a: number; b: number }[] };
        if (request.url === "/flaky" && seen % 3 === 1) return response.writeHead(503, { "retry-after": "0" }).end("busy");
        if (request.url === "/slow") return setTimeout(() => response.end("[]"), 5000).unref();
        response.writeHead(200, { "content-type": "application/json" });
        return response.end(JSON.stringify({ predictions: instances.map(({ a, b }) => a * b) }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("explains a model that is only there, and now and then too busy", async () => {
    const predict = httpPredictor(`${base}/flaky`, { batchSize: 3, retryDelay: 1 });
    const background = Table.fromColumns({ a: [0, 1, 2], b: [1, 1, 4] });
    const rowsToExplain = Table.fromColumns({ a: [3], b: [5] });
    const explanation = await exactShap(predict, { background }).explain(rowsToExplain);
    const here = await exactShap((batch) => batch.toRecords().map(({ a, b }) => Number(a) * Number(b)), { background }).explain(
      rowsToExplain,
    );
    expect(Array.from(explanation.values)).toEqual(Array.from(here.values));
  });

  test("gives up on an answer that does not come", async () => {
    const { message } = await failureOf(httpPredictor(`${base}/slow`, { timeout: 30, retries: 1, retryDelay: 1 })([{ a: 1, b: 1 }]));
    expect(message).toBe(
      `httpPredictor: POST ${base}/slow failed after 2 attempts: no answer within 30 ms. Check that the service runs and can be reached.`,
    );
  });

  test("says what the connection said", async () => {
    const { message } = await failureOf(httpPredictor("http://127.0.0.1:9/predict", { retries: 0 })([{ a: 1, b: 1 }]));
    expect(message).toMatch(/^httpPredictor: POST http:\/\/127\.0\.0\.1:9\/predict failed: fetch failed \(.+\)\. Check that/);
  });
});

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

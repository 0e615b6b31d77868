import { describe, expect, test } from "vitest";
import { httpPredictor, Table } from "../../../src/index.ts";
import type { HttpPredictorOptions } from "../../../src/index.ts";
import { good, rows, service, url } from "../../support/http-service.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { messageOf } from "../../support/message-of.ts";
import { rejectionOf } from "../../support/rejection-of.ts";

describe("what httpPredictor sends", () => {
  test.each<[HttpPredictorOptions["request"], unknown]>([
    [
      undefined,
      {
        instances: [
          { age: 1, region: "north" },
          { age: 2, region: "south" },
          { age: 3, region: null },
        ],
      },
    ],
    [
      "rows",
      {
        instances: [
          [1, "north"],
          [2, "south"],
          [3, null],
        ],
      },
    ],
    [
      "dataframe_records",
      {
        dataframe_records: [
          { age: 1, region: "north" },
          { age: 2, region: "south" },
          { age: 3, region: null },
        ],
      },
    ],
    [
      "dataframe_split",
      {
        dataframe_split: {
          columns: ["age", "region"],
          data: [
            [1, "north"],
            [2, "south"],
            [3, null],
          ],
        },
      },
    ],
    ["tensor", { inputs: [{ name: "input-0", shape: [3, 2], datatype: "FP64", data: [1, "north", 2, "south", 3, null] }] }],
    [(table) => ({ n: table.numRows, ages: (table.column("age") as { values: Float64Array }).values }), { n: 3, ages: [1, 2, 3] }],
  ])("request %s", async (request, expected) => {
    const { fetch, requests } = service(good);
    await httpPredictor(url, { fetch, ...(request === undefined ? {} : { request }) })(rows);
    expect(JSON.parse(requests[0].body)).toEqual(expected);
  });

  test("the columns asked for, in their order", async () => {
    const { fetch, requests } = service(good);
    await httpPredictor(url, { fetch, columns: ["region", "age"], request: "rows" })(rows);
    expect(JSON.parse(requests[0].body)).toEqual({
      instances: [
        ["north", 1],
        ["south", 2],
        [null, 3],
      ],
    });
  });

  test("headers, asked for anew each time, over its own", async () => {
    const { fetch, requests } = service({ status: 503 }, good);
    let token = 0;
    const headers = () => ({ Authorization: `Bearer ${++token}`, Accept: "application/vnd.test+json" });
    await httpPredictor(new URL(url), { fetch, headers, clock: new ManualClock(), method: "PUT" })(rows);
    expect(requests.map(({ headers: sent }) => sent.authorization)).toEqual(["Bearer 1", "Bearer 2"]);
    expect(requests[0].headers).toEqual({
      "content-type": "application/json",
      accept: "application/vnd.test+json",
      authorization: "Bearer 1",
    });
    expect(requests[0].method).toBe("PUT");
  });

  test.each<[Record<string, unknown>, string]>([
    [{ authorization: "Bearer \u2026" }, "authorization"],
    [{ "x-key": "one\ntwo" }, "x-key"],
    [{ "x key": "one" }, "x key"],
    [{ "x-key": 7 }, "x-key"],
  ])("no headers that none can carry: %j", async (headers, name) => {
    const { fetch, requests } = service(good);
    expect(await rejectionOf(httpPredictor(url, { fetch, headers: () => headers as Record<string, string> })(rows))).toBe(
      `httpPredictor: headers must be names of letters, digits and hyphens with texts of Latin characters in one line; got another value for "${name}". Encode the value, or correct the name.`,
    );
    expect(requests).toEqual([]);
  });

  test("no infinite numbers, of which JSON would make null", async () => {
    const { fetch } = service(good);
    expect(await rejectionOf(httpPredictor(url, { fetch })(Table.fromColumns({ a: [1, Infinity] })))).toBe(
      'httpPredictor: the request must be made of finite numbers; got Infinity at "a". Bound the column, or make it missing.',
    );
  });
});

describe("what httpPredictor reads", () => {
  test.each([
    ["[1, 2, 3]", [1, 2, 3]],
    ['{"predictions": [[1, 10], [2, 20], [3, 30]]}', [1, 10, 2, 20, 3, 30]],
    ['{"outputs": [{"shape": [3, 2], "data": [1, 10, 2, 20, 3, 30]}]}', [1, 10, 2, 20, 3, 30]],
    ['{"outputs": [{"data": [[1], [2], [3]]}]}', [1, 2, 3]],
  ])("%s", async (body, expected) => {
    const { fetch } = service({ body });
    expect(Array.from(await httpPredictor(url, { fetch })(rows))).toEqual(expected);
  });

  test("what a function takes out of the answer", async () => {
    const { fetch } = service({ body: '{"scores": [{"p": 1}, {"p": 2}, {"p": 3}]}' });
    const response = (answer: { scores: { p: number }[] }) => answer.scores.map(({ p }) => p);
    expect(Array.from(await httpPredictor(url, { fetch, response })(rows))).toEqual([1, 2, 3]);
  });

  test.each([
    ["[1, 2]", "the model's predictions must be a list of 3 rows; got 2."],
    ["[1, 2, 3, 4, 5, 6]", "the model's predictions must be a list of 3 rows; got 6."],
    ["[[1], [2], [3, 4]]", "the model's predictions must be 1 a row, as in row 0; got 2 at row 2."],
    ["[1, null, 3]", "the model's predictions must be numbers, or lists of numbers; got null at row 1."],
    ['[1, "2", 3]', 'the model\'s predictions must be numbers, or lists of numbers; got "2" at row 1.'],
    ['[{"p": 1}, {"p": 2}, {"p": 3}]', "got an object of type Object at row 0. Take the numbers out of the answer"],
    ['{"scores": [1, 2, 3]}', 'got an object of "scores". Take the predictions out with response: (answer) => answer.scores.'],
    ['{"outputs": [{"shape": [2, 3], "data": [1, 2, 3, 4, 5, 6]}]}', 'got an object of "outputs".'],
    ["7", "the service's answer must be a list of 3 predictions, or { predictions: [...] }; got 7."],
    ["[1, NaN, 3]", 'the service\'s answer must be JSON; got NaN in "[1, NaN, 3]". The model returned a number that is none'],
    ["[1, 1e999, 3]", "the model's predictions must be finite numbers; got Infinity at row 1, output 0."],
    ["", "the service's answer must be JSON; got an empty body."],
    ['{"predictions": [1, 2', 'the service\'s answer must be JSON; got "{\\"predictions\\": [1, 2".'],
    ["<!DOCTYPE html>\n<html><title>Sign in</title>", 'got a page of HTML ("<!DOCTYPE html> <html><title>Sign in</title>"). Check the URL'],
  ])("and what it makes of %s", async (body, expected) => {
    const { fetch } = service({ body });
    expect(await rejectionOf(httpPredictor(url, { fetch })(rows))).toContain(expected);
  });

  test("nothing that changes its number of outputs on the way", async () => {
    const { fetch } = service({ body: "[[1, 2]]" }, { body: "[[1, 2]]" }, { body: "[[1]]" });
    expect(await rejectionOf(httpPredictor(url, { fetch, batchSize: 1, concurrency: 1 })(rows))).toBe(
      "httpPredictor: the model's predictions must be 2 a row, as before; got 1 a row. Return rows × outputs numbers, row after row.",
    );
  });
});

describe("httpPredictor refuses", () => {
  test.each([
    ["/predict", {}, 'url must be an absolute http or https URL; got "/predict". Write it with its scheme: https://host/path.'],
    ["ftp://models.test", {}, "url must be an absolute http or https URL"],
    [url, { request: "csv" }, 'request must be "instances", "rows", "dataframe_records", "dataframe_split", "tensor" or a function'],
    [url, { response: "scores" }, 'response must be a function from the parsed answer to predictions; got "scores".'],
    [url, { headers: "Bearer" }, "headers must be an object of names and values"],
    [url, { method: "GET" }, 'method must be "POST" or "PUT"; got "GET".'],
    [url, { timeout: 0 }, "timeout must be a finite number above 0; got 0."],
    [url, { retries: -1 }, "retries must be a whole number from 0; got -1."],
    [url, { concurrency: 0 }, "concurrency must be a whole number from 1; got 0."],
    [url, { requestsPerSecond: 0 }, "requestsPerSecond must be a finite number above 0; got 0."],
    [url, { retryDelay: NaN }, "retryDelay must be a finite number from 0; got NaN."],
    [url, { fetch: 1 }, "fetch must be a function like fetch; got 1."],
    [url, { batchsize: 1 }, 'got "batchsize".'],
  ])("%s %j", (where, options, expected) => {
    expect(messageOf(() => httpPredictor(where, options as never))).toContain(expected);
  });
});

import { describe, expect, it } from "vitest";
import { estimateFromError, wilsonInterval } from "../../../src/quality/interval.ts";
import { messageOf } from "./expect-close.ts";

describe("wilsonInterval", () => {
  it("reaches 0 and 1 exactly when no row or every row has the event", () => {
    expect(wilsonInterval(0, 7).low).toBe(0);
    expect(wilsonInterval(7, 7).high).toBe(1);
  });

  it.each([
    [1, 0, "total must be a whole number of at least 1; got 0. Give the number of rows."],
    [1, 2.5, "total must be a whole number of at least 1; got 2.5. Give the number of rows."],
    [3, 2, "events must be a whole number from 0 to total (2); got 3. Give the number of rows with the event."],
    [-1, 2, "events must be a whole number from 0 to total (2); got -1. Give the number of rows with the event."],
    [0.5, 2, "events must be a whole number from 0 to total (2); got 0.5. Give the number of rows with the event."],
  ])("refuses %d in %d", (events, total, message) => {
    expect(messageOf(() => wilsonInterval(events, total))).toBe(`InputError: wilsonInterval: ${message}`);
  });
});

describe("estimateFromError", () => {
  it("cuts the interval at the bounds", () => {
    expect(estimateFromError(0.5, 1, "m", 0, 1).interval).toEqual({ low: 0, high: 1, level: 0.95, method: "m" });
  });

  it("gives no interval without spread", () => {
    expect(estimateFromError(2, 0, "m")).toEqual({ value: 2, standardError: 0, interval: null });
    expect(estimateFromError(2, null, "m")).toEqual({ value: 2, standardError: null, interval: null });
  });
});

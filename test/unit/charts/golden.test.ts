import { expect, test } from "vitest";
import { everyChart } from "./every-chart.ts";

/** Numbers to four significant digits: no reader of a chart sees more, and other machines may differ beyond. */
function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}

const specs = everyChart({}, 30);

test.each(Object.keys(specs))("%s is as it was", async (name) => {
  await expect(`${JSON.stringify(specs[name], roundNumbers, 1)}\n`).toMatchFileSnapshot(`../../golden/charts/${name}.vl.json`);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fitGam } from "../../../../src/models/index.ts";
import { toColumns, type JsonColumns } from "../../glm-cases.ts";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
const valleys = read("valleys/valleys.json") as { data: string; formula: string; criterion: number; edf: readonly number[] };
const { data } = read(valleys.data) as { data: JsonColumns };

/** A smoothing parameter that all but stands at infinity leaves mgcv's degrees of freedom so far behind. */
const AT_INFINITY = 1e-3;

test("of two valleys of the restricted likelihood the deeper one counts, where no term was smoothed away on the way", () => {
  const model = fitGam(valleys.formula, toColumns(data));
  expect(model.criterion).toBeLessThanOrEqual(valleys.criterion + 1e-6);
  model.smooths.forEach(({ effectiveDegreesOfFreedom }, k) =>
    expect(Math.abs(effectiveDegreesOfFreedom - valleys.edf[k])).toBeLessThan(AT_INFINITY),
  );
});

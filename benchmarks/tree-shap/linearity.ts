import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { View, parse } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { treeShap } from "vitrine/shap";
import type { TreeEnsemble } from "vitrine/trees";
import { median } from "../median.ts";
import type { Plan } from "./cases.ts";
import { countLeaves, firstRows, openLightgbm, readDoubles, readLightgbm } from "./models.ts";
import type { Peer } from "./peers.ts";
import type { LinearitySeries } from "./results.ts";
import { clock } from "./rounds.ts";

const ROUNDS = 7;
/** Rows where another size varies. */
const ROWS = 2000;

/** Vitrine's time against rows, trees and leaves, all else equal; the sizes of a series take turns. */
export async function runLinearity(peer: Peer, { linearity: { rows, trees, leaves }, pathDependent }: Plan): Promise<LinearitySeries[]> {
  const [first] = pathDependent;
  const one = await openLightgbm(peer, first);
  const whole = await openLightgbm(peer, trees, trees.cuts);
  const fewer = trees.cuts.map((cut) => readLightgbm(`${trees.name}-${cut}`));
  const shapes: TreeEnsemble[] = [];
  for (const shape of leaves) shapes.push(await openLightgbm(peer, shape));
  return [
    series(
      "rows",
      rows.map((count) => ({ size: count, ensemble: one, numRows: count })),
    ),
    series(
      "trees",
      [...fewer, whole].map((ensemble) => ({ size: ensemble.numTrees, ensemble, numRows: ROWS })),
    ),
    series(
      "leaves",
      shapes.map((ensemble) => ({ size: countLeaves(ensemble), ensemble, numRows: ROWS })),
    ),
  ];
}

function series(
  size: LinearitySeries["size"],
  cases: readonly { readonly size: number; readonly ensemble: TreeEnsemble; readonly numRows: number }[],
): LinearitySeries {
  const cells = readDoubles("explained.x");
  const works = cases.map(({ ensemble, numRows }) => {
    const explainer = treeShap(ensemble);
    const data = firstRows(cells, numRows);
    const work = (): void => void explainer.explain(data);
    work();
    return { work, seconds: [] as number[] };
  });
  for (let round = 0; round < ROUNDS; round++) for (const { work, seconds } of works) seconds.push(clock(work));
  const points = works.map(({ seconds }, i) => ({ size: cases[i].size, milliseconds: median(seconds) * 1000 }));
  return { size, points, exponent: slope(points.map((point) => [Math.log(point.size), Math.log(point.milliseconds)])) };
}

function slope(points: readonly (readonly number[])[]): number {
  const mean = (at: number): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return across / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

/** Draws the series beside the line of exact proportion. */
export async function drawLinearity(all: readonly LinearitySeries[], file: string): Promise<void> {
  const values = all.flatMap(({ size, points: [first, ...rest] }) =>
    [first, ...rest].map((point) => ({ series: size, size: point.size / first.size, time: point.milliseconds / first.milliseconds })),
  );
  const most = Math.max(...values.map((point) => point.size));
  const x = { field: "size", type: "quantitative", scale: { type: "log", base: 2 }, axis: { title: "size ÷ smallest size" } } as const;
  const y = { field: "time", type: "quantitative", scale: { type: "log", base: 2 }, axis: { title: "time ÷ its time" } } as const;
  const spec: TopLevelSpec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 420,
    height: 300,
    background: "white",
    layer: [
      {
        data: { values: [1, most].map((size) => ({ size, time: size })) },
        mark: { type: "line", strokeDash: [4, 4], color: "#999999", strokeWidth: 1 },
        encoding: { x, y },
      },
      {
        data: { values },
        mark: { type: "line", point: { size: 50 } },
        encoding: { x, y, color: { field: "series", type: "nominal", title: "against", sort: ["rows", "trees", "leaves"] } },
      },
    ],
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, `${svg}\n`);
}

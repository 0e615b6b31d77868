import type { TopLevelSpec } from "vega-lite";

/** The data of a chart's rows, as plain objects. */
export function readRows(spec: TopLevelSpec): Record<string, unknown>[] {
  return (spec as unknown as { data: { values: Record<string, unknown>[] } }).data.values;
}

/** The dots of a chart: the data of its layers of circles that are not its legend. */
export function readDots(spec: TopLevelSpec): Record<string, unknown>[] {
  const { layer } = spec as unknown as { layer: { mark: { type: string }; data?: { values: Record<string, unknown>[] } }[] };
  return layer
    .filter(({ mark }) => mark.type === "circle")
    .flatMap(({ data }) => data?.values ?? [])
    .filter((dot) => "amount" in dot);
}

/** The points of a chart's line. */
export function readLine(spec: TopLevelSpec): Record<string, unknown>[] {
  const { layer } = spec as unknown as { layer: { mark: { type: string }; data?: { values: Record<string, unknown>[] } }[] };
  return layer.find(({ mark }) => mark.type === "line")?.data?.values ?? [];
}

/** What stands above a chart: its heading and the note below it. */
export function readHeading(spec: TopLevelSpec): { title: string; note: string } {
  const { title } = spec as unknown as { title: { text: string[]; subtitle?: string[] } };
  return { title: title.text.join(" "), note: (title.subtitle ?? []).join(" ") };
}

interface DrawnLayer {
  readonly mark: { readonly type: string };
  readonly data?: { readonly values: Record<string, unknown>[] };
  readonly encoding: Record<"x" | "y", { readonly scale: { readonly domain: readonly [number, number] } }>;
}

function layersOf(spec: TopLevelSpec): readonly DrawnLayer[] {
  return (spec as unknown as { layer: readonly DrawnLayer[] }).layer;
}

/** The first layer of a type of mark. */
export function layerOf(spec: TopLevelSpec, type: string): DrawnLayer {
  const found = layersOf(spec).find(({ mark }) => mark.type === type);
  if (!found) throw new Error(`no layer of ${type}`);
  return found;
}

/** The data of all layers that have this field, each datum once. */
export function readLayer(spec: TopLevelSpec, field: string): Record<string, unknown>[] {
  return [...new Set(layersOf(spec).flatMap(({ data }) => data?.values ?? []))].filter((datum) => field in datum);
}

import type { TermEffect } from "../models/index.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { pickEvenly } from "./thin.ts";

/** The partial residuals that a chart shows. */
export interface ShownResiduals {
  /** In the units of the axes. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** How many there are. */
  readonly all: number;
  /** How many of those that were to be shown lie beyond the axes. */
  readonly beyond: number;
}

/** This share at each end does not decide what the axis covers. */
const tail = 0.01;

/** The effects that the axis is to cover so that all but the farthest partial residuals are seen; null without residuals. */
export function coverResiduals({ residuals }: TermEffect): readonly [number, number] | null {
  if (residuals === undefined || residuals.y.length === 0) return null;
  const sorted = Float64Array.from(residuals.y).sort();
  const last = sorted.length - 1;
  return [sorted[Math.floor(tail * last)], sorted[Math.ceil((1 - tail) * last)]];
}

/** At most `most` of the residuals within the axes: an even pick over the values, in each neighbourhood over the heights. */
export function pickResiduals({ residuals }: TermEffect, { x, y }: PlaneLayout, most: number): ShownResiduals {
  if (residuals === undefined) return { dots: [], all: 0, beyond: 0 };
  const [[first, end], [bottom, top]] = [x.scale.domain, y.scale.domain];
  const dots = residuals.x.map((value, row) => ({ x: value, y: residuals.y[row] }));
  const within = dots.filter((dot) => dot.x >= first && dot.x <= end && dot.y >= bottom && dot.y <= top);
  const picked = sortByStrips(within, first, end);
  return { dots: pickEvenly(picked.length, most).map((k) => picked[k]), all: dots.length, beyond: dots.length - within.length };
}

const strips = 40;

/** Up one strip of the axis and down the next. */
function sortByStrips<Dot extends { readonly x: number; readonly y: number }>(dots: readonly Dot[], first: number, end: number): Dot[] {
  const stripOf = ({ x }: Dot): number => Math.floor((strips * (x - first)) / (end - first));
  return [...dots].sort((a, b) => stripOf(a) - stripOf(b) || (stripOf(a) % 2 === 0 ? a.y - b.y : b.y - a.y) || a.x - b.x);
}

/** The residuals as quiet dots. */
export function drawResiduals({ palette }: Look, { dots }: ShownResiduals, { x, y }: PlaneLayout): Layer[] {
  if (dots.length === 0) return [];
  return [
    {
      data: { values: [...dots] },
      mark: { type: "circle", aria: false, clip: true, size: 9, opacity: 0.5, color: palette.others },
      encoding: { x: { field: "x", ...x }, y: { field: "y", ...y } },
    },
  ];
}

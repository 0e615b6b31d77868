import { tips } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { rowPosition } from "./row-layout.ts";
import type { RowLayout } from "./row-layout.ts";

/**
 * Bars from `datum.from` to `datum.to` along `x` in the colours of raising and lowering, the others together in grey, each with
 * `datum.text` beyond its end. Each datum also holds `rank`, `amount` (to - from), `quiet` and `tip`.
 */
export function signedBars(look: Look, layout: RowLayout, x: AxisChannel): Layer[] {
  const { palette } = look;
  const y = rowPosition();
  const text = (filter: string, align: "left" | "right"): Layer => ({
    transform: [{ filter }],
    mark: { type: "text", aria: false, align, xOffset: align === "left" ? 6 : -6, yOffset: layout.markShift },
    encoding: { y, x: { field: "to", ...x }, text: { field: "text", type: "nominal" } },
  });
  const bars: Layer = {
    mark: { type: "bar", size: 16, cornerRadiusEnd: 2, yOffset: layout.markShift },
    encoding: {
      y,
      x: { field: "from", ...x },
      x2: { field: "to" },
      color: {
        condition: [
          { test: "datum.quiet", value: palette.others },
          { test: "datum.amount < 0", value: palette.lowers },
        ],
        value: palette.raises,
      },
      ...tips,
    },
  };
  return [bars, text("datum.amount >= 0", "left"), text("datum.amount < 0", "right")];
}

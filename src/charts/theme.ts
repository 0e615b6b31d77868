import type { Config } from "vega-lite";

/** Which ground a chart is read on: `light` (white card) or `dark` (#161b21 card). */
export type Theme = "light" | "dark";

/** The colours of one theme. Marks stand out from the ground by at least 3:1, text by at least 4.5:1. */
export interface Palette {
  /** The card that the transparent chart lies on; nothing is painted in it but halos. */
  readonly ground: string;
  /** Names and values. */
  readonly ink: string;
  /** Notes, axis labels, the zero line. */
  readonly quiet: string;
  /** Grid lines: decoration, so without a contrast to keep. */
  readonly grid: string;
  /** What raises the prediction. */
  readonly raises: string;
  /** What lowers the prediction. */
  readonly lowers: string;
  /** Size without direction. */
  readonly accent: string;
  /** Others together, and dots without an order: categories and missing values. */
  readonly others: string;
  /** From low to high values of a feature; the high end stands out most from the ground. */
  readonly ramp: readonly string[];
  /** Categories without an order. */
  readonly categories: readonly string[];
  /** From a little to a lot above no effect, for areas: far from the ground only at the far end. */
  readonly above: readonly string[];
  /** From a little to a lot below no effect, for areas. */
  readonly below: readonly string[];
}

/**
 * The colours by theme. Every colour has its counterpart in the other theme at the same place.
 * Raising and lowering are vermillion and blue of the palette that people with any colour vision tell apart.
 * @see Okabe and Ito (2008), Color Universal Design, https://jfly.uni-koeln.de/color/
 */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: "#ffffff",
    ink: "#1b1f24",
    quiet: "#5b6570",
    grid: "#e3e6ea",
    raises: "#d55e00",
    lowers: "#0072b2",
    accent: "#34507a",
    others: "#87909b",
    ramp: ["#1f9a86", "#2f7f9e", "#4a5fa5", "#6b3a96", "#7a0f6e"],
    categories: ["#3b5b8c", "#00936b", "#c0619a", "#8a5a00"],
    above: ["#fbe6d8", "#f7c8a8", "#f0a06d", "#de7730", "#ad4c00"],
    below: ["#dbe9f4", "#b0d0e8", "#7db4d9", "#4390c4", "#005b92"],
  },
  dark: {
    ground: "#161b21",
    ink: "#e8ebef",
    quiet: "#9aa5b1",
    grid: "#2c333b",
    raises: "#ff8a5c",
    lowers: "#6db3f2",
    accent: "#9db8e0",
    others: "#7d8894",
    ramp: ["#26828e", "#2fa58a", "#6ecb62", "#b8de3a", "#fde725"],
    categories: ["#9db9e1", "#4fd1c5", "#f0a6cf", "#e3b341"],
    above: ["#40291f", "#683b28", "#975334", "#cc7348", "#ffab85"],
    below: ["#1e3346", "#284d6d", "#346b99", "#4c8fc8", "#90c8fb"],
  },
};

/** Sizes of text in pixels. */
export const fontSizes = { title: 15, label: 13, note: 12 } as const;

// Family names stand without quotes, so that they survive in an SVG attribute.
const fontFamily = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";

/** The one Vega-Lite configuration of all charts. */
export function themeConfig(theme: Theme): Config {
  const { ink, quiet, grid } = palettes[theme];
  return {
    font: fontFamily,
    // The same figures on axes as in sentences: narrow spaces between thousands.
    locale: { number: { decimal: ".", thousands: "\u202f", grouping: [3], currency: ["", ""] } },
    view: { stroke: null },
    // Names of two lines.
    lineBreak: "\n",
    axis: {
      domain: false,
      ticks: false,
      gridColor: grid,
      labelColor: quiet,
      labelFontSize: fontSizes.note,
      labelPadding: 6,
      labelLimit: 400,
      labelOverlap: false,
      labelFlush: false,
      titleColor: quiet,
      titleFontSize: fontSizes.note,
      titleFontWeight: "normal",
      titlePadding: 8,
      titleLineHeight: 16,
    },
    title: {
      color: ink,
      fontSize: fontSizes.title,
      fontWeight: 600,
      lineHeight: 20,
      subtitleColor: quiet,
      subtitleFontSize: fontSizes.note,
    },
    text: { color: ink, fontSize: fontSizes.label, baseline: "middle" },
  };
}

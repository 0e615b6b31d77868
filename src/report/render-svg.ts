import type { Loader, ViewOptions } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { InputError } from "../errors.ts";

type Logger = NonNullable<ViewOptions["logger"]>;

/**
 * Draws a Vega-Lite specification as an SVG text, without a browser, a canvas or the network.
 * The SVG has `width`, `height` and `viewBox` and neither scripts nor `style` attributes, so it may stand inline under a strict
 * Content-Security-Policy; with `max-width: 100%; height: auto` it shrinks with the page.
 * Vega and Vega-Lite load on the first call.
 * @throws InputError where the specification does not compile, compiles with a warning, or asks for anything by URL
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import("vega-lite"), import("vega")]);
  const complaints: string[] = [];
  const logger = collectComplaints(complaints);
  try {
    const runtime = vega.parse(compile(spec, { logger }).spec);
    const view = new vega.View(runtime, { renderer: "none", logger, loader: refuseUrls(complaints) });
    const svg = await view.toSVG();
    view.finalize();
    if (complaints.length === 0) return roundNumbers(svg);
  } catch (error) {
    complaints.push(error instanceof Error ? error.message : String(error));
  }
  throw new InputError({
    call: "renderSvg",
    argument: "spec",
    expected: "a Vega-Lite specification that compiles without warnings and holds its own data",
    received: JSON.stringify(complaints[0]),
    mend: "Correct the specification; the message is Vega's own.",
  });
}

/** Gathers Vega's warnings and errors, so that nothing reaches the console. */
function collectComplaints(complaints: string[]): Logger {
  const collect = (...parts: readonly unknown[]): Logger => {
    complaints.push(parts.map(String).join(" "));
    return logger;
  };
  const ignore = (): Logger => logger;
  // Vega's typings want one function that both reads and sets the level.
  const level = ((value?: number) => (value === undefined ? 0 : logger)) as Logger["level"];
  const logger: Logger = { level, error: collect, warn: collect, info: ignore, debug: ignore };
  return logger;
}

/** A loader for offline work: Vega goes on with empty data where a loader fails, so the refusal is also noted as a complaint. */
function refuseUrls(complaints: string[]): Loader {
  const refuse = (address: string): Promise<never> => {
    complaints.push(`refused to load ${address}`);
    return Promise.reject(new Error(`refused to load ${address}`));
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

/** Rounds coordinates to hundredths of a pixel: nothing to be seen, a third of the bytes. Only within tags, never in text. */
function roundNumbers(svg: string): string {
  return svg.replace(/ (?:transform|d|x|y|x2|y2|width|height)="[^"<>]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) + 0)),
  );
}

import { InputError } from "../../errors.ts";

/** The scale on which a game is played: v(S) = link(mean prediction). */
export type ValueLink = "identity" | "logit" | "log";

/** A link as numbers: the function, its slope, and what it takes. */
export interface LinkFunction {
  readonly name: ValueLink;
  readonly units: string;
  evaluate(mean: number): number;
  /** The derivative. */
  slope(mean: number): number;
}

const LINKS: Readonly<Record<ValueLink, LinkFunction & { readonly domain: string; accepts(mean: number): boolean }>> = {
  identity: { name: "identity", units: "", domain: "", accepts: () => true, evaluate: (mean) => mean, slope: () => 1 },
  logit: {
    name: "logit",
    units: "log-odds",
    domain: "probabilities above 0 and below 1",
    accepts: (mean) => mean > 0 && mean < 1,
    evaluate: (mean) => Math.log(mean / (1 - mean)),
    slope: (mean) => 1 / (mean * (1 - mean)),
  },
  log: {
    name: "log",
    units: "log of the mean",
    domain: "numbers above 0",
    accepts: (mean) => mean > 0,
    evaluate: Math.log,
    slope: (mean) => 1 / mean,
  },
};

export const LINK_NAMES: readonly string[] = Object.keys(LINKS);

/** The link by its name; `evaluate` throws an InputError for a mean that it does not take. */
export function findLink(call: string, name: ValueLink): LinkFunction {
  const { domain, accepts, ...link } = LINKS[name];
  const evaluate = (mean: number): number => {
    if (accepts(mean)) return link.evaluate(mean);
    throw new InputError({
      call,
      argument: "predict",
      expected: `a function that returns ${domain}, as link "${name}" needs`,
      received: `a mean of ${mean}`,
      mend: "Leave out link, or explain another output: the link is taken of the mean over the background.",
    });
  };
  return { ...link, evaluate };
}

import { describeReceived, InputError, listNames } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import type { Link, LinkName } from "./link.ts";
import { identityLink, inverseLink, inverseSquaredLink, logLink, makePowerLink, sqrtLink } from "./links.ts";
import { cauchitLink, cloglogLink, logitLink, probitLink } from "./probability-links.ts";

const named: Readonly<Record<LinkName, Link>> = {
  identity: identityLink,
  log: logLink,
  logit: logitLink,
  probit: probitLink,
  cloglog: cloglogLink,
  cauchit: cauchitLink,
  inverse: inverseLink,
  sqrt: sqrtLink,
  inverseSquared: inverseSquaredLink,
};

/** Exponents whose power link has a name of its own. */
const namedExponents: ReadonlyMap<number, Link> = new Map([
  [0, logLink],
  [1, identityLink],
  [0.5, sqrtLink],
  [-1, inverseLink],
  [-2, inverseSquaredLink],
]);

/** A link as it is asked for: by name, as `power(exponent)`, or as it was saved. */
export type LinkLike = LinkName | Link | { readonly name: string; readonly exponent?: number };

/**
 * The power link: linear predictor = mean^exponent, and the logarithm at exponent 0.
 * Exponents 1, 0.5, −1 and −2 give the links `identity`, `sqrt`, `inverse` and `inverseSquared`.
 *
 * @param exponent - any finite number.
 * @throws InputError when the exponent is not a finite number
 * @example gamma({ link: power(1 / 3) })
 */
export function power(exponent: number): Link {
  if (typeof exponent !== "number" || !Number.isFinite(exponent)) {
    throw new InputError({
      call: "power",
      argument: "exponent",
      expected: "a finite number",
      received: describeReceived(exponent),
      mend: "Give the power of the mean that is linear, for example 0.5.",
    });
  }
  return namedExponents.get(exponent) ?? makePowerLink(exponent);
}

/**
 * The link of a name; a link is returned as it is.
 *
 * @param wanted - `"identity"`, `"log"`, `"logit"`, `"probit"`, `"cloglog"`, `"cauchit"`, `"inverse"`, `"sqrt"`, `"inverseSquared"` or `power(exponent)`.
 * @throws InputError when there is no such link, with the nearest names
 * @example link("logit").inverse(0) // 0.5
 */
export function link(wanted: LinkLike): Link {
  return resolveLink("link", wanted);
}

/** The same on behalf of another call. @throws InputError like `link` */
export function resolveLink(call: string, wanted: unknown): Link {
  if (typeof wanted === "string" && Object.hasOwn(named, wanted)) return named[wanted as LinkName];
  if (typeof wanted === "object" && wanted !== null && "name" in wanted) {
    const { name, exponent } = wanted as { name: unknown; exponent?: unknown };
    if (name === "power" && typeof exponent === "number" && Number.isFinite(exponent)) return power(exponent);
    if (typeof name === "string" && Object.hasOwn(named, name)) return named[name as LinkName];
  }
  const names = Object.keys(named);
  const near = typeof wanted === "string" ? nearestNames(wanted, names) : [];
  throw new InputError({
    call,
    argument: "link",
    expected: `one of ${listNames(names, names.length)} or power(exponent)`,
    received: describeReceived(wanted),
    mend: near.length > 0 ? `Did you mean ${listNames(near)}?` : "Give a link's name, or make one with power(exponent).",
  });
}

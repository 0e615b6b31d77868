import { describeReceived, InputError, listNames } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import { checkVariance, linkFor } from "./check-family.ts";
import { checkedParameter, checkedParameters, countParameters } from "./check-parameters.ts";
import {
  beta,
  binomial,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasi,
  quasibinomial,
  quasipoisson,
  scaledT,
  tweedie,
  zeroInflatedPoisson,
} from "./families.ts";
import type { Family, FamilyName } from "./family.ts";
import { makeFamily } from "./make-family.ts";

/** A family as it is asked for: made, by name, or by its maker (`family: poisson`, as in R). */
export type FamilyLike = Family | FamilyName | (() => Family);

const makers: Readonly<Record<FamilyName, () => Family>> = {
  gaussian,
  binomial,
  poisson,
  gamma,
  inverseGaussian,
  quasi,
  quasibinomial,
  quasipoisson,
  negativeBinomial,
  tweedie,
  scaledT,
  beta,
  zeroInflatedPoisson,
};

/**
 * The family that a call was given, `gaussian()` if none; with another link where one is given besides.
 *
 * @throws InputError when there is no such family or link, with the nearest names
 */
export function resolveFamily(call: string, family: FamilyLike | undefined, link?: unknown): Family {
  const made = madeFamily(call, family ?? "gaussian");
  if (link === undefined) return made;
  return makeFamily({ ...partsOf(made), link: linkFor(call, made.name, link) });
}

function madeFamily(call: string, family: unknown): Family {
  if (typeof family === "string" && Object.hasOwn(makers, family)) return makers[family as FamilyName]();
  const maker = Object.values(makers).find((known) => known === family);
  if (maker !== undefined) return maker();
  if (isFamily(family)) return family;
  const names = Object.keys(makers);
  const near = typeof family === "string" ? nearestNames(family.replaceAll(".", ""), names) : [];
  throw new InputError({
    call,
    argument: "family",
    expected: `one of ${listNames(names, names.length)}, as a name or made by the function of that name`,
    received: describeReceived(family),
    mend: near.length > 0 ? `Did you mean ${listNames(near)}?` : 'For example poisson() or gamma({ link: "log" }).',
  });
}

function isFamily(value: unknown): value is Family {
  if (typeof value !== "object" || value === null) return false;
  const { name, work } = value as Partial<Family>;
  return typeof name === "string" && Object.hasOwn(makers, name) && typeof work === "function";
}

function partsOf(family: Family): Parameters<typeof makeFamily>[0] {
  const { name, link, parameter, parameters, varianceName } = family;
  // A quasi family's parameter is the power that its variance's name spells.
  const variance = name === "quasi" ? checkVariance("quasi", parameter ?? varianceName) : "constant";
  return { name, link, parameters: parameters.map(({ value }) => value), variance };
}

/**
 * Restores what `family.toJSON()` saved.
 *
 * @param call - the public call, for its errors.
 * @param json - a `FamilyJson`, checked here.
 * @throws InputError when it is not one
 */
export function familyFromJson(call: string, json: unknown): Family {
  if (typeof json !== "object" || json === null) throw damaged(call, json);
  const { name, link, parameter, parameters, varianceName } = json as Record<string, unknown>;
  if (typeof name !== "string" || !Object.hasOwn(makers, name)) throw damaged(call, name);
  const known = name as FamilyName;
  return makeFamily({
    name: known,
    link: linkFor(call, known, link),
    parameters: parametersFromJson(call, known, { parameter, parameters }),
    variance: known === "quasi" ? checkVariance(call, parameter ?? varianceName) : "constant",
  });
}

/** One parameter is saved by itself and left out where it is to be estimated; families that say all by their likelihood save a list. */
function parametersFromJson(
  call: string,
  name: FamilyName,
  { parameter, parameters }: { readonly parameter: unknown; readonly parameters: unknown },
): (number | null)[] {
  if (parameters !== undefined) return checkedParameters(call, name, parameters);
  if (parameter !== undefined && name !== "quasi") return [checkedParameter(call, name, parameter)];
  return Array.from({ length: countParameters(name) }, () => null);
}

function damaged(call: string, received: unknown): InputError {
  return new InputError({
    call,
    argument: "family",
    expected: "what a family's toJSON() returned",
    received: describeReceived(received),
    mend: "Save the model again with JSON.stringify(model).",
  });
}

import type { Family, FamilyParameter } from "./family.ts";

/** The part of a distribution that has no parameters of its own. */
export const noParameters: Pick<Family, "parameters" | "startParameters"> & { readonly ofParameter: null } = {
  parameters: [],
  startParameters: () => [],
  ofParameter: null,
};

/** A parameter above a floor, sought by the logarithm of what is above. */
export function parameterAbove(name: string, value: number | null, floor = 0): FamilyParameter {
  return { name, value, toFree: (natural) => Math.log(natural - floor), fromFree: (free) => floor + Math.exp(free) };
}

/** A parameter between two bounds, sought by its logit there. */
export function parameterBetween(name: string, value: number | null, low: number, high: number): FamilyParameter {
  return {
    name,
    value,
    toFree: (natural) => Math.log((natural - low) / (high - natural)),
    fromFree: (free) => low + (high - low) / (1 + Math.exp(-free)),
  };
}

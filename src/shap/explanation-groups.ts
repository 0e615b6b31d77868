import { InputError, listNames } from "../errors.ts";
import type { ExplainedFeature, Explanation, ExplanationParts } from "./explanation.ts";
import { featureLabel, rankFeatures } from "./explanation-readings.ts";

/** A feature of the new explanation and the positions of those of the old one that it sums. */
interface Merge {
  readonly feature: ExplainedFeature;
  readonly members: readonly number[];
}

/** Sums features into groups; the others stay as they are. Each group stands where its first member stood. */
export function sumGroups(explanation: Explanation, groups: Readonly<Record<string, readonly string[]>>): ExplanationParts {
  const owner = assignGroups(explanation, groups);
  const membersOf = new Map<string | number, number[]>();
  owner.forEach((group, j) => {
    const key = group ?? j;
    membersOf.set(key, [...(membersOf.get(key) ?? []), j]);
  });
  return merge(
    explanation,
    Array.from(membersOf, ([key, members]) => ({
      feature: typeof key === "number" ? explanation.features[key] : groupFeature(explanation, key, members),
      members,
    })),
  );
}

/** Keeps the `k` features with the largest mean absolute contribution over all outputs; the rest become one feature. */
export function keepTop(explanation: Explanation, k: number): ExplanationParts {
  if (!(Number.isInteger(k) && k > 0)) {
    throw new InputError({
      call: "Explanation.top",
      argument: "k",
      expected: "a whole number of at least 1",
      received: String(k),
      mend: "Give the number of features to keep.",
    });
  }
  const { features, numOutputs } = explanation;
  if (k >= features.length) return explanation.parts();
  const strength = new Map(features.map((feature) => [feature.name, 0]));
  for (let output = 0; output < numOutputs; output++) {
    for (const { feature, meanAbsolute } of rankFeatures(explanation, output))
      strength.set(feature, (strength.get(feature) ?? 0) + meanAbsolute);
  }
  const order = features.map((_, j) => j).sort((a, b) => (strength.get(features[b].name) ?? 0) - (strength.get(features[a].name) ?? 0));
  const others = order.slice(k).sort((a, b) => a - b);
  return merge(explanation, [
    ...order.slice(0, k).map((j) => ({ feature: features[j], members: [j] })),
    { feature: groupFeature(explanation, `${others.length} others together`, others), members: others },
  ]);
}

function groupFeature(explanation: Explanation, name: string, members: readonly number[]): ExplainedFeature {
  const columns = members.flatMap((j) => explanation.features[j].columns);
  return { name, label: featureLabel(name, []), columns };
}

function merge(explanation: Explanation, merges: readonly Merge[]): ExplanationParts {
  const { numRows, numFeatures, numOutputs, values, standardErrors, backgroundErrors } = explanation;
  const sum = (all: Float64Array, power: 1 | 2): Float64Array => {
    const out = new Float64Array(numRows * merges.length * numOutputs);
    for (let i = 0; i < numRows; i++) {
      merges.forEach(({ members }, g) => {
        for (let o = 0; o < numOutputs; o++) {
          let total = 0;
          for (const j of members) total += all[(i * numFeatures + j) * numOutputs + o] ** power;
          out[(i * merges.length + g) * numOutputs + o] = power === 1 ? total : Math.sqrt(total);
        }
      });
    }
    return out;
  };
  return {
    ...explanation.parts(),
    values: sum(values, 1),
    // Standard errors of a sum, as if the members' errors were independent.
    ...(standardErrors ? { standardErrors: sum(standardErrors, 2) } : {}),
    ...(backgroundErrors ? { backgroundErrors: sum(backgroundErrors, 2) } : {}),
    features: merges.map(({ feature }) => feature),
  };
}

function assignGroups(explanation: Explanation, groups: Readonly<Record<string, readonly string[]>>): (string | null)[] {
  const names = explanation.featureNames;
  const owner = names.map((): string | null => null);
  for (const [group, members] of Object.entries(groups)) {
    for (const member of members) {
      const j = names.indexOf(member);
      if (j < 0 || owner[j] !== null) {
        throw new InputError({
          call: "Explanation.group",
          argument: `group ${JSON.stringify(group)}`,
          expected: `made of features (${listNames(names)}) that no other group holds`,
          received: JSON.stringify(member),
          mend: j < 0 ? "See explanation.featureNames." : "Name each feature in one group only.",
        });
      }
      owner[j] = group;
    }
  }
  return owner;
}

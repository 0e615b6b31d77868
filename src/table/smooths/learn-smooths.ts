import type { Warning } from "../../errors.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import { poolPoints } from "./covariate-table.ts";
import type { FinishedSmooth } from "./finish-smooth.ts";
import { learnSmooth } from "./learn-smooth.ts";
import { dropNested } from "./nested-smooths.ts";
import { numberTexts } from "./smooth-context.ts";
import type { SmoothContext, SmoothTask } from "./smooth-context.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/**
 * Learns the smooth terms of a formula, in order.
 *
 * @throws InputError with a caret under a smooth that the training rows do not suit, or that stands twice
 */
export function learnSmooths(
  context: SmoothContext,
  specs: readonly SmoothSpec[],
  hasIntercept: boolean,
): { readonly smooths: FinishedSmooth[]; readonly warnings: Warning[] } {
  const labels = new Set<string>();
  const smooths = specs.flatMap((spec) => {
    const finished = learnSmooth(makeTask(context, spec, findGroup(context, spec, specs)));
    for (const { variable } of finished) {
      if (labels.has(variable.label)) throw refuseTwice(context, spec, variable.label);
      labels.add(variable.label);
    }
    return finished;
  });
  return dropNested(context, smooths, hasIntercept);
}

/** The smooths that a smooth's basis is learned with: those of its group, where all are of numbers. */
function findGroup(context: SmoothContext, spec: SmoothSpec, specs: readonly SmoothSpec[]): SmoothSpec[] {
  if (spec.group === null) return [spec];
  const members = specs.filter(({ group }) => group === spec.group);
  const odd = members.find((member) => describe(member) !== describe(members[0]));
  if (odd !== undefined) {
    throw formulaError(context.source, odd.place, {
      expected: `made of linked smooths (id = ${spec.group}) that have the same basis, k and m`,
      received: `${expressionText(odd.place)} beside ${expressionText(members[0].place)}`,
      mend: "Give linked smooths the same arguments, or take id out.",
    });
  }
  return members.every(({ covariates }) => covariates.every(({ kind }) => kind === "numbers")) ? members : [spec];
}

/** What linked smooths must have in common. */
function describe({ type, margins, reparameterized, full }: SmoothSpec): string {
  const parts = margins.map(({ covariates, ...rest }) => ({ ...rest, kinds: covariates.map(({ kind }) => kind) }));
  return JSON.stringify({ type, parts, reparameterized, full });
}

function makeTask(context: SmoothContext, spec: SmoothSpec, members: readonly SmoothSpec[]): SmoothTask {
  return {
    context,
    spec,
    isLinked: members.length > 1,
    points: (covariates) => {
      const places = covariates.map((one) => spec.covariates.indexOf(one));
      const together = numberTexts(spec.covariates).length;
      return poolPoints(
        members.map((member) =>
          context.covariates.points(
            places.map((place) => member.covariates[place].text),
            together,
          ),
        ),
      );
    },
  };
}

function refuseTwice(context: SmoothContext, { place }: SmoothSpec, label: string): Error {
  return formulaError(context.source, place, {
    expected: "made of smooths that differ in their covariates",
    received: `${label} twice`,
    mend: "Two smooths of the same covariates cannot be told apart: keep one, with a larger k if need be.",
  });
}

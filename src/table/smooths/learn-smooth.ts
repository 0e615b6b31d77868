import { formulaError } from "../formula/formula-error.ts";
import { learnAdaptive } from "./adaptive-smooth.ts";
import { learnFactorSmooth } from "./factor-smooth.ts";
import { finishSmooth } from "./finish-smooth.ts";
import type { FinishedSmooth } from "./finish-smooth.ts";
import { learnMargin } from "./learn-margin.ts";
import { learnRandomEffect } from "./random-effect.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import { learnSplitTensor } from "./split-tensor.ts";
import type { SmoothTask } from "./smooth-context.ts";
import { learnTensor } from "./tensor-smooth.ts";

/** Learns a smooth from the training rows: one, or one for each level of its `by`. @throws InputError with a caret */
export function learnSmooth(task: SmoothTask): FinishedSmooth[] {
  const raw = learnRaw(task);
  const { context, spec } = task;
  const { smoothing, place } = spec;
  if (smoothing !== null && smoothing.length !== raw.penalties.length) {
    throw formulaError(context.source, place, {
      expected: `made of ${place.name}( ) with ${raw.penalties.length} smoothing parameters as sp, one for each penalty`,
      received: `${smoothing.length}`,
      mend: "Give one number for each penalty; NA or −1 leaves it to be estimated.",
    });
  }
  return finishSmooth(task, raw);
}

function learnRaw(task: SmoothTask): RawSmooth {
  const { type, margins } = task.spec;
  if (type === "t2") return learnSplitTensor(task);
  if (type !== "s") return learnTensor(task);
  switch (margins[0].basis) {
    case "re":
      return learnRandomEffect(task);
    case "fs":
      return learnFactorSmooth(task);
    case "ad":
      return learnAdaptive(task);
    default:
      return learnSingle(task);
  }
}

/** A smooth of one basis. */
function learnSingle(task: SmoothTask): RawSmooth {
  const [spec] = task.spec.margins;
  const { margin, width, penalties, ranks, nullSpaceDimension } = learnMargin(task, spec);
  return {
    margins: [margin],
    order: null,
    ...(spec.penalized ? { penalties, ranks, nullSpaceDimension } : { penalties: [], ranks: [], nullSpaceDimension: width }),
    constrained: "all",
    multipliers: [],
  };
}

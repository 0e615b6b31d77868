import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../errors.ts";
import type { GamModel, GlmModel } from "../models/index.ts";
import type { Explanation } from "../shap/index.ts";
import type { TableLike } from "../table/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import type { PredictedModel } from "./predicted-model.ts";
import type { OtherModel } from "./comparison.ts";
import type { Narrative } from "./words.ts";

/** Options of {@link renderReport}. */
export interface ReportOptions {
  /** The heading of the page. */
  readonly title: string;
  /** A model, or for any other than these what it is: its `explanation` then holds all that the report needs. */
  readonly model: TreeEnsemble | GlmModel | GamModel | PredictedModel;
  /**
   * The rows to report on, ideally ones that the model was not trained on. Labels, units and names of levels come from
   * `Table.describe`.
   */
  readonly data: TableLike;
  /**
   * What really happened: the name of a column of `data`, or one value a row. For a probability 0 and 1 or two levels (see `event`), for
   * classes their numbers in training, else numbers. Without it the report has no section on quality.
   */
  readonly response?: string | ArrayLike<unknown>;
  /** The level of a two-level response whose probability the model predicts. @defaultValue `true` of booleans, else what the model knows */
  readonly event?: string;
  /** Explained rows, if they are there already: all rows of `data`, on the raw scale; of a PredictedModel on any. @defaultValue made by `treeShap` */
  readonly explanation?: Explanation;
  /**
   * Rows that stand for "typical" in the contributions, such as the training data.
   * @defaultValue none: the path-dependent values, which average over the training rows that the model file counts
   */
  readonly background?: TableLike;
  readonly narrative?: Narrative;
  /** Another model to hold this one beside, on the same rows, whose response must be given. @defaultValue none */
  readonly comparedWith?: OtherModel;
  /** For models of a probability: the one from which a case counts as high, between 0 and 1. @defaultValue 0.5 */
  readonly threshold?: number;
  /** The day that the report names. @defaultValue today */
  readonly date?: Date;
}

const REQUIRED = ["title", "model", "data"];
const OPTIONAL = ["response", "event", "explanation", "background", "narrative", "comparedWith", "threshold", "date"];

/** Checks the options as far as one can without the data. @throws InputError */
export function checkOptions(call: string, options: ReportOptions): void {
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (typeof options !== "object" || options === null) {
    throw fail("options", `an object with ${listNames(REQUIRED)}`, options, "See the example of renderReport.");
  }
  refuseUnknownOptions(call, options, [...REQUIRED, ...OPTIONAL]);
  const { title, threshold, date } = options;
  if (typeof title !== "string" || title.trim() === "") throw fail("title", "a text", title, "Say what the report is about.");
  if (threshold !== undefined && !(threshold > 0 && threshold < 1)) {
    throw fail("threshold", "a number between 0 and 1", threshold, "Leave it out for 0.5.");
  }
  if (date !== undefined && !(date instanceof Date && Number.isFinite(date.getTime()))) {
    throw fail("date", "a valid Date", date, "Leave it out for today.");
  }
  checkTogether(call, options);
}

/** Options that need or exclude one another. */
function checkTogether(call: string, { explanation, background, event, response }: ReportOptions): void {
  if (explanation !== undefined && background !== undefined) {
    throw new InputError({
      call,
      argument: "background",
      expected: "left out where an explanation is given, which has its own",
      received: "both",
      mend: "Leave out one of the two.",
    });
  }
  if (event !== undefined && response === undefined) {
    const mend = "Pass the response too, or leave it out.";
    throw new InputError({ call, argument: "event", expected: "given together with a response", received: "an event alone", mend });
  }
}

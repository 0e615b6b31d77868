import { describeReceived, InputError } from "../../errors.ts";
import type { Design } from "../../table/index.ts";

/** Coefficients to start from, or null. @throws {@link InputError} when they are not one finite number a column */
export function readStart(
  call: string,
  start: ArrayLike<number> | undefined,
  { columnNames }: Pick<Design, "columnNames">,
): Float64Array | null {
  if (start === undefined) return null;
  const received = typeof start?.length === "number" ? `${start.length} values` : describeReceived(start);
  if (start?.length === columnNames.length) {
    const values = Float64Array.from(start);
    if (values.every(Number.isFinite)) return values;
  }
  throw new InputError({
    call,
    argument: "start",
    expected: `${columnNames.length} finite numbers, one for each column of the design`,
    received,
    mend: "Leave it out: the family has a start of its own.",
  });
}

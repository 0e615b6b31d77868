/**
 * How a library makes a whole number of a categorical cell (never NaN), with -1 for one that no tree can list:
 * `float32` (XGBoost) rounds to float32 and drops the fraction of what lies from 0 to below 2^24; `int32` (LightGBM) drops the
 * fraction first, and takes what then lies from 0 to below 2^31; `byte` (scikit-learn) does so
 * from 0 to 255; `given` takes the cell as it is; `whole` (ONNX) takes whole numbers from 0 to below 2^31 as they are and nothing else,
 * `wholeFloat32` what is one once rounded to float32.
 */
export type CategoryRule = keyof typeof RULES;

const RULES = {
  float32(cell: number): number {
    const code = Math.fround(cell);
    return code < 0 || code >= 2 ** 24 ? -1 : Math.trunc(code);
  },
  int32(cell: number): number {
    const code = Math.trunc(cell);
    return code < 0 || code >= 2 ** 31 ? -1 : code;
  },
  byte(cell: number): number {
    const code = Math.trunc(cell);
    return code < 0 || code > 255 ? -1 : code;
  },
  whole: (cell: number): number => whole(cell),
  wholeFloat32: (cell: number): number => whole(Math.fround(cell)),
  given: (cell: number): number => cell,
} as const;

function whole(cell: number): number {
  return Number.isInteger(cell) && cell >= 0 && cell < 2 ** 31 ? cell : -1;
}

/** All rules by name. */
export const CATEGORY_RULES: readonly CategoryRule[] = Object.keys(RULES) as CategoryRule[];

/** The function that a rule names. */
export function categoryCoder(rule: CategoryRule): (cell: number) => number {
  return RULES[rule];
}

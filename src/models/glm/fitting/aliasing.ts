import type { Warning } from "../../../errors.ts";
import { factorCholesky, solveCholesky } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { PassSteps } from "./drive.ts";
import type { RemainderSums } from "./pass.ts";

/** Which columns depend on earlier ones, and how the others are to be solved for. */
export interface Aliasing {
  /** p flags: 1 where a column is, to rounding, a combination of earlier ones. */
  readonly aliased: Uint8Array;
  readonly method: "gram" | "qr";
  readonly warnings: readonly Warning[];
}

/** Columns of which XᵀWX leaves less than this share after the earlier ones are looked at closely: its digits end at 1e-16. */
const SUSPICIOUS = 1e-10;
/** What is left of a column that counts as aliased, as a share of its length: the tolerance of R's `glm`. */
const ALIASED = 1e-11;
const REFINEMENTS = 2;
/** The multiplications that a QR decomposition of all rows may take before it costs more than its digits are worth: about a minute. */
const MOST_QR_WORK = 1e11;

/**
 * Decides which columns are aliased as R's `glm` does: from left to right, by what is left of a column after those before it. XᵀWX squares
 * the design and cannot tell 1e-9 from 0, so that columns of which it leaves little are regressed on the others, twice refined, and measured
 * by their residuals over all rows.
 */
export function* findAliased(
  gram: Float64Array,
  place: { readonly family: Family; readonly coefficients: Float64Array | null; readonly numRows: number },
): PassSteps<Aliasing> {
  const size = Math.sqrt(gram.length);
  const aliased = new Uint8Array(size);
  const factor = factorCholesky(gram, size, { tolerance: SUSPICIOUS });
  const columns = [...factor.kept.keys()].filter((column) => factor.kept[column] === 0);
  if (columns.length === 0) return { aliased, method: "gram", warnings: [] };
  const { family, coefficients, numRows } = place;
  const onOthers = columns.map((column) => solveCholesky(factor, gram.subarray(column * size, (column + 1) * size)));
  let sums: RemainderSums | null = null;
  for (let refinement = 0; refinement <= REFINEMENTS; refinement++) {
    sums = (yield { kind: "remainder", family, coefficients, columns, onOthers }) as RemainderSums;
    if (refinement === REFINEMENTS) break;
    for (const [k, product] of sums.products.entries()) {
      solveCholesky(factor, product).forEach((correction, j) => (onOthers[k][j] += correction));
    }
  }
  const { left, total } = sums as RemainderSums;
  const independent = columns.filter((_, k) => Math.sqrt(left[k]) > ALIASED * Math.sqrt(total[k]));
  for (const column of columns) if (!independent.includes(column)) aliased[column] = 1;
  if (independent.length === 0) return { aliased, method: "gram", warnings: [] };
  if (numRows * size * size <= MOST_QR_WORK) return { aliased, method: "qr", warnings: [] };
  return { aliased, method: "gram", warnings: [nearCollinear(independent)] };
}

function nearCollinear(columns: readonly number[]): Warning {
  return {
    name: "nearCollinear",
    message:
      "Some columns are so nearly a combination of others that their coefficients hold few digits, and the data are too large for the method that keeps more. Leave such columns out.",
    subjects: columns.map((column) => `column ${column}`),
  };
}

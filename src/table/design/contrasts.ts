/** How the levels of a factor become numbers: each against a reference, against the mean, against those before, or as powers. */
export type ContrastName = "treatment" | "sum" | "helmert" | "polynomial";

export const CONTRAST_NAMES: readonly ContrastName[] = ["treatment", "sum", "helmert", "polynomial"];

/**
 * The columns that stand for the levels of a factor, as R's contr.treatment, contr.sum, contr.helmert and contr.poly.
 *
 * @returns numLevels × (numLevels − 1), row-major
 * @see Chambers and Hastie (1992), Statistical Models in S, section 2.3
 */
export function contrastMatrix(contrast: ContrastName, numLevels: number, reference: number): Float64Array {
  const width = numLevels - 1;
  const matrix = new Float64Array(numLevels * width);
  if (contrast === "polynomial") return fillPolynomial(matrix, numLevels);
  for (let column = 0; column < width; column++) {
    if (contrast === "treatment") matrix[(column < reference ? column : column + 1) * width + column] = 1;
    else if (contrast === "sum") {
      matrix[column * width + column] = 1;
      matrix[width * width + column] = -1;
    } else {
      for (let level = 0; level <= column; level++) matrix[level * width + column] = -1;
      matrix[(column + 1) * width + column] = column + 1;
    }
  }
  return matrix;
}

/** What R adds to a factor's name for each column of its contrasts. */
export function contrastSuffixes(contrast: ContrastName, levels: readonly string[], reference: number): string[] {
  if (contrast === "treatment") return levels.filter((_, level) => level !== reference);
  const columns = Array.from({ length: levels.length - 1 }, (_, column) => column + 1);
  if (contrast !== "polynomial") return columns.map(String);
  return columns.map((power) => [".L", ".Q", ".C"][power - 1] ?? `^${power}`);
}

/** Orthonormal polynomials over 1 … numLevels, by the three-term recurrence with each column cleaned of the earlier ones. */
function fillPolynomial(matrix: Float64Array, numLevels: number): Float64Array {
  const columns: Float64Array[] = [new Float64Array(numLevels).fill(1 / Math.sqrt(numLevels))];
  for (let power = 1; power < numLevels; power++) {
    const next = columns[power - 1].map((value, level) => value * (level - (numLevels - 1) / 2));
    // Twice is enough: Parlett (1980), The Symmetric Eigenvalue Problem, section 6.9.
    for (let pass = 0; pass < 2; pass++) for (const earlier of columns) subtractProjection(next, earlier);
    const norm = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    columns.push(next.map((value) => value / norm));
    for (let level = 0; level < numLevels; level++) matrix[level * (numLevels - 1) + power - 1] = columns[power][level];
  }
  return matrix;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  let product = 0;
  for (let i = 0; i < vector.length; i++) product += vector[i] * unit[i];
  for (let i = 0; i < vector.length; i++) vector[i] -= product * unit[i];
}

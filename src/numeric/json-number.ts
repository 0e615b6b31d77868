/** A float64 that JSON can carry: what JSON has no number for stands as null (NaN) or as a word. */
export type JsonNumber = number | null | "Infinity" | "-Infinity" | "-0";

/** A number for JSON, from which {@link readJsonNumber} restores every bit (of NaN: that it is one). */
export function writeJsonNumber(value: number): JsonNumber {
  if (Number.isNaN(value)) return null;
  if (value === Infinity) return "Infinity";
  if (value === -Infinity) return "-Infinity";
  return Object.is(value, -0) ? "-0" : value;
}

/** The number that {@link writeJsonNumber} wrote. */
export function readJsonNumber(value: JsonNumber): number {
  return value === null ? NaN : Number(value);
}

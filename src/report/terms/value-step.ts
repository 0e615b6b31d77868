import { formatNumber, withUnit } from "../../charts/index.ts";

/** A step of this many units is told as one unit. */
const FEWEST_STEPS = 2;
const MOST_STEPS = 100;

/**
 * The step by which a numeric column is told: 1 where the middle nine tenths of its values span 2 to 100, else the power of ten that
 * half of that span holds; at least 1 for whole numbers.
 */
export function chooseStep(values: Float64Array): number {
  const known = values.filter(Number.isFinite).sort();
  const at = (share: number): number => known[Math.round(share * (known.length - 1))];
  const span = at(0.95) - at(0.05) || at(1) - at(0);
  if (!(span > 0) || (span >= FEWEST_STEPS && span <= MOST_STEPS)) return 1;
  const step = 10 ** Math.floor(Math.log10(span / FEWEST_STEPS));
  return known.every(Number.isInteger) ? Math.max(1, step) : step;
}

/** A step in words: `each further year`, `each further 10 years`, `each further € 1000`, `each one more`, `each step of 0.1`. */
export function describeStep(step: number, unit: string | undefined): string {
  if (unit === undefined || unit === "") return step === 1 ? "each one more" : `each step of ${formatNumber(step)}`;
  if (step !== 1 || /^\p{Sc}$/u.test(unit)) return `each further ${withUnit(formatNumber(step), unit)}`;
  return `each further ${nameOne(unit)}`;
}

/** One of what an English unit counts: `years` → `year`, `inches` → `inch`; others stay: `mm`, `kg`. */
function nameOne(unit: string): string {
  return unit.replace(/^(\p{L}{3,}?)(?:(?<=ch|sh|x|ss)es|(?<!s|u|i)s)(?=$| )/u, "$1");
}

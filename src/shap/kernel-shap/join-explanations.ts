import type { Warning } from "../../errors.ts";
import { Table, type Column } from "../../table/index.ts";
import { Explanation, type SamplingSummary } from "../explanation.ts";

/** Explanations of rows that follow one another, as one. */
export function joinExplanations(parts: readonly Explanation[]): Explanation {
  if (parts.length === 1) return parts[0];
  const [first] = parts;
  const join = (pick: (part: Explanation) => Float64Array | undefined): Float64Array => {
    const all = parts.map((part) => pick(part)!);
    const out = new Float64Array(all.reduce((sum, { length }) => sum + length, 0));
    let start = 0;
    for (const one of all) {
      out.set(one, start);
      start += one.length;
    }
    return out;
  };
  return new Explanation({
    ...first.parts(),
    values: join(({ values }) => values),
    baseValues: join(({ baseValues }) => baseValues),
    predictions: join(({ predictions }) => predictions),
    standardErrors: join(({ standardErrors }) => standardErrors),
    ...(first.backgroundErrors ? { backgroundErrors: join(({ backgroundErrors }) => backgroundErrors) } : {}),
    data: Table.of(first.data.columns.map((_, j) => joinColumns(parts.map(({ data }) => data.columns[j])))),
    method: parts.find(({ method }) => method !== "exact-enumeration")?.method ?? first.method,
    ...joinSampling(parts),
    warnings: joinWarnings(parts.flatMap(({ warnings }) => warnings)),
  });
}

/** Counts run on from part to part; means are over rows. */
function joinSampling(parts: readonly Explanation[]): Pick<Explanation, "sampling"> {
  const last = parts[parts.length - 1].sampling;
  if (!last) return {};
  const rows = parts.reduce((sum, { numRows }) => sum + numRows, 0);
  const average = (pick: (sampling: SamplingSummary) => number): number =>
    parts.reduce((sum, { sampling, numRows }) => sum + (sampling ? pick(sampling) : 0) * (numRows / rows), 0);
  return { sampling: { ...last, coalitions: average(({ coalitions }) => coalitions), terms: average(({ terms }) => terms) } };
}

function joinColumns(columns: readonly Column[]): Column {
  const [first] = columns;
  if (first.kind === "numeric") {
    return { ...first, values: Float64Array.from(columns.flatMap((column) => (column.kind === "numeric" ? [...column.values] : []))) };
  }
  return { ...first, codes: Int32Array.from(columns.flatMap((column) => (column.kind === "categorical" ? [...column.codes] : []))) };
}

/** Each warning once, its subjects together. */
function joinWarnings(warnings: readonly Warning[]): Warning[] {
  const byName = new Map<string, Warning>();
  for (const warning of warnings) {
    const known = byName.get(warning.name);
    const subjects = [...new Set([...(known?.subjects ?? []), ...(warning.subjects ?? [])])];
    byName.set(warning.name, { ...(known ?? warning), ...(subjects.length > 0 ? { subjects } : {}) });
  }
  return [...byName.values()];
}

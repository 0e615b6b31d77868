import type { Warning } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { LightgbmFile } from "./text.ts";
import type { ModelFeature } from "../encoded-rows.ts";

/** The columns of a model. */
export interface LightgbmFeatures {
  readonly features: readonly ModelFeature[];
  readonly warnings: readonly Warning[];
}

/**
 * Tells which columns are categorical (those tested as such, those whose `feature_infos` list categories instead of a range, and
 * constant ones that training was told are categorical), and gives them the levels of the pandas columns, in order.
 *
 * @param tested - The columns that the trees test as categories.
 * @throws InputError where the lists of categories are malformed.
 */
export function describeFeatures(call: string, file: LightgbmFile, names: readonly string[], tested: readonly boolean[]): LightgbmFeatures {
  const infos = file.header.get("feature_infos")?.split(" ") ?? names.map(() => "");
  if (infos.length !== names.length) throw damagedFile(call, "feature_infos", `${names.length} entries`, String(infos.length));
  const told = new Set(file.parameters.get("categorical_feature")?.split(","));
  const categorical = names.map((_, j) => tested[j] || /^-?\d+(?::-?\d+)*$/.test(infos[j]) || (infos[j] === "none" && told.has(String(j))));
  const lists = readPandasCategories(call, file.pandasCategorical);
  const count = categorical.filter(Boolean).length;
  const matches = lists.length === count;
  let next = 0;
  const features = names.map((name, j): ModelFeature => {
    if (!categorical[j]) return { name, kind: "numeric", levels: null };
    return { name, kind: "categorical", levels: matches ? lists[next++] : null };
  });
  return { features, warnings: matches || lists.length === 0 ? [] : [unmatchedCategories(lists.length, count)] };
}

/** One list of categories a pandas column; empty where the model was not trained on such. */
function readPandasCategories(call: string, json: string | null): string[][] {
  const lists = parse(call, json ?? "null");
  if (lists === null) return [];
  const malformed = (received: string): Error => damagedFile(call, "pandas_categorical", "lists of distinct categories", received);
  if (!Array.isArray(lists)) throw malformed("something else");
  return lists.map((list: unknown) => {
    if (!Array.isArray(list)) throw malformed("something else");
    const levels = list.map((level: unknown) => {
      if (typeof level === "string" || typeof level === "number" || typeof level === "boolean") return String(level);
      throw malformed(JSON.stringify(level));
    });
    if (new Set(levels).size < levels.length) throw malformed("a category twice");
    return levels;
  });
}

function parse(call: string, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw damagedFile(call, "pandas_categorical", "JSON", "text that is not JSON");
  }
}

function unmatchedCategories(numLists: number, count: number): Warning {
  return {
    name: "categories",
    message:
      `The file lists the categories of ${numLists} pandas columns, but the model has ${count} categorical features (ordered ` +
      "categories count as numbers), so they cannot be told apart: give such columns as pandas codes.",
  };
}

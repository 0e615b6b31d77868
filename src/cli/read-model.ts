import { InputError } from "../errors.ts";
import { importLightgbm, importXgboost } from "../trees/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { readBytes } from "./read-file.ts";

/** Reads a model file, whose format its first characters tell. @throws InputError where they tell none that is known, and as the importers */
export function readModel(path: string): TreeEnsemble {
  const bytes = readBytes("--model", path);
  const start = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart();
  if (start.startsWith("tree")) return importLightgbm(bytes);
  if (start.startsWith("{")) return importXgboost(bytes);
  throw new InputError({
    call: "vitrine report",
    argument: "--model",
    expected: "a LightGBM model in text or an XGBoost model in JSON",
    received: start === "" ? "an empty file" : `a file that starts with ${JSON.stringify(start.slice(0, 20))}`,
    mend: 'Save it with booster.save_model("model.txt") in LightGBM or booster.save_model("model.json") in XGBoost.',
  });
}

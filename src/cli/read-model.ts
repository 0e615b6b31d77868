import { InputError } from "../errors.ts";
import { GamModel, GlmModel } from "../models/index.ts";
import { importCatboost, importLightgbm, importOnnx, importSklearn, importXgboost, TreeEnsemble } from "../trees/index.ts";
import { readBytes, readJsonObject } from "./read-file.ts";

/** How a model that vitrine fitted and saved begins. */
const SAVED = /^\{\s*"schema"\s*:\s*"vitrine\/(glm|gam|tree-ensemble)"/;

/** Reads a model file, whose format its first characters tell. @throws InputError where they tell none that is known, and as the importers */
export function readModel(path: string, call: string): TreeEnsemble | GlmModel | GamModel {
  const bytes = readBytes("--model", path, call);
  // The tag of the first field of every ONNX model.
  if (bytes[0] === 0x08) return importOnnx(bytes);
  const start = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart();
  if (start.startsWith("tree")) return importLightgbm(bytes);
  const [, saved] = SAVED.exec(start) ?? [];
  if (saved !== undefined) return restore(saved, readJsonObject("--model", path, call));
  if (/^\{\s*"estimator"/.test(start)) return importSklearn(bytes);
  if (/^\{\s*"(?:ctr_data|features_info)"/.test(start)) return importCatboost(bytes);
  if (start.startsWith("{")) return importXgboost(bytes);
  throw new InputError({
    call,
    argument: "--model",
    expected:
      "a LightGBM model in text, an XGBoost model in JSON or UBJSON, a CatBoost or scikit-learn model in JSON, an ONNX model or a model that vitrine saved in JSON",
    received: start === "" ? "an empty file" : `a file that starts with ${JSON.stringify(start.slice(0, 20))}`,
    mend: 'Save it with booster.save_model("model.txt") in LightGBM, booster.save_model("model.json") in XGBoost, with format="json" in CatBoost, export of python/vitrine_export.py for scikit-learn or JSON.stringify(model) in vitrine.',
  });
}

function restore(saved: string, json: unknown): TreeEnsemble | GlmModel | GamModel {
  if (saved === "glm") return GlmModel.fromJSON(json);
  return saved === "gam" ? GamModel.fromJSON(json) : TreeEnsemble.fromJSON(json);
}

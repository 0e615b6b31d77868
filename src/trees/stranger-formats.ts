import { InputError } from "../errors.ts";

/** A kind of file that people bring, and what to do with it. */
export interface KnownFile {
  readonly what: string;
  readonly mend: string;
}

export const XGBOOST: KnownFile = { what: "an XGBoost model in JSON", mend: "Read it with importXgboost." };
const XGBOOST_DUMP: KnownFile = {
  what: "an XGBoost dump (get_dump or dump_model), which leaves out parts of the model",
  mend: 'Save the model itself with booster.save_model("model.json").',
};
const XGBOOST_SETTINGS: KnownFile = {
  what: "the settings of an XGBoost model (save_config), which hold no trees",
  mend: 'Save the model itself with booster.save_model("model.json").',
};
const UBJSON: KnownFile = { what: "an XGBoost model in UBJSON", mend: "Read it with importXgboost." };
const UBJSON_TEXT: KnownFile = {
  what: "an XGBoost model in UBJSON that was read as text",
  mend: "Pass the bytes of the file to importXgboost: read it without an encoding.",
};
const XGBOOST_BINARY: KnownFile = {
  what: "an XGBoost model in the old binary format",
  mend: 'Load it with the XGBoost that wrote it (before 3.1) and save it with booster.save_model("model.json").',
};
export const LIGHTGBM: KnownFile = { what: "a LightGBM model in text", mend: "Read it with importLightgbm." };
const LIGHTGBM_DUMP: KnownFile = {
  what: "a LightGBM dump in JSON (dump_model)",
  mend: 'Save the model itself with booster.save_model("model.txt") and read that with importLightgbm.',
};
export const CATBOOST: KnownFile = { what: "a CatBoost model in JSON", mend: "Read it with importCatboost." };
export const SKLEARN: KnownFile = { what: "a scikit-learn model in the JSON of vitrine's exporter", mend: "Read it with importSklearn." };
export const ML_CART: KnownFile = { what: "a decision tree of ml-cart", mend: "Read it with importMlCart." };
export const ML_RANDOM_FOREST: KnownFile = { what: "a forest of ml-random-forest", mend: "Read it with importMlRandomForest." };
const ONNX: KnownFile = { what: "an ONNX model", mend: "Pass the bytes of the file to importOnnx: read it without an encoding." };
const PICKLE: KnownFile = {
  what: "a Python pickle",
  mend: "Load it in Python and save the model in its own format: XGBoost as model.json, LightGBM as model.txt.",
};
const ARCHIVE: KnownFile = { what: "a compressed file", mend: "Unpack it first." };
const MARKUP: KnownFile = { what: "a web page or XML", mend: "Download the model file itself, not the page that shows it." };
const EMPTY: KnownFile = { what: "an empty file", mend: "Save the model again." };

/** What the first bytes of a binary file say that it is; null for text and what nobody knows. */
export function recogniseBytes(bytes: Uint8Array): KnownFile | null {
  if (bytes.length === 0) return EMPTY;
  const starts = (...first: number[]): boolean => first.every((byte, i) => bytes[i] === byte);
  if (isUbjson(bytes)) return UBJSON;
  if (starts(0x80) && bytes[1] <= 5) return PICKLE;
  if (starts(0x1f, 0x8b) || starts(0x50, 0x4b)) return ARCHIVE;
  if (starts(0x62, 0x69, 0x6e, 0x66)) return XGBOOST_BINARY;
  return isOnnx(bytes) ? ONNX : null;
}

/** Whether bytes begin as an ONNX model: with the field of its version, or with any other of its fields' tags where one stands first. */
export function isOnnx(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x08) return bytes.length > 2 && bytes[1] < 0x40 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(bytes[2]);
  return false;
}

/** Whether bytes begin as an object in UBJSON: it writes the type of a key's length where JSON has a quote or white space. */
export function isUbjson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b && "iUIlL$#N".includes(String.fromCharCode(bytes[1] ?? 0x20));
}

/** What a text starts like; null for other JSON and what nobody knows. */
export function recogniseText(text: string): KnownFile | null {
  const start = text.slice(0, 1000).trimStart();
  if (start === "") return text.length <= 1000 ? EMPTY : null;
  if (/^tree\r?\n/.test(start)) return LIGHTGBM;
  if (/^\{\s*"learner"/.test(start)) return XGBOOST;
  if (start.startsWith("<")) return MARKUP;
  if (/^\{[iUIlL$#N]/.test(start)) return UBJSON_TEXT;
  // Binary files that were read as text: a byte that is no UTF-8 stays, or becomes U+FFFD.
  const [first, second] = [start.charCodeAt(0), start.charCodeAt(1)];
  if ((first === 0x80 || first === 0xfffd) && second <= 5) return PICKLE;
  if ((first === 0x1f && (second === 0x8b || second === 0xfffd)) || start.startsWith("PK")) return ARCHIVE;
  if (start.startsWith("binf")) return XGBOOST_BINARY;
  return null;
}

/** Which library's JSON a value is; null where nobody knows. */
export function recogniseJson(json: unknown): KnownFile | null {
  const has = (...keys: string[]): boolean => typeof json === "object" && json !== null && keys.every((key) => Object.hasOwn(json, key));
  if (has("learner")) return holdsSettings(json as { learner: unknown }) ? XGBOOST_SETTINGS : XGBOOST;
  if (has("oblivious_trees") || has("features_info")) return CATBOOST;
  if (has("tree_info", "feature_names")) return LIGHTGBM_DUMP;
  if (has("estimator", "trees")) return SKLEARN;
  if (has("name")) return recogniseMljs((json as { name: unknown }).name);
  const first: unknown = Array.isArray(json) ? json[0] : undefined;
  return typeof first === "object" && first !== null && "nodeid" in first ? XGBOOST_DUMP : null;
}

/** Models of ml-cart and ml-random-forest by the names that they give themselves. */
function recogniseMljs(name: unknown): KnownFile | null {
  if (name === "DTClassifier" || name === "DTRegression") return ML_CART;
  return name === "RFClassifier" || name === "RFRegression" ? ML_RANDOM_FOREST : null;
}

/** Whether a JSON of XGBoost tells how to train, and not what was learnt. */
function holdsSettings({ learner }: { readonly learner: unknown }): boolean {
  return typeof learner === "object" && learner !== null && Object.hasOwn(learner, "learner_train_param");
}

/** The error for a file that is not what the called reader reads. */
export function strangeFile(call: string, expected: string, { what, mend }: KnownFile): InputError {
  return new InputError({ call, argument: "model", expected, received: what, mend });
}

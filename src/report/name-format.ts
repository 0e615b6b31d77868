const NAMES: ReadonlyMap<string, string> = new Map([
  ["lightgbm", "LightGBM"],
  ["xgboost", "XGBoost"],
]);

/** The library that wrote a model file, as it writes its own name. */
export function nameFormat(format: string): string {
  return NAMES.get(format) ?? format;
}

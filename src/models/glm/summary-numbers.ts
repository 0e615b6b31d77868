/** A number with so many decimals. */
export function formatFixed(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** A number to so many significant digits; whole parts are never rounded away. */
export function formatSignificant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value);
  const whole = Math.max(1, Math.floor(Math.log10(Math.abs(value) || 1)) + 1);
  return whole >= digits ? value.toFixed(whole === digits ? 0 : 1) : String(Number(value.toPrecision(digits)));
}

/** A p-value as R prints it: `0.0312`, `1.2e-05`, `<2e-16`. */
export function formatPValue(pValue: number): string {
  if (pValue < 2.2e-16) return "<2e-16";
  if (pValue < 1e-4) return pValue.toExponential(2);
  return pValue.toFixed(pValue < 0.001 ? 6 : pValue < 0.1 ? 5 : 3);
}

/** R's stars. */
export function significanceStars(pValue: number): string {
  if (pValue < 0.001) return "***";
  if (pValue < 0.01) return "**";
  if (pValue < 0.05) return "*";
  return pValue < 0.1 ? "." : "";
}

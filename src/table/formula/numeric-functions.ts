/** Functions of one number that may stand in a formula. */
export const UNARY_FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  exp: Math.exp,
  expm1: Math.expm1,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
};

/** Arithmetic of two numbers, as R has it: `%%` takes the sign of the divisor. */
export const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => (b === 2 ? a * a : a ** b),
  "%%": (a, b) => a - Math.floor(a / b) * b,
  "%/%": (a, b) => Math.floor(a / b),
};

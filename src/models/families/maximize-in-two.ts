/** The peak of a function of two numbers, and how sharp it is. */
export interface PeakInTwo {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  /** −∂²f/∂x² along the ridge, on which y is best for each x: above 0 at a proper peak. */
  readonly curvatureOfX: number;
  readonly converged: boolean;
}

/** Step of the differences: their second ones keep eight digits of a sum of thousands of terms, their first ones six. */
const STEP = 1e-3;
/** The longest step in either direction. */
const LONGEST = 1;
/** Gains below this are none: log-likelihoods that differ so little are the same. */
const LEAST_GAIN = 1e-10;
const MOST_STEPS = 50;
const MOST_HALVINGS = 20;

interface Slopes {
  readonly value: number;
  readonly dx: number;
  readonly dy: number;
  readonly dxx: number;
  readonly dyy: number;
  readonly dxy: number;
}

/**
 * The peak of a smooth function by Newton's method on central differences, steps halved until the function rises.
 *
 * @param f - asked at nine points of a grid a step, three of each x together
 */
export function maximizeInTwo(f: (x: number, y: number) => number, start: { readonly x: number; readonly y: number }): PeakInTwo {
  let { x, y } = start;
  let slopes = slopesAt(f, x, y);
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const [moveX, moveY] = newtonStep(slopes);
    converged = moveX * slopes.dx + moveY * slopes.dy < LEAST_GAIN;
    let share = 1;
    let next = f(x + moveX, y + moveY);
    for (let halving = 0; halving < MOST_HALVINGS && !(next >= slopes.value); halving++) {
      share /= 2;
      next = f(x + share * moveX, y + share * moveY);
    }
    if (!(next >= slopes.value)) break;
    x += share * moveX;
    y += share * moveY;
    slopes = slopesAt(f, x, y);
  }
  const { value, dxx, dyy, dxy } = slopes;
  return { x, y, value, curvatureOfX: -(dxx - (dxy * dxy) / dyy), converged };
}

function slopesAt(f: (x: number, y: number) => number, x: number, y: number): Slopes {
  const grid = [-1, 0, 1].map((i) => [-1, 0, 1].map((j) => f(x + i * STEP, y + j * STEP)));
  const [[a, b, c], [d, value, e], [g, h, i]] = grid;
  return {
    value,
    dx: (h - b) / (2 * STEP),
    dy: (e - d) / (2 * STEP),
    dxx: (h - 2 * value + b) / STEP ** 2,
    dyy: (e - 2 * value + d) / STEP ** 2,
    dxy: (i - g - c + a) / (4 * STEP ** 2),
  };
}

/** Newton's step where the function bends down both ways; elsewhere each direction for itself, uphill. */
function newtonStep({ dx, dy, dxx, dyy, dxy }: Slopes): [number, number] {
  const determinant = dxx * dyy - dxy * dxy;
  const step: [number, number] =
    dxx < 0 && determinant > 0
      ? [(dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant]
      : [dx / (Math.abs(dxx) || 1), dy / (Math.abs(dyy) || 1)];
  const longest = Math.max(Math.abs(step[0]), Math.abs(step[1]), LONGEST);
  return [(step[0] * LONGEST) / longest, (step[1] * LONGEST) / longest];
}

/** A grid of numbers, row-major with `width` numbers a row; NaN where nothing is known. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** A place on a grid: `x` counts columns and `y` rows, with fractions. */
export type Place = readonly [x: number, y: number];

/** What lies at or above a level. */
export interface Region {
  /** Closed outlines, the region on the left of each; holes run the other way round. The first place stands at the end again. */
  readonly rings: readonly (readonly Place[])[];
  /** The parts of the outlines on which the grid has this level: not the borders of the grid and of what is not known. */
  readonly lines: readonly (readonly Place[])[];
}

/** Where an outline crosses the line between two neighbours of the grid. */
interface Crossing {
  readonly place: Place;
  /** Whether the level lies there, and not the end of what is known. */
  readonly isLevel: boolean;
}

/** From which side of a square to which an outline goes, by the corners inside (1 lower left, 2 lower right, 4 upper right, 8 upper left). */
const LOWER = 0;
const RIGHT = 1;
const UPPER = 2;
const LEFT = 3;
const STEPS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[LOWER, LEFT]],
  [[RIGHT, LOWER]],
  [[RIGHT, LEFT]],
  [[UPPER, RIGHT]],
  [
    [LOWER, LEFT],
    [UPPER, RIGHT],
  ],
  [[UPPER, LOWER]],
  [[UPPER, LEFT]],
  [[LEFT, UPPER]],
  [[LOWER, UPPER]],
  [
    [RIGHT, LOWER],
    [LEFT, UPPER],
  ],
  [[RIGHT, UPPER]],
  [[LEFT, RIGHT]],
  [[LOWER, RIGHT]],
  [[LEFT, LOWER]],
  [],
];
/** Opposite corners inside, and the middle too: the outlines go round the other two. */
const JOINED: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  5: [
    [LOWER, RIGHT],
    [UPPER, LEFT],
  ],
  10: [
    [LEFT, LOWER],
    [RIGHT, UPPER],
  ],
};

/**
 * Outlines what lies at or above a level, by marching squares: straight between neighbours, halfway where one of them is not known.
 * `-Infinity` outlines all that is known.
 * @see Lorensen and Cline (1987), Marching cubes, doi:10.1145/37401.37422; in the plane, with saddles decided by the mean of the corners
 */
export function traceRegion(grid: Grid, level: number): Region {
  const { next, crossings } = findSteps(grid, level);
  const rings: Place[][] = [];
  const lines: Place[][] = [];
  const left = new Set(next.keys());
  for (const start of next.keys()) {
    if (!left.has(start)) continue;
    const ring: Crossing[] = [];
    for (let edge = start; left.delete(edge); edge = next.get(edge) ?? start) {
      const crossing = crossings.get(edge);
      if (crossing) ring.push(crossing);
    }
    rings.push([...ring, ring[0]].map(({ place }) => place));
    lines.push(...cutLines(ring));
  }
  return { rings, lines };
}

/** The steps of all outlines, from one line between neighbours to the next, and where they cross those lines. */
function findSteps(grid: Grid, level: number): { next: Map<number, number>; crossings: Map<number, Crossing> } {
  const { width, height } = grid;
  const next = new Map<number, number>();
  const crossings = new Map<number, Crossing>();
  // One more square at each side, so that outlines close along the border.
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      const corners = [valueAt(grid, x, y), valueAt(grid, x + 1, y), valueAt(grid, x + 1, y + 1), valueAt(grid, x, y + 1)];
      const inside = corners.reduce((bits, value, k) => (value >= level ? bits | (1 << k) : bits), 0);
      for (const [from, to] of stepsOf(inside, corners, level)) {
        const [start, end] = [edgeOf(grid, x, y, from), edgeOf(grid, x, y, to)];
        next.set(start, end);
        for (const [edge, side] of [
          [start, from],
          [end, to],
        ])
          if (!crossings.has(edge)) crossings.set(edge, cross(grid, level, x, y, side));
      }
    }
  }
  return { next, crossings };
}

function stepsOf(inside: number, corners: readonly number[], level: number): readonly (readonly [number, number])[] {
  const isJoined = inside in JOINED && (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level;
  return isJoined ? JOINED[inside] : STEPS[inside];
}

function valueAt({ width, height, values }: Grid, x: number, y: number): number {
  return x >= 0 && x < width && y >= 0 && y < height ? values[y * width + x] : NaN;
}

/** The two ends of a side of a square. */
function endsOf(x: number, y: number, side: number): readonly [Place, Place] {
  const [low, high] = side === LOWER || side === LEFT ? [0, 0] : [1, 1];
  return side === LOWER || side === UPPER
    ? [
        [x, y + low],
        [x + 1, y + low],
      ]
    : [
        [x + high, y],
        [x + high, y + 1],
      ];
}

/** A number of its own for each line between neighbours. */
function edgeOf({ width }: Grid, x: number, y: number, side: number): number {
  const [[startX, startY]] = endsOf(x, y, side);
  return 2 * ((startY + 1) * (width + 1) + startX + 1) + (side === LOWER || side === UPPER ? 0 : 1);
}

function cross(grid: Grid, level: number, x: number, y: number, side: number): Crossing {
  const [[startX, startY], [endX, endY]] = endsOf(x, y, side);
  const [start, end] = [valueAt(grid, startX, startY), valueAt(grid, endX, endY)];
  const isLevel = !Number.isNaN(start) && !Number.isNaN(end);
  // Equal only to infinite ones: then the whole line is at the level.
  const share = isLevel && Number.isFinite(end - start) ? (level - start) / (end - start) : 0.5;
  const place: Place = [clamp(startX + share * (endX - startX), grid.width - 1), clamp(startY + share * (endY - startY), grid.height - 1)];
  return { place, isLevel };
}

/** The stretches of an outline on which the level lies, of two places at least. */
function cutLines(ring: readonly Crossing[]): Place[][] {
  const first = ring.findIndex(({ isLevel }) => !isLevel);
  if (first < 0) return [[...ring, ring[0]].map(({ place }) => place)];
  const lines: Place[][] = [[]];
  for (let k = 1; k <= ring.length; k++) {
    const { place, isLevel } = ring[(first + k) % ring.length];
    if (isLevel) lines[lines.length - 1].push(place);
    else lines.push([]);
  }
  return lines.filter(({ length }) => length > 1);
}

function clamp(at: number, most: number): number {
  return Math.min(most, Math.max(0, at));
}

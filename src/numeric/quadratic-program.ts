import { addToActive, dropFromActive, emptyActiveSet, solveTransposed, solveTriangle } from "./active-set.ts";
import type { ActiveSet } from "./active-set.ts";

/** Minimise `½ x'Hx − g'x` subject to `Ax ≥ c`. */
export interface QuadraticProgram {
  /** H: p × p, row-major, symmetric and positive definite. */
  readonly hessian: Float64Array;
  /** g: p numbers. */
  readonly linear: Float64Array;
  /** A: m × p, row-major. */
  readonly constraints: Float64Array;
  /** c: m numbers; minus infinity never binds. */
  readonly bounds: Float64Array;
  /** The first so many constraints hold with equality. */
  readonly numEqualities?: number;
}

/** The minimum, or why there is none. */
export interface QuadraticSolution {
  /** `infeasible`: no x satisfies the constraints; `indefinite`: H is not positive definite; `stalled`: rounding hides the way. */
  readonly status: "solved" | "infeasible" | "indefinite" | "stalled";
  /** p numbers; NaN unless solved. */
  readonly x: Float64Array;
  /** m numbers, `Hx − g = A' multipliers`: at least 0 for inequalities, 0 where a constraint does not bind. */
  readonly multipliers: Float64Array;
  /** Positions of the binding constraints, ascending. */
  readonly active: readonly number[];
}

/** A constraint counts as violated beyond this many roundings of what is summed in it. */
const ROUNDINGS = 64;
/** A normal with no more than this part (squared) outside the span of the active ones depends on them. */
const DEPENDENT = 1e-20;
/** Far more steps than any constraint could need to come and go. */
const MOST_STEPS_EACH = 100;

/**
 * The minimum of a strictly convex quadratic function under linear constraints, by the dual active-set method: it starts from the free
 * minimum and adds violated constraints one by one, so no feasible start is needed and few steps are taken where few constraints bind.
 *
 * @see Goldfarb and Idnani (1983), A numerically stable dual method for solving strictly convex quadratic programs, doi:10.1007/BF02591962.
 */
export function solveQuadraticProgram(program: QuadraticProgram): QuadraticSolution {
  const numConstraints = program.bounds.length;
  const scaled = scaleProgram(program);
  const set = emptyActiveSet(scaled.hessian, numConstraints);
  if (set === null) return withoutSolution("indefinite", program);
  const x = freeMinimum(set, scaled.linear);
  scaled.reach.set(x.map(Math.abs));
  const signs = new Float64Array(numConstraints).fill(1);
  for (let step = MOST_STEPS_EACH * (numConstraints + 1); step > 0; step--) {
    let next = mostViolated(scaled, set, x);
    if (next === null) {
      renew(scaled, set, x, signs);
      next = mostViolated(scaled, set, x);
    }
    if (next === null) return readSolution(program, scaled, set, x, signs);
    if (next.constraint < scaled.numEqualities && next.slack > 0) signs[next.constraint] = -1;
    if (!bind(scaled, set, x, next.constraint, signs[next.constraint])) return withoutSolution("infeasible", program);
  }
  return withoutSolution("stalled", program);
}

interface ScaledProgram extends Required<QuadraticProgram> {
  /** x = scale × (x of the scaled program). */
  readonly scale: Float64Array;
  /** Length of each row of A before it was made 1. */
  readonly lengths: Float64Array;
  /** Sizes of the free minimum, from which x comes by subtraction: its rounding stays in x however small that gets. */
  readonly reach: Float64Array;
}

/** The same program with a unit diagonal in H and unit rows in A, so that one tolerance fits all. */
function scaleProgram({ hessian, linear, constraints, bounds, numEqualities = 0 }: QuadraticProgram): ScaledProgram {
  const p = linear.length;
  const scale = linear.map((_, j) => (hessian[j * p + j] > 0 ? 1 / Math.sqrt(hessian[j * p + j]) : 1));
  const rows = constraints.map((value, k) => value * scale[k % p]);
  const lengths = bounds.map((_, i) => Math.hypot(...rows.subarray(i * p, (i + 1) * p)) || 1);
  return {
    hessian: hessian.map((value, k) => value * scale[k % p] * scale[Math.floor(k / p)]),
    linear: linear.map((value, j) => value * scale[j]),
    constraints: rows.map((value, k) => value / lengths[Math.floor(k / p)]),
    bounds: bounds.map((value, i) => value / lengths[i]),
    numEqualities,
    scale,
    lengths,
    reach: new Float64Array(p),
  };
}

/** `H⁻¹ g = J J'g`. */
function freeMinimum({ size, basis }: ActiveSet, linear: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    let along = 0;
    for (let j = 0; j < size; j++) along += basis[k * size + j] * linear[j];
    for (let j = 0; j < size; j++) x[j] += along * basis[k * size + j];
  }
  return x;
}

/** The next constraint to bind, with its slack: equalities first, then the inequality violated most; null where all hold. */
function mostViolated(program: ScaledProgram, set: ActiveSet, x: Float64Array): { constraint: number; slack: number } | null {
  const { bounds, numEqualities } = program;
  let worst: { constraint: number; slack: number } | null = null;
  for (let i = 0; i < bounds.length; i++) {
    if (set.isActive[i] === 1) continue;
    const { slack, rounding } = slackOf(program, i, x);
    if (i < numEqualities) return { constraint: i, slack };
    if (slack < -rounding && slack < (worst?.slack ?? 0)) worst = { constraint: i, slack };
  }
  return worst;
}

function slackOf({ constraints, bounds, reach }: ScaledProgram, i: number, x: Float64Array): { slack: number; rounding: number } {
  let slack = -bounds[i];
  let size = Math.abs(bounds[i]);
  for (let j = 0; j < x.length; j++) {
    const part = constraints[i * x.length + j] * x[j];
    slack += part;
    size += Math.abs(part) + Math.abs(constraints[i * x.length + j]) * reach[j];
  }
  return { slack, rounding: ROUNDINGS * Number.EPSILON * size };
}

/**
 * Moves x until the constraint binds, letting go of active inequalities whose multipliers would turn negative on the way.
 * @returns false where no step satisfies it
 */
function bind(program: ScaledProgram, set: ActiveSet, x: Float64Array, constraint: number, sign: number): boolean {
  const p = x.length;
  const normal = program.constraints.slice(constraint * p, (constraint + 1) * p).map((value) => sign * value);
  let multiplier = 0;
  for (;;) {
    const { along, direction, lengthSquared } = directionsOf(set, normal);
    const slack = sign * slackOf(program, constraint, x).slack;
    const blocking = firstToBlock(set, along, program.numEqualities);
    const full = lengthSquared > 0 ? Math.max(0, -slack) / lengthSquared : Number.POSITIVE_INFINITY;
    const step = Math.min(full, blocking.step);
    // A dependent equality that already holds needs no binding; one that does not can never hold.
    if (step === Number.POSITIVE_INFINITY) return Math.abs(slack) <= slackOf(program, constraint, x).rounding && skip(set, constraint);
    for (let k = 0; k < set.active.length; k++) set.multipliers[k] -= step * along[k];
    multiplier += step;
    if (full < Number.POSITIVE_INFINITY) for (let j = 0; j < p; j++) x[j] += step * direction[j];
    if (full <= blocking.step) {
      addToActive(set, constraint, multiplier, normal);
      return true;
    }
    dropFromActive(set, blocking.position);
  }
}

/**
 * The minimum with the active constraints as equations, straight from their factors: free of what was rounded off on a way that may have led
 * far around. In the coordinates y of x = J y, the first are set by the constraints (R'y = c) and the others free (those of J'g).
 */
function renew({ linear, bounds }: ScaledProgram, set: ActiveSet, x: Float64Array, signs: Float64Array): void {
  const { size, basis, active, multipliers } = set;
  const coordinates = new Float64Array(size);
  for (let k = 0; k < size; k++) for (let j = 0; j < size; j++) coordinates[k] += basis[k * size + j] * linear[j];
  const held = solveTransposed(
    set,
    Float64Array.from(active, (constraint) => signs[constraint] * bounds[constraint]),
  );
  const pull = coordinates.map((value, k) => (k < active.length ? held[k] - value : 0));
  solveTriangle(set, pull).forEach((multiplier, k) => (multipliers[k] = multiplier));
  coordinates.set(held);
  x.fill(0);
  for (let k = 0; k < size; k++) for (let j = 0; j < size; j++) x[j] += coordinates[k] * basis[k * size + j];
}

/** Leaves a redundant equality out of the search without counting it as binding. */
function skip(set: ActiveSet, constraint: number): true {
  set.isActive[constraint] = 1;
  return true;
}

/** How the active multipliers (r) and x (z) move as the multiplier of a new constraint with this normal n grows; n'z is z'Hz. */
function directionsOf(set: ActiveSet, normal: Float64Array): { along: Float64Array; direction: Float64Array; lengthSquared: number } {
  const { size, basis, active } = set;
  const coordinates = new Float64Array(size);
  const direction = new Float64Array(size);
  let lengthSquared = 0;
  let within = 0;
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < size; j++) coordinates[k] += basis[k * size + j] * normal[j];
    if (k < active.length) {
      within += coordinates[k] * coordinates[k];
      continue;
    }
    lengthSquared += coordinates[k] * coordinates[k];
    for (let j = 0; j < size; j++) direction[j] += coordinates[k] * basis[k * size + j];
  }
  if (lengthSquared <= DEPENDENT * within) lengthSquared = 0;
  return { along: solveTriangle(set, coordinates), direction, lengthSquared };
}

/** The active inequality whose multiplier first reaches 0. */
function firstToBlock(set: ActiveSet, along: Float64Array, numEqualities: number): { step: number; position: number } {
  let step = Number.POSITIVE_INFINITY;
  let position = -1;
  for (let k = 0; k < set.active.length; k++) {
    if (set.active[k] < numEqualities || along[k] <= 0) continue;
    const ratio = Math.max(0, set.multipliers[k]) / along[k];
    if (ratio < step) [step, position] = [ratio, k];
  }
  return { step, position };
}

function readSolution(
  program: QuadraticProgram,
  { scale, lengths }: ScaledProgram,
  set: ActiveSet,
  x: Float64Array,
  signs: Float64Array,
): QuadraticSolution {
  const multipliers = new Float64Array(program.bounds.length);
  set.active.forEach((constraint, k) => (multipliers[constraint] = (signs[constraint] * set.multipliers[k]) / lengths[constraint]));
  const active = [...set.active].sort((a, b) => a - b);
  return { status: "solved", x: x.map((value, j) => value * scale[j]), multipliers, active };
}

function withoutSolution(status: "infeasible" | "indefinite" | "stalled", { linear, bounds }: QuadraticProgram): QuadraticSolution {
  return { status, x: linear.map(() => Number.NaN), multipliers: new Float64Array(bounds.length), active: [] };
}

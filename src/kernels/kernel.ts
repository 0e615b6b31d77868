import { WASM_BASE64 } from "./wasm.generated.ts";

// Declared here because Node's types leave WebAssembly out and this library does without the DOM's.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A byte address in the memory of the kernel. */
type Address = number;
type Steps = [steps: Address, numSteps: number];
type Edges = [edges: Address, numEdges: number];
type Rows = [codes: Address, sets: Address, rows: number];
/** Two rows in trees of nodes: `assembly/coalitions.ts`. */
type TwoRows = [nodes: Address, roots: Address, numTrees: number, x: Address, b: Address, sets: Address];
type Groups16 = [...Edges, groups: Address, tests: Address];
type Rows16 = [codes: Address, narrowed: Address, sets: Address, stride: number, rows: number];
type Scratch = [scratch: Address, depth: number];
type Groups = [panel: Address, numGroups: number, stride: number];
type Values = [values: Address, rows: number];
type Pairs = [first: Address, second: Address];
type Lines = [lines: Address, width: number];

/** What the WebAssembly module offers, argument by argument; told in the doc comments of `assembly/`. */
interface KernelFunctions {
  readonly memory: KernelMemory;
  readonly heapBase: () => number;
  readonly quadrature: (
    ...args: [
      ...Steps,
      edges: Address,
      ratios: Address,
      ...Rows,
      rule: Address,
      numNodes: number,
      phi: Address,
      scratch: Address,
      depth: number,
    ]
  ) => void;
  readonly narrowCodes: (codes: Address, count: number, base: number, out: Address) => void;
  readonly applyCells: (...args: [...Groups16, players: Address, tables: Address, ...Rows16, phi: Address, ...Scratch]) => void;
  readonly countCells: (...args: [...Groups16, counts: Address, ...Rows16, weights: Address, ...Scratch]) => void;
  readonly fillTables: (
    ...args: [
      leaves: Address,
      numLeaves: number,
      steps: Address,
      slots: Address,
      ratios: Address,
      values: Address,
      counts: Address,
      shares: Address,
      tables: Address,
      scratch: Address,
      masksBytes: number,
    ]
  ) => void;
  /** @returns the bytes used, or -1 when `capacity` does not suffice */
  readonly listPatterns: (
    ...args: [
      ...Edges,
      leaves: Address,
      values: Address,
      codes: Address,
      sets: Address,
      numRows: number,
      rows: number,
      weights: Address,
      words: number,
      out: Address,
      capacity: number,
      scratch: Address,
      depth: number,
      hash: Address,
      slots: number,
    ]
  ) => number;
  readonly applyPairs: (
    ...args: [
      ...Edges,
      leaves: Address,
      players: Address,
      lists: Address,
      ...Rows,
      words: number,
      shares: Address,
      stride: number,
      phi: Address,
      scratch: Address,
      depth: number,
    ]
  ) => void;
  readonly enumerateCoalitions: (
    ...args: [
      ...TwoRows,
      bits: Address,
      values: Address,
      width: number,
      base: Address,
      outputs: number,
      players: number,
      table: Address,
      differences: Address,
      stack: Address,
    ]
  ) => void;
  readonly evaluateCoalitions: (
    ...args: [
      ...TwoRows,
      lines: Address,
      lineBytes: number,
      values: Address,
      width: number,
      base: Address,
      outputs: number,
      out: Address,
      levels: Address,
      stack: Address,
    ]
  ) => void;
  readonly explainPair: (
    ...args: [
      ...TwoRows,
      values: Address,
      width: number,
      outputs: number,
      shares: Address,
      stride: number,
      states: Address,
      path: Address,
      phi: Address,
      stack: Address,
    ]
  ) => void;
  readonly interactionQuadrature: (
    ...args: [
      ...Steps,
      partners: Address,
      edges: Address,
      ratios: Address,
      ...Rows,
      rule: Address,
      numNodes: number,
      phi: Address,
      scratch: Address,
      depth: number,
    ]
  ) => void;
  readonly countLeafPatterns: (
    ...args: [...Edges, leaves: Address, ...Rows, weights: Address, counts: Address, scratch: Address, depth: number]
  ) => void;
  readonly sumSupersets: (cells: Address, size: number, value: number) => void;
  readonly addInteractionTables: (
    ...args: [supersets: Address, numPlayers: number, shares: Address, table: Address, flip: number, scratch: Address]
  ) => void;
  readonly applyInteractionTables: (
    ...args: [...Edges, leaves: Address, pairs: Address, tables: Address, ...Rows, phi: Address, scratch: Address, depth: number]
  ) => void;
  readonly applyInteractionPairs: (
    ...args: [
      ...Edges,
      leaves: Address,
      places: Address,
      pairs: Address,
      lists: Address,
      ...Rows,
      words: number,
      shares: Address,
      stride: number,
      phi: Address,
      scratch: Address,
      depth: number,
    ]
  ) => void;
  readonly packGroup: (columns: Address, stride: number, rows: number, group: Address) => void;
  readonly addGram: (...args: [...Groups, rows: number, w: Address, scaled: Address, gram: Address, sums: Address]) => void;
  readonly addSum: (...args: [...Values, cell: Address]) => void;
  readonly addGroupSums: (...args: [...Groups, rows: number, u: Address, sums: Address]) => void;
  readonly multiplyGroups: (...args: [...Groups, rows: number, v: Address, base: number, out: Address]) => void;
  readonly addQuadratics: (...args: [...Groups, rows: number, tiles: Address, out: Address]) => void;
  readonly multiplyRows: (a: Address, b: Address, rows: number, out: Address) => void;
  readonly scatter: (...args: [indexes: Address, ...Values, table: Address]) => void;
  readonly gather: (...args: [indexes: Address, ...Values, table: Address, out: Address]) => void;
  readonly scatterPairs: (...args: [...Pairs, width: number, ...Values, table: Address]) => void;
  readonly gatherPairs: (...args: [...Pairs, width: number, ...Values, table: Address, out: Address]) => void;
  readonly scatterLines: (...args: [...Pairs, ...Lines, ...Values, table: Address]) => void;
  readonly gatherLines: (...args: [...Pairs, ...Lines, ...Values, table: Address, out: Address]) => void;
  readonly scatterGroups: (...args: [...Groups, indexes: Address, ...Values, table: Address, numCodes: number]) => void;
  readonly gatherGroups: (...args: [...Groups, indexes: Address, ...Values, table: Address, numCodes: number, out: Address]) => void;
  readonly factorTriangle: (triangle: Address, numBlocks: number, leading: number, tolerance: number, remainders: Address) => void;
  readonly invertTriangle: (triangle: Address, numBlocks: number, leading: number, inverse: Address) => void;
  readonly multiplyInverse: (inverse: Address, numBlocks: number, leading: number, gram: Address) => void;
  readonly reflectRows: (triangle: Address, columns: Address, width: number, stride: number) => void;
  readonly multiplyDense: (a: Address, rows: number, inner: number, b: Address, width: number, out: Address) => void;
  readonly fillRadial: (
    ...args: [
      points: Address,
      dimensions: number,
      stride: number,
      places: Address,
      numPlaces: number,
      first: number,
      rows: number,
      power: number,
      scale: number,
      out: Address,
    ]
  ) => void;
}

/** The core cannot have the memory that a call needs. */
export class KernelMemoryError extends Error {
  override readonly name = "KernelMemoryError";
}

const PAGE = 65536;
/** WebAssembly's 32-bit address space. */
const MOST_PAGES = 65536;

// Compiled once a process, on first use: importing the library costs nothing and needs no top-level await.
let compiled: object | undefined;

/**
 * One instance of the core with its own memory, and a stack of allocations in it. An explainer owns one: what it keeps lies at the bottom,
 * each call takes its scratch above and releases it, so that a long-running service stays at the size of its largest call. The memory goes
 * when the explainer goes.
 */
export class Kernel {
  readonly run: KernelFunctions;
  private top: number;

  constructor() {
    compiled ??= new WebAssembly.Module(decodeBase64(WASM_BASE64));
    this.run = new WebAssembly.Instance(compiled, {}).exports as KernelFunctions;
    this.top = align(this.run.heapBase());
  }

  /** Bytes that are allocated now. */
  get used(): number {
    return this.top;
  }

  /** Bytes that the instance holds now. */
  get bytes(): number {
    return this.run.memory.buffer.byteLength;
  }

  /** Reserves bytes, aligned to 16, not cleared. Views made earlier are void after this: the memory may have moved. */
  allocate(bytes: number): number {
    const start = this.top;
    const end = align(start + bytes);
    const pages = Math.ceil(end / PAGE) - this.bytes / PAGE;
    if (end > MOST_PAGES * PAGE) throw new KernelMemoryError(`${end} bytes, more than WebAssembly can address`);
    // By an eighth at least: each growth makes the host look for garbage.
    if (pages > 0) this.grow(Math.min(MOST_PAGES - this.bytes / PAGE, Math.max(pages, Math.ceil(this.bytes / PAGE / 8))));
    this.top = end;
    return start;
  }

  /** Grows the memory once for allocations to come; each growth makes the host look for garbage. */
  reserve(bytes: number): void {
    this.scratch(() => this.allocate(bytes));
  }

  /** Runs `work`, then gives back everything that it allocated; also when it throws. */
  scratch<Result>(work: () => Result): Result {
    const start = this.top;
    try {
      return work();
    } finally {
      this.top = start;
    }
  }

  /** Runs `work` and keeps what it allocated if it says so; gives it back if it says not, or throws. */
  keepIf(work: () => boolean): void {
    const start = this.top;
    let keep = false;
    try {
      keep = work();
    } finally {
      if (!keep) this.top = start;
    }
  }

  /** Copies an array in. */
  store(source: Float64Array | Int32Array | Uint32Array): number {
    const start = this.allocate(source.byteLength);
    if (source instanceof Float64Array) this.floats(start, source.length).set(source);
    else this.words(start, source.length).set(source);
    return start;
  }

  private grow(pages: number): void {
    try {
      this.run.memory.grow(pages);
    } catch (error) {
      throw new KernelMemoryError(`${pages * PAGE} bytes more, which the machine does not have`, { cause: error });
    }
  }

  /** A view of doubles; valid until the next allocation. */
  floats(start: number, length: number): Float64Array {
    return new Float64Array(this.run.memory.buffer, start, length);
  }

  /** A view of 32-bit words; valid until the next allocation. */
  words(start: number, length: number): Uint32Array {
    return new Uint32Array(this.run.memory.buffer, start, length);
  }
}

function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

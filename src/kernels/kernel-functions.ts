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
export interface KernelFunctions {
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
  readonly codeCells: (
    ...args: [
      columns: Address,
      numColumns: number,
      cells: Address,
      rowBytes: number,
      rows: number,
      padded: number,
      out: Address,
      stride: number,
    ]
  ) => void;
  readonly addLeaves: (
    ...args: [
      nodes: Address,
      roots: Address,
      numTrees: number,
      categories: Address,
      cells: Address,
      rowBytes: number,
      rows: number,
      values: Address,
      width: number,
      single: boolean,
      sums: Address,
      outputs: number,
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

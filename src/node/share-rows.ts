import type { RowNumbersOfFit } from "../models/index.ts";

/** The same numbers in memory that threads share; an array that stands twice is copied once. */
export function shareRows({ matrix, response, weights, frequencies, offset }: RowNumbersOfFit): RowNumbersOfFit {
  const copies = new Map<Float64Array | Int32Array, Float64Array | Int32Array>();
  const share = <Numbers extends Float64Array | Int32Array>(numbers: Numbers): Numbers => {
    const known = copies.get(numbers) ?? copyShared(numbers);
    copies.set(numbers, known);
    return known as Numbers;
  };
  const blocks = matrix.blocks.map((block) => {
    switch (block.kind) {
      case "dense":
        return { ...block, values: block.values.map((column) => column && share(column)) };
      case "coded":
        return { ...block, codes: share(block.codes), multiplier: block.multiplier && share(block.multiplier) };
      case "sparse":
        return { ...block, rows: share(block.rows), values: share(block.values) };
    }
  });
  return {
    matrix: { ...matrix, blocks },
    response: share(response),
    weights: share(weights),
    frequencies: frequencies && share(frequencies),
    offset: offset && share(offset),
  };
}

function copyShared(numbers: Float64Array | Int32Array): Float64Array | Int32Array {
  const memory = new SharedArrayBuffer(numbers.byteLength);
  const copy = numbers instanceof Float64Array ? new Float64Array(memory) : new Int32Array(memory);
  copy.set(numbers);
  return copy;
}

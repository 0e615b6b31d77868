import { damagedFile } from "../damaged-file.ts";
import { readIntegers } from "../json-numbers.ts";
import type { OnnxAttribute, OnnxNode } from "./model-file.ts";

/** The attributes of one node, checked as they are read. @throws InputError where one is missing, of another kind or out of range */
export class NodeAttributes {
  readonly call: string;
  readonly where: string;
  private readonly attributes: ReadonlyMap<string, OnnxAttribute>;

  constructor(call: string, node: OnnxNode) {
    this.call = call;
    this.where = describeNode(node);
    this.attributes = node.attributes;
  }

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  text(name: string, otherwise: string): string {
    return this.attributes.get(name)?.text ?? otherwise;
  }

  texts(name: string): readonly string[] {
    return this.attributes.get(name)?.texts ?? [];
  }

  float(name: string): number | null {
    return this.attributes.get(name)?.float ?? null;
  }

  whole(name: string, otherwise: number, least: number, most: number): number {
    const value = this.attributes.get(name)?.whole ?? otherwise;
    return readIntegers({ call: this.call, name, where: this.where }, [value], 1, least, most)[0];
  }

  /** Whole numbers; `length` of them unless it is null. */
  wholes(name: string, length: number | null, least: number, most: number): Float64Array {
    const values = this.attributes.get(name)?.wholes ?? [];
    return readIntegers({ call: this.call, name, where: this.where }, values, length ?? values.length, least, most);
  }

  /** Numbers, as `NAME_as_tensor` or `NAME`; null where the node has neither. */
  numbers(name: string): Float64Array | null {
    const tensor = this.attributes.get(`${name}_as_tensor`) ?? this.attributes.get(name);
    if (tensor === undefined) return null;
    if (tensor.tensor !== null) return tensor.tensor.values;
    return tensor.floats.length > 0 ? Float64Array.from(tensor.floats) : null;
  }

  /** As `numbers`, of a length. */
  numbersOf(name: string, length: number): Float64Array {
    const values = this.numbers(name) ?? new Float64Array(0);
    if (values.length === length) return values;
    throw this.fault(name, `${length} numbers`, String(values.length));
  }

  fault(argument: string, expected: string, received: string): Error {
    return damagedFile(this.call, argument, expected, received, this.where);
  }
}

/** A node by its operator, and its own name where it has one. */
export function describeNode({ operator, name }: OnnxNode): string {
  return name === "" ? operator : `${operator} ${JSON.stringify(name)}`;
}

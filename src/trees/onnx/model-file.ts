import { damagedFile } from "../damaged-file.ts";
import { readTensor, type OnnxTensor } from "./tensor.ts";
import { WireReader } from "./wire.ts";

/** What an attribute of a node holds. */
export interface OnnxAttribute {
  readonly float: number | null;
  readonly whole: number | null;
  readonly text: string | null;
  readonly tensor: OnnxTensor | null;
  readonly floats: readonly number[];
  readonly wholes: readonly number[];
  readonly texts: readonly string[];
}

/** An operation of a graph. */
export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly name: string;
  /** Names of values; empty where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** What a graph takes or gives. */
export interface OnnxValue {
  readonly name: string;
  /** A type of tensor elements, as `DataType`; 0 for what is no tensor. */
  readonly elementType: number;
  /** Sizes, null where they are free; null for a free number of them. */
  readonly shape: readonly (number | null)[] | null;
}

/** The graph in a file. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Types of tensor elements that matter here. */
export const FLOAT = 1;
export const DOUBLE = 11;

/**
 * The graph of an ONNX file.
 *
 * @throws InputError where the bytes are no ONNX file, are cut off or contradict themselves.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function readOnnxGraph(call: string, bytes: Uint8Array): OnnxGraph {
  let graph: OnnxGraph | null = null;
  new WireReader(call, bytes).fields({ 7: (reader) => (graph = readGraph(call, reader)) });
  if (graph === null) throw damagedFile(call, "the ONNX file", "a model with a graph", "none");
  return graph;
}

function readGraph(call: string, outer: WireReader): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxTensor>();
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  outer.message({
    1: (reader) => nodes.push(readNode(call, reader)),
    5: (reader) => {
      const tensor = readTensor(call, reader);
      constants.set(tensor.name, tensor);
    },
    11: (reader) => inputs.push(readValue(reader)),
    12: (reader) => outputs.push(readValue(reader)),
  });
  return { nodes, constants, inputs, outputs };
}

function readNode(call: string, outer: WireReader): OnnxNode {
  const node = { operator: "", domain: "", name: "" };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  outer.message({
    1: (reader) => inputs.push(reader.text()),
    2: (reader) => outputs.push(reader.text()),
    3: (reader) => (node.name = reader.text()),
    4: (reader) => (node.operator = reader.text()),
    5: (reader) => {
      const [name, attribute] = readAttribute(call, reader);
      attributes.set(name, attribute);
    },
    7: (reader) => (node.domain = reader.text()),
  });
  return { ...node, inputs, outputs, attributes };
}

function readAttribute(call: string, outer: WireReader): [string, OnnxAttribute] {
  let name = "";
  const floats: number[] = [];
  const wholes: number[] = [];
  const texts: string[] = [];
  const one: { -readonly [Key in "float" | "whole" | "text" | "tensor"]: OnnxAttribute[Key] } = {
    float: null,
    whole: null,
    text: null,
    tensor: null,
  };
  outer.message({
    1: (reader) => (name = reader.text()),
    2: (reader) => (one.float = reader.float()),
    3: (reader) => (one.whole = reader.whole()),
    4: (reader) => (one.text = reader.text()),
    5: (reader) => (one.tensor = readTensor(call, reader)),
    7: (reader) => reader.floats(floats),
    8: (reader) => reader.wholes(wholes),
    9: (reader) => texts.push(reader.text()),
  });
  return [name, { ...one, floats, wholes, texts }];
}

function readValue(outer: WireReader): OnnxValue {
  let name = "";
  let elementType = 0;
  let shape: (number | null)[] | null = null;
  const readShape = (reader: WireReader): void => {
    const sizes: (number | null)[] = [];
    reader.message({
      1: (dimension) => {
        let size: number | null = null;
        dimension.message({ 1: (value) => (size = value.whole()) });
        // Converters write 0 for a size that is free.
        sizes.push(size === 0 ? null : size);
      },
    });
    shape = sizes;
  };
  const readTensorType = (reader: WireReader): void => reader.message({ 1: (type) => (elementType = type.whole()), 2: readShape });
  outer.message({ 1: (reader) => (name = reader.text()), 2: (reader) => reader.message({ 1: readTensorType }) });
  return { name, elementType, shape };
}

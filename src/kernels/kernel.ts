import type { KernelFunctions } from "./kernel-functions.ts";
import { WASM_BASE64 } from "./wasm.generated.ts";

// Declared here because Node's types leave WebAssembly out and this library does without the DOM's.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

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

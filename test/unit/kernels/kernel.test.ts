import { expect, test } from "vitest";
import { Kernel } from "../../../src/kernels/index.ts";

test("scratch gives memory back, also when the work throws", () => {
  const kernel = new Kernel();
  const before = kernel.allocate(16);
  expect(kernel.scratch(() => kernel.allocate(1000))).toBe(before + 16);
  expect(() =>
    kernel.scratch(() => {
      kernel.allocate(5000);
      throw new Error("work failed");
    }),
  ).toThrow("work failed");
  expect(kernel.allocate(16)).toBe(before + 16);
});

test("keepIf keeps what work allocated if it says so, unless it throws", () => {
  const kernel = new Kernel();
  const before = kernel.allocate(16);
  kernel.keepIf(() => kernel.allocate(32) > 0);
  expect(kernel.used).toBe(before + 48);
  kernel.keepIf(() => kernel.allocate(32) < 0);
  expect(() =>
    kernel.keepIf(() => {
      kernel.allocate(5000);
      throw new Error("work failed");
    }),
  ).toThrow("work failed");
  expect(kernel.allocate(16)).toBe(before + 48);
});

test("memory does not grow over many calls of the same size", () => {
  const kernel = new Kernel();
  const call = (): void => kernel.scratch(() => void kernel.store(new Float64Array(100_000)));
  call();
  const { bytes } = kernel;
  for (let i = 0; i < 1000; i++) call();
  expect(kernel.bytes).toBe(bytes);
});

test("each kernel has memory of its own", () => {
  const [first, second] = [new Kernel(), new Kernel()];
  const address = first.store(Float64Array.of(1, 2, 3));
  expect(second.store(Float64Array.of(7, 8, 9))).toBe(address);
  expect([...first.floats(address, 3)]).toEqual([1, 2, 3]);
});

test("allocations are aligned to 16 bytes and keep what is stored", () => {
  const kernel = new Kernel();
  const words = kernel.store(Uint32Array.of(1, 0xffffffff, 3));
  const floats = kernel.store(Float64Array.of(0.5, -0, Infinity));
  expect(floats % 16).toBe(0);
  expect([...kernel.words(words, 3)]).toEqual([1, 0xffffffff, 3]);
  expect([...kernel.floats(floats, 3)]).toEqual([0.5, -0, Infinity]);
});

test("asking for more than 4 GiB is refused before memory grows", () => {
  const kernel = new Kernel();
  const { bytes } = kernel;
  expect(() => kernel.allocate(2 ** 32)).toThrow("more than WebAssembly can address");
  expect(kernel.bytes).toBe(bytes);
});

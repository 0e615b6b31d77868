export { Kernel, KernelMemoryError } from "./kernel.ts";

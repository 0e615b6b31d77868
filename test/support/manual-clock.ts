import type { HttpClock } from "../../src/index.ts";

/** A clock that jumps ahead when everybody waits: waits take no time, and are written down. */
export class ManualClock implements HttpClock {
  time = 0;
  readonly waits: number[] = [];
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  #planned = false;

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.waits.push(milliseconds);
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.time + milliseconds, wake: resolve };
      const leave = (): void => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return leave();
      this.#sleepers.push(sleeper);
      signal.addEventListener("abort", leave, { once: true });
      this.#plan();
    });
  }

  /** Wakes the next sleeper once all that can happen now has happened. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers.shift();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
      if (this.#sleepers.length > 0) this.#plan();
    });
  }
}

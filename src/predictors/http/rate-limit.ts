import type { HttpClock } from "./http-types.ts";

/** Spaces requests evenly, and holds all of them back when the service asks for a pause. */
export class RateLimit {
  readonly #interval: number;
  readonly #clock: HttpClock;
  #next = -Infinity;

  /** @param perSecond - requests a second; Infinity for no limit */
  constructor(perSecond: number, clock: HttpClock) {
    this.#interval = 1000 / perSecond;
    this.#clock = clock;
  }

  /** Waits for the next free moment. */
  async wait(signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const mine = Math.max(now, this.#next);
    this.#next = mine + this.#interval;
    if (mine > now) await this.#clock.sleep(mine - now, signal);
  }

  /** Lets nothing through for so many milliseconds. */
  pause(milliseconds: number): void {
    this.#next = Math.max(this.#next, this.#clock.now() + milliseconds);
  }
}

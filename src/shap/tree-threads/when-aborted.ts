/** A promise that rejects with the signal's reason once it is aborted, and never does anything else. */
export interface Aborted {
  readonly promise: Promise<never>;
  /** Takes the listener off the signal. */
  forget(): void;
}

/** @param signal - may be aborted already */
export function whenAborted(signal: AbortSignal | undefined): Aborted {
  const listener: { take?: () => void } = {};
  const promise = new Promise<never>((_, reject) => {
    listener.take = () => reject(signal?.reason);
    signal?.addEventListener("abort", listener.take, { once: true });
    if (signal?.aborted) listener.take();
  });
  // Handled here: who races it may be done before.
  promise.catch(() => undefined);
  return {
    promise,
    forget() {
      if (listener.take) signal?.removeEventListener("abort", listener.take);
    },
  };
}

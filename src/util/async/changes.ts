/** Lets callers wait for the next change of a value that changes often. */
export interface Changes {
  /** True while a caller waits. */
  readonly isAwaited: boolean;
  announce(): void;
  /** Resolves with the next change; rejects with the signal's reason. */
  next(signal: AbortSignal): Promise<void>;
}

export function createChanges(): Changes {
  let waiters: (() => void)[] = [];
  return {
    get isAwaited() {
      return waiters.length > 0;
    },
    announce() {
      const woken = waiters;
      waiters = [];
      for (const wake of woken) wake();
    },
    next(signal) {
      return new Promise((resolve, reject) => {
        const fail = () => reject(signal.reason as Error);
        if (signal.aborted) return fail();
        signal.addEventListener('abort', fail, { once: true });
        waiters.push(() => {
          signal.removeEventListener('abort', fail);
          resolve();
        });
      });
    },
  };
}

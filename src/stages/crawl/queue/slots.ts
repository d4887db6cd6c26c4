/** Concurrency slots for reads. A read that waits for its host releases its slot and takes one again before it continues. */

export interface Slots {
  /** True when a new read may start: a slot is free and no parked read waits for it. */
  readonly free: boolean;
  take(): void;
  giveBack(): void;
  /** Releases the slot during `wait`. */
  park<T>(wait: () => Promise<T>): Promise<T>;
  /** Releases waiters that now fit; call it when `hasRoom` may have become true. */
  admit(): void;
}

/** `hasRoom(taken)` tells whether one more slot is available. */
export function createSlots(hasRoom: (taken: number) => boolean, onFree: () => void): Slots {
  const returning: (() => void)[] = [];
  let taken = 0;

  function admit(): void {
    while (returning.length > 0 && hasRoom(taken)) {
      taken += 1;
      returning.shift()?.();
    }
  }
  function giveBack(): void {
    taken -= 1;
    admit();
    onFree();
  }

  return {
    get free() {
      return returning.length === 0 && hasRoom(taken);
    },
    take() {
      taken += 1;
    },
    giveBack,
    admit,
    async park(wait) {
      giveBack();
      try {
        return await wait();
      } finally {
        await new Promise<void>((resolve) => {
          returning.push(resolve);
          admit();
        });
      }
    },
  };
}

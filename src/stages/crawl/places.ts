/** Places for reads in flight. A read that waits for its host gives its place to another and takes one again before it goes on. */

export interface Places {
  /** True when a new read may start: there is room and nobody waits to go on. */
  readonly free: boolean;
  take(): void;
  giveBack(): void;
  /** Frees the place while `wait` lasts. */
  park<T>(wait: () => Promise<T>): Promise<T>;
  /** Lets in whoever may go on now; to be called when `hasRoom` may have become true. */
  admit(): void;
}

/** `hasRoom(taken)` says whether one more place may be given. */
export function createPlaces(hasRoom: (taken: number) => boolean, onFree: () => void): Places {
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

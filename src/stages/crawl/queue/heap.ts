export interface Heap<T> {
  push(item: T): void;
  /** Removes the first item. */
  pop(): T | undefined;
  peek(): T | undefined;
  readonly size: number;
}

/** A binary heap; `before(a, b)` says that `a` comes out first. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];

  function swap(a: number, b: number): void {
    const kept = items[a] as T; // both indices are in range
    items[a] = items[b] as T;
    items[b] = kept;
  }
  function isBefore(a: number, b: number): boolean {
    return a < items.length && b < items.length && before(items[a] as T, items[b] as T); // in range by the check
  }

  return {
    get size() {
      return items.length;
    },
    peek: () => items[0],
    push(item) {
      let at = items.push(item) - 1;
      for (let parent = (at - 1) >> 1; at > 0 && isBefore(at, parent); parent = (at - 1) >> 1) {
        swap(at, parent);
        at = parent;
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const child = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, at)) return first;
        swap(at, child);
        at = child;
      }
    },
  };
}

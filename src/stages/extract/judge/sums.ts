/** Sums over runs of blocks in constant time. */
export class RunningSum {
  readonly #sums: Float64Array;

  constructor(values: ArrayLike<number>) {
    this.#sums = new Float64Array(values.length + 1);
    let sum = 0;
    for (let index = 0; index < values.length; index += 1) {
      sum += values[index] ?? 0;
      this.#sums[index + 1] = sum;
    }
  }

  get all(): number {
    return this.#sums[this.#sums.length - 1] ?? 0;
  }

  /** From `first` to `end`, exclusive; positions outside count as zero. */
  between(first: number, end: number): number {
    const last = this.#sums.length - 1;
    const from = Math.max(0, Math.min(first, last));
    const to = Math.max(from, Math.min(end, last));
    return (this.#sums[to] ?? 0) - (this.#sums[from] ?? 0);
  }
}

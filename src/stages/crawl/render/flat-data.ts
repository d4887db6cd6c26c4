/** Revives data in which each value is an index into one flat list (devalue, as Nuxt 3 writes `__NUXT_DATA__`). Circles are cut. Pure. */
export function reviveFlatData(list: readonly unknown[]): unknown {
  const known = new Map<number, unknown>();

  function revive(index: unknown, depth: number): unknown {
    if (typeof index !== 'number' || index < 0 || depth > 200) return undefined;
    if (known.has(index)) return known.get(index);
    known.set(index, undefined); // placeholder for circular references
    const revived = reviveValue(list[index], depth);
    known.set(index, revived);
    return revived;
  }

  function reviveValue(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (!Array.isArray(value))
      return Object.fromEntries(Object.entries(value).map(([key, index]) => [key, revive(index, depth + 1)]));
    const [tag] = value;
    if (typeof tag === 'string') return revive(value[1], depth + 1); // a wrapped value, such as ["Reactive", 1]
    return value.map((index) => revive(index, depth + 1));
  }

  return revive(0, 0);
}

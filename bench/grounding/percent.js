/** Share with its 95 % interval after Wilson. */
export function percent(hits, of) {
  const z = 1.96;
  const p = hits / of;
  const middle = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const reach = (z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return `${(p * 100).toFixed(1)} %, ${(Math.max(0, middle - reach) * 100).toFixed(1)}–${(Math.min(1, middle + reach) * 100).toFixed(1)}`;
}

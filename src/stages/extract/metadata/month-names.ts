/** Names of months in a language, long and short and as they stand beside a day, from Unicode's CLDR; English is understood everywhere. */

const KNOWN = new Map<string, ReadonlyMap<string, number>>();

export function monthNames(lang: string | undefined): ReadonlyMap<string, number> {
  const base = lang?.toLowerCase().split('-', 1)[0] ?? 'en';
  let names = KNOWN.get(base);
  if (names === undefined) {
    names = new Map([
      ...namesOf('en'),
      ['sept', 9] as const,
      ...(base === 'en' || !/^[a-z]{2,3}$/.test(base) ? [] : namesOf(base)),
    ]);
    if (KNOWN.size < 100) KNOWN.set(base, names);
  }
  return names;
}

function namesOf(lang: string): (readonly [string, number])[] {
  const names: (readonly [string, number])[] = [];
  for (const month of ['long', 'short'] as const) {
    for (const options of [{ month }, { month, day: 'numeric' as const }]) {
      const format = new Intl.DateTimeFormat(lang, { ...options, timeZone: 'UTC', calendar: 'gregory' });
      for (let index = 0; index < 12; index += 1) {
        const name = format.formatToParts(Date.UTC(2026, index, 10)).find(({ type }) => type === 'month')?.value;
        const plain = name?.toLowerCase().replace(/\.$/, '').normalize('NFKC');
        // Where months have numbers only (`5月`), digits and signs are read, not names.
        if (plain !== undefined && /^[\p{L}\p{M}]{2,}$/u.test(plain)) names.push([plain, index + 1]);
      }
    }
  }
  return names;
}

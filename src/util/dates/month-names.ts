/** Month names of a language from Unicode's CLDR: long, short, and the form next to a day. English names are always included. */

const KNOWN = new Map<string, ReadonlyMap<string, number>>();

export function monthNames(lang: string | undefined): ReadonlyMap<string, number> {
  const base = lang?.toLowerCase().split('-', 1)[0] ?? 'en';
  let names = KNOWN.get(base);
  if (names === undefined) {
    names = new Map([
      ...namesOf('en'),
      ['sept', 9] as const,
      ...(base === 'en' || !/^[a-z]{2,3}$/.test(base) ? [] : [base, ...(REGIONS[base] ?? [])].flatMap(namesOf)),
    ]);
    if (KNOWN.size < 100) KNOWN.set(base, names);
  }
  return names;
}

/** Regions that have names of their own. */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  ar: ['ar-IQ', 'ar-MA', 'ar-TN'],
  de: ['de-AT'],
};

function namesOf(lang: string): (readonly [string, number])[] {
  const names: (readonly [string, number])[] = [];
  for (const month of ['long', 'short'] as const) {
    for (const options of [{ month }, { month, day: 'numeric' as const }]) {
      const format = new Intl.DateTimeFormat(lang, { ...options, timeZone: 'UTC', calendar: 'gregory' });
      for (let index = 0; index < 12; index += 1) {
        const name = format.formatToParts(Date.UTC(2026, index, 10)).find(({ type }) => type === 'month')?.value;
        const plain = name?.toLowerCase().replace(/\.$/, '').normalize('NFKC');
        // Skips numeric months (`5月`): other patterns read them.
        if (plain !== undefined && /^[\p{L}\p{M}]{2,}$/u.test(plain)) names.push([plain, index + 1]);
      }
    }
  }
  return names;
}

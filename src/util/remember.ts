/** Longer texts rarely repeat. */
const LONGEST = 300;

/**
 * Memoises a pure function for short texts: the pages of a site share their class names and labels.
 * The cache is cleared when it has `most` entries.
 */
export function remember<T>(read: (text: string) => T, most = 5_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return read(text);
    const kept = known.get(text);
    if (kept !== undefined || known.has(text)) return kept as T; // the key is in the map
    const own = copyOf(text);
    const answer = read(own);
    if (known.size >= most) known.clear();
    known.set(own, answer);
    return answer;
  };
}

/** V8 stores a substring as a view of the whole string: without a copy, a class name would keep the HTML of its page in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

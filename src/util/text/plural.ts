/** Counted things in messages: `1 entry`, `2 entries`. Pure. */

/** Things that messages count. */
export const COUNTED = {
  address: 'addresses',
  byte: 'bytes',
  character: 'characters',
  day: 'days',
  duplicate: 'duplicates',
  entry: 'entries',
  error: 'errors',
  file: 'files',
  hit: 'hits',
  hour: 'hours',
  id: 'ids',
  item: 'items',
  job: 'jobs',
  line: 'lines',
  minute: 'minutes',
  miss: 'misses',
  page: 'pages',
  post: 'posts',
  request: 'requests',
  row: 'rows',
  second: 'seconds',
  section: 'sections',
  sentence: 'sentences',
  statement: 'statements',
  time: 'times',
  token: 'tokens',
  word: 'words',
  worker: 'workers',
  year: 'years',
} as const;

/** A count with its thing; words before the thing, as in `new item`, stay. */
export function plural(count: number, one: string, many = manyOf(one)): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** A time to wait, rounded up: in minutes below two hours, in hours from there on. */
export function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? plural(minutes, 'minute') : plural(Math.ceil(minutes / 60), 'hour');
}

/** `new item` as `new items`. */
export function manyOf(one: string): string {
  const noun = one.slice(one.lastIndexOf(' ') + 1);
  const many = (COUNTED as Readonly<Record<string, string>>)[noun] ?? `${noun}s`;
  return one.slice(0, one.length - noun.length) + many;
}

const ONE = new RegExp(`(?<![\\d.,])1 ((?:[a-z]+ )?)(${Object.keys(COUNTED).join('|')})(?![\\w'-])`, 'g');

/** The text with every `1 entry` as `1 entries`: one form for templates that are written for many. */
export function asMany(text: string): string {
  return text.replace(ONE, (_, between: string, noun: keyof typeof COUNTED) => `1 ${between}${COUNTED[noun]}`);
}

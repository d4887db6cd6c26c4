/** The front matter of a post, independent of the site generator. Pure. */

export interface PostFront {
  readonly title?: string;
  readonly description?: string;
  readonly slug?: string;
  readonly lang?: string;
  readonly canonical?: string;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly date?: string;
  /** Not shown before this time. */
  readonly publishAt?: string;
  /** Not shown from this time on. */
  readonly expiresAt?: string;
  /** A draft, or excluded from the build in another way. */
  readonly hidden: boolean;
  /** Permalink set by hand. */
  readonly permalink?: string;
}

type Data = Readonly<Record<string, unknown>>;

export function describeFront(written: Data): PostFront {
  const data = inLowerCase(written);
  const folded = Object.fromEntries(Object.entries(data).map(([name, value]) => [name.replace(/[-_ ]/g, ''), value]));
  const extra = mapOf(data['extra']);
  const taxonomies = mapOf(data['taxonomies']);
  return withoutUndefined({
    title: word(data, 'title'),
    description: word(data, 'description', 'summary', 'excerpt'),
    slug: word(data, 'slug'),
    lang: (word(data, 'lang', 'language', 'locale') ?? word(extra, 'lang'))?.replaceAll('_', '-'),
    canonical: word(data, 'canonical', 'canonicalurl', 'canonical_url') ?? word(extra, 'canonical'),
    tags: words(data['tags'] ?? taxonomies['tags'] ?? extra['tags'] ?? data['keywords'], separatorIn(data)),
    categories: words(
      data['categories'] ?? data['category'] ?? taxonomies['categories'] ?? extra['categories'],
      separatorIn(data),
    ),
    date: time(folded, 'date', ...DATES),
    publishAt: time(folded, 'publishdate', 'publishat', 'publishon', 'scheduledfor', 'date', ...DATES),
    expiresAt: time(folded, 'expirydate', 'expires', 'expiresat'),
    hidden: isHidden(folded),
    permalink: word(data, 'permalink', 'url', 'path'),
  });
}

/** Whether a file is kept from readers by where it lies or what it is called: a folder of drafts (Jekyll, Hexo), a name that generators pass over. */
export function isHeldByName(path: string): boolean {
  const folders = path.split(/[/\\]/);
  const name = folders.pop() ?? '';
  return folders.includes('_drafts') || /\.draft(?:\.\w+)?$/i.test(name) || /^[_.](?!index\.)/.test(name);
}

/** Whether readers of the blog see the post at this time. */
export function isShown({ hidden, publishAt, expiresAt }: PostFront, now: number): boolean {
  return !hidden && !((timeOf(publishAt) ?? 0) > now) && !((timeOf(expiresAt) ?? Number.POSITIVE_INFINITY) <= now);
}

/** Whether the result of `isShown` will change without an edit. */
export function changesWithTime({ publishAt, expiresAt }: PostFront, now: number): boolean {
  return (timeOf(publishAt) ?? 0) > now || (timeOf(expiresAt) ?? 0) > now;
}

function isHidden(data: Data): boolean {
  const build = mapOf(data['build']);
  const names = Object.entries(data);
  return (
    names.some(([name, value]) => HELD_BY.test(name) && isYes(value)) ||
    names.some(([name, value]) => SHOWN_BY.test(name) && isNo(value)) ||
    data['permalink'] === false ||
    names.some(([name, value]) => STATES.test(name) && HELD_WORDS.test(String(value ?? '').trim())) ||
    /^(?:never|false)$/.test(String(build['render'] ?? ''))
  );
}

/** What other generators and exporters call the time of a post. */
const DATES = ['pubdate', 'pubdatetime', 'publishedat', 'publisheddate', 'datepublished', 'published'];
/** Front matter names by which generators, editors and exporters hide or show a post; in lower case, without hyphens and underscores. */
const HELD_BY = /^(?:(?:is|saveas)?draft|private|hidden|unlisted)$/;
const SHOWN_BY = /^(?:(?:is|dg)?publish(?:ed)?)$/;
const STATES = /^(?:(?:post)?(?:status|state)|visibility)$/;
const HELD_WORDS = /^(?:draft|hidden|skip|private|pending|unpublished|unlisted|trash|archived)$/i;

/** Accepts true as any version of YAML, or a person, writes it. */
function isYes(value: unknown): boolean {
  return /^(?:true|yes|on|y|1)$/i.test(String(value).trim());
}

function isNo(value: unknown): boolean {
  return /^(?:false|no|off|n|0)$/i.test(String(value).trim());
}

/** Hugo accepts names in any case. */
function inLowerCase(data: Data): Data {
  const names = Object.entries(data);
  // The usual spelling of a name takes precedence over others.
  return Object.fromEntries([...names.map(([name, value]) => [name.toLowerCase(), value]), ...names]) as Data;
}

function timeOf(text: string | undefined): number | undefined {
  const time =
    text === undefined ? Number.NaN : Date.parse(text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) ?/, '$1T$2'));
  return Number.isNaN(time) ? undefined : time;
}

function word(data: Data, ...names: string[]): string | undefined {
  // `title: 1984` is a title, although YAML reads a number.
  const value = names.map((name) => data[name]).find((one) => isScalar(one) && one !== '');
  return value === undefined ? undefined : String(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || value === true;
}

function time(data: Data, ...names: string[]): string | undefined {
  const value = names
    .map((name) => data[name])
    .find((one) => typeof one === 'string' || typeof one === 'number' || one instanceof Date);
  return value instanceof Date ? value.toISOString() : typeof value === 'number' ? String(value) : value;
}

/** Jekyll takes the words of a line for a tag each; a layout without a path is one of Jekyll's. */
function separatorIn(data: Data): RegExp {
  return /^\w[\w-]*$/.test(String(data['layout'] ?? '')) ? /[,\s]/ : /,/;
}

/** Each once, whatever its case; lists within the list, names of records and marks of hashtags as plain names. */
function words(value: unknown, separator: RegExp): readonly string[] {
  const written = typeof value === 'string' ? value.split(value.includes(',') ? /,/ : separator) : namesIn(value);
  const names = written.map((one) => one.trim().replace(/^#+(?=[^\s#])/, '')).filter((one) => one !== '');
  const folded = names.map((name) => name.normalize('NFC').toLowerCase());
  return names.filter((_, at) => folded.indexOf(folded[at] ?? '') === at);
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (isScalar(value) || value === false) return [String(value)];
  const { name, title, label } = mapOf(value);
  return [name ?? title ?? label].filter(isScalar).map(String);
}

function mapOf(value: unknown): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

function withoutUndefined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

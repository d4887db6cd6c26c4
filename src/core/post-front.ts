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

export function describeFront(data: Data): PostFront {
  const extra = mapOf(data['extra']);
  const taxonomies = mapOf(data['taxonomies']);
  return withoutUndefined({
    title: word(data, 'title'),
    description: word(data, 'description', 'summary', 'excerpt'),
    slug: word(data, 'slug'),
    lang: word(data, 'lang', 'language', 'locale') ?? word(extra, 'lang'),
    canonical: word(data, 'canonical', 'canonicalURL', 'canonical_url') ?? word(extra, 'canonical'),
    tags: words(data['tags'] ?? taxonomies['tags'] ?? extra['tags'] ?? data['keywords']),
    categories: words(data['categories'] ?? data['category'] ?? taxonomies['categories'] ?? extra['categories']),
    date: time(data, 'date', 'pubDate', 'pubdate', 'published'),
    publishAt: time(data, 'publishDate', 'date', 'pubDate', 'pubdate'),
    expiresAt: time(data, 'expiryDate', 'expires'),
    hidden: isHidden(data),
    permalink: word(data, 'permalink', 'url', 'path'),
  });
}

/** Whether a reader of the blog finds it at this time. */
export function isShown({ hidden, publishAt, expiresAt }: PostFront, now: number): boolean {
  return !hidden && !((timeOf(publishAt) ?? 0) > now) && !((timeOf(expiresAt) ?? Number.POSITIVE_INFINITY) <= now);
}

/** Whether time alone will change the answer of `isShown`. */
export function changesWithTime({ publishAt, expiresAt }: PostFront, now: number): boolean {
  return (timeOf(publishAt) ?? 0) > now || (timeOf(expiresAt) ?? 0) > now;
}

function isHidden(data: Data): boolean {
  const build = mapOf(data['build'] ?? data['_build']);
  return (
    isYes(data['draft']) ||
    isNo(data['published']) ||
    data['permalink'] === false ||
    /^(?:draft|hidden|skip)$/i.test(String(data['status'] ?? '')) ||
    /^(?:never|false)$/.test(String(build['render'] ?? ''))
  );
}

function isYes(value: unknown): boolean {
  return value === true || /^(?:true|yes)$/i.test(String(value));
}

function isNo(value: unknown): boolean {
  return value === false || /^(?:false|no)$/i.test(String(value));
}

function timeOf(text: string | undefined): number | undefined {
  const time =
    text === undefined ? Number.NaN : Date.parse(text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) ?/, '$1T$2'));
  return Number.isNaN(time) ? undefined : time;
}

function word(data: Data, ...names: string[]): string | undefined {
  return names.map((name) => data[name]).find((value): value is string => typeof value === 'string' && value !== '');
}

function time(data: Data, ...names: string[]): string | undefined {
  const value = names.map((name) => data[name]).find((one) => typeof one === 'string' || one instanceof Date);
  return value instanceof Date ? value.toISOString() : (value as string | undefined);
}

function words(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return Array.isArray(value)
    ? value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String)
    : [];
}

function mapOf(value: unknown): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

function withoutUndefined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Reads the articles that pages describe as JSON-LD (schema.org). Whatever is malformed is left out. */

import { decoded } from './metadata/one-line.ts';

export interface LinkedData {
  readonly headline?: string;
  /** Names, as stated. */
  readonly authors?: readonly string[];
  /** The stated author is an organisation, often the site itself. */
  readonly isByOrganization?: boolean;
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  readonly siteName?: string;
  readonly image?: string;
  readonly description?: string;
  /** The text of the article; seldom whole, sometimes the only place where it is. */
  readonly articleBody?: string;
  /** False if the owner sells the text: this copy is for search engines only. */
  readonly isFree?: boolean;
}

export const ARTICLE_TYPES =
  /(?:Article|Posting|Report|HowTo|Review|WebPage|Recipe|Blog|Course|Event|VideoObject|PodcastEpisode)$/;
const MAX_NODES = 2_000;
/** Longer scripts describe a shop, not an article. */
const MAX_SCRIPT = 1_000_000;
const MAX_BODY = 500_000;

/** The page that the data stand on: of several articles the one of this page counts. */
export interface PageOfData {
  readonly addresses: readonly string[];
  readonly title: string;
}

export function readLinkedData(scripts: readonly string[], page?: PageOfData): LinkedData {
  const nodes = nodesIn(scripts);
  const byId = new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' ? [[node['@id'], node] as const] : [])),
  );
  const articles = nodes.filter((node) => typesOf(node).some((type) => ARTICLE_TYPES.test(type)));
  // A WebPage around an article says less about it.
  const isOfPage = page === undefined ? undefined : ofPage(page);
  articles.sort((a, b) => rank(a) - rank(b) || Number(isOfPage?.(b) ?? 0) - Number(isOfPage?.(a) ?? 0));
  const first = <T>(read: (node: Node) => T | undefined) => {
    for (const node of articles) {
      const value = read(node);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return withoutUndefined({
    headline: first((node) => text(node['headline']) ?? (isWebPage(node) ? undefined : text(node['name']))),
    authors: first((node) => names(node['author'] ?? node['creator'], byId)),
    isByOrganization: first((node) => isOrganization(node['author'] ?? node['creator'], byId)),
    publishedAt:
      first((node) => text(node['datePublished'])) ??
      first((node) => text(node['dateCreated']) ?? text(node['uploadDate'])),
    modifiedAt: first((node) => text(node['dateModified'])),
    siteName: first((node) => names(node['publisher'], byId)?.[0]),
    image: first((node) => imageOf(node['image'])),
    description: first((node) => text(node['description'])),
    articleBody: first((node) => bodyOf(node['articleBody'])),
    isFree: first((node) => booleanOf(node['isAccessibleForFree'])),
  });
}

/** True for an article with this page's address, or with its title. */
function ofPage({ addresses, title }: PageOfData): (node: Node) => boolean {
  const paths = new Set(addresses.map(pathOf));
  return (node) => {
    const named = [node['url'], node['mainEntityOfPage'], node['@id']].map((one) => (isNode(one) ? one['@id'] : one));
    if (named.some((one) => typeof one === 'string' && paths.has(pathOf(one)))) return true;
    const headline = text(node['headline']);
    return headline !== undefined && headline.length >= SHORTEST_HEADLINE && title.includes(headline);
  };
}

const SHORTEST_HEADLINE = 10;

function pathOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { host, pathname } = new URL(address);
  return `${host.replace(/^(?:www|m|amp)\./, '')}${pathname.replace(/\/$/, '')}`;
}

export type Node = Readonly<Record<string, unknown>>;

/** The objects of all scripts, nested ones too where one of `holders` holds them. */
export function nodesIn(scripts: readonly string[], holders: readonly string[] = HOLDERS): Node[] {
  const budget = { nodes: MAX_NODES };
  return scripts.slice(0, 50).flatMap((script) => nodesOf(parse(script), budget, holders));
}

function parse(script: string): unknown {
  if (script.length > MAX_SCRIPT) return undefined;
  const trimmed = script.trim();
  // Some editors escape what stands in a script as if it were text.
  const plain = withoutWrapping(/^[[{\s]*&quot;/.test(trimmed) ? decoded(trimmed) : trimmed);
  try {
    return JSON.parse(plain);
  } catch {
    try {
      // Raw line breaks inside of strings are the usual fault, commas before a bracket the next.
      return JSON.parse(plain.replace(/[\n\r\t]/g, ' ').replace(/,(?= {0,40}[}\]])/g, ''));
    } catch {
      return undefined; // not JSON: treated as absent
    }
  }
}

/** Comments and CDATA signs around the data. */
function withoutWrapping(wrapped: string): string {
  const script = wrapped.replace(/<!\[CDATA\[|\]\]>/g, '');
  const start = script.search(/[[{]/);
  const end = Math.max(script.lastIndexOf('}'), script.lastIndexOf(']'));
  return start === -1 || start > 200 || end < start ? script : script.slice(start, end + 1);
}

const HOLDERS = ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart', 'itemReviewed', 'review', 'blogPost'] as const;

/** All objects with a type, wherever they are nested; `budget` is shared by all scripts of a page. */
function nodesOf(value: unknown, budget: { nodes: number }, holders: readonly string[]): Node[] {
  const found: Node[] = [];
  const waiting: unknown[] = [value];
  for (let index = 0; index < waiting.length && budget.nodes > 0; index += 1) {
    budget.nodes -= 1;
    const next = waiting[index];
    if (Array.isArray(next)) waiting.push(...next.slice(0, budget.nodes));
    if (!isNode(next)) continue;
    if ('@type' in next || '@id' in next) found.push(next);
    for (const name of holders) if (typeof next[name] === 'object') waiting.push(next[name]);
  }
  return found;
}

export function typesOf(node: Node): string[] {
  const type = node['@type'];
  return (Array.isArray(type) ? type.slice(0, 10) : [type]).filter((one): one is string => typeof one === 'string');
}

function isWebPage(node: Node): boolean {
  return typesOf(node).every((type) => type.endsWith('WebPage'));
}

function rank(node: Node): number {
  if (isWebPage(node)) return 2;
  return typesOf(node).some((type) => /Article|Posting|Report|Recipe|HowTo/.test(type)) ? 0 : 1;
}

const MAX_NAMES = 8;

export function names(value: unknown, byId: ReadonlyMap<string, Node>): string[] | undefined {
  const all = (Array.isArray(value) ? value.slice(0, MAX_NAMES) : [value])
    .map((one) => nameOf(one, byId))
    .filter((name) => name !== undefined);
  return all.length === 0 ? undefined : [...new Set(all)];
}

/** Names a person by value or by the `@id` of another node. */
function nameOf(value: unknown, byId: ReadonlyMap<string, Node>): string | undefined {
  if (!isNode(value)) return text(value);
  const stated =
    text(value['name']) ??
    ([text(value['givenName']), text(value['familyName'])].filter((part) => part !== undefined).join(' ') || undefined);
  if (stated !== undefined) return stated;
  const id = value['@id'];
  const node = typeof id === 'string' ? byId.get(id) : undefined;
  return node === undefined ? undefined : text(node['name']);
}

function isOrganization(value: unknown, byId: ReadonlyMap<string, Node>): boolean | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  if (!isNode(first)) return undefined;
  const id = first['@id'];
  const node = '@type' in first || typeof id !== 'string' ? first : (byId.get(id) ?? first);
  return typesOf(node).some((type) => /Organization|Brand|WebSite|Corporation/.test(type)) || undefined;
}

function imageOf(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  return isNode(first) ? text(first['url']) : text(first);
}

export function text(value: unknown, most = 5_000): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  if (typeof first !== 'string') return undefined;
  const plain = first.slice(0, most).trim();
  return plain === '' ? undefined : decoded(plain);
}

/** As it stands: its tags set paragraphs apart. */
function bodyOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_BODY).trim() : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(?:https?:\/\/schema\.org\/)?false$/i.test(value)) return false;
  return /^(?:https?:\/\/schema\.org\/)?true$/i.test(value) ? true : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

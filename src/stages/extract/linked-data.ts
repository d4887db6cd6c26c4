/** Reads the articles that pages describe as JSON-LD (schema.org). Whatever is malformed is left out. */

export interface LinkedData {
  readonly headline?: string;
  readonly author?: string;
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  readonly siteName?: string;
  readonly image?: string;
  readonly description?: string;
  /** The text of the article; seldom whole, sometimes the only place where it is. */
  readonly articleBody?: string;
}

const ARTICLE_TYPES = /(?:Article|BlogPosting|NewsArticle|Report|HowTo|Review|WebPage|Recipe)$/;
const MOST_NODES = 2000;

export function readLinkedData(scripts: readonly string[]): LinkedData {
  const nodes = scripts.flatMap((script) => nodesOf(parse(script)));
  const articles = nodes.filter((node) => typesOf(node).some((type) => ARTICLE_TYPES.test(type)));
  // A WebPage around an article says less about it.
  articles.sort((a, b) => Number(isWebPage(a)) - Number(isWebPage(b)));
  const first = <T>(read: (node: Node) => T | undefined) => articles.map(read).find((value) => value !== undefined);
  const entries: [keyof LinkedData, string | undefined][] = [
    ['headline', first((node) => text(node['headline']) ?? (isWebPage(node) ? undefined : text(node['name'])))],
    ['author', first((node) => names(node['author']))],
    ['publishedAt', first((node) => text(node['datePublished']))],
    ['modifiedAt', first((node) => text(node['dateModified']))],
    ['siteName', first((node) => names(node['publisher']))],
    ['image', first((node) => imageOf(node['image']))],
    ['description', first((node) => text(node['description']))],
    ['articleBody', first((node) => text(node['articleBody']))],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

type Node = Readonly<Record<string, unknown>>;

function parse(script: string): unknown {
  const plain = script
    .trim()
    .replace(/^<!--|-->$/g, '')
    .replace(/^\/\*.*?\*\/|^\/\/<!\[CDATA\[|\/\/\]\]>$/g, '');
  try {
    return JSON.parse(plain);
  } catch {
    try {
      // Raw line breaks inside of strings are the usual fault.
      return JSON.parse(plain.replace(/[\n\r\t]+/g, ' '));
    } catch {
      return undefined; // no JSON: as good as absent
    }
  }
}

/** All objects with a type, wherever they are nested. */
function nodesOf(value: unknown): Node[] {
  const found: Node[] = [];
  const waiting = [value];
  for (let seen = 0; waiting.length > 0 && seen < MOST_NODES; seen += 1) {
    const next = waiting.shift();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isNode(next)) continue;
    if ('@type' in next) found.push(next);
    for (const name of ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart'])
      if (typeof next[name] === 'object') waiting.push(next[name]);
  }
  return found;
}

function typesOf(node: Node): string[] {
  const type = node['@type'];
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');
}

function isWebPage(node: Node): boolean {
  return typesOf(node).every((type) => type.endsWith('WebPage'));
}

function names(value: unknown): string | undefined {
  const all = (Array.isArray(value) ? value : [value])
    .map((one) => (isNode(one) ? text(one['name']) : text(one)))
    .filter((name) => name !== undefined);
  return all.length === 0 ? undefined : all.slice(0, 5).join(', ');
}

function imageOf(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  return isNode(first) ? text(first['url']) : text(first);
}

function text(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

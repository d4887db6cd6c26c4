/** The kinds of list. A new one is a file in `kinds/` and a row here; what the text looks like decides, a file name only where the text could be either. */

import type { ListContent, ListPlace } from './list-row.ts';
import { type ListStart, listStart } from './read/list-start.ts';

export interface ListKind {
  readonly name: string;
  /** True where the text is of this kind; asked in the order of the table. */
  sniff(start: ListStart): boolean;
  parse(text: string, place: ListPlace): Promise<ListContent>;
  /** False where the text is its site's and must not name files of this machine, wherever it lies. */
  readonly namesFiles: boolean;
  /** Read again and again for what is new: always, or only where an option asks for it. */
  readonly watched: 'always' | 'on request' | 'never';
}

const TEXT = {
  name: 'text',
  sniff: () => true,
  parse: async (text) => (await import('./kinds/text.ts')).parseTextRows(text),
  namesFiles: true,
  watched: 'never',
} as const satisfies ListKind;

const KINDS = [
  {
    name: 'feed',
    sniff: ({ root, isJsonFeed }) => isJsonFeed || root === 'rss' || root === 'feed' || root === 'rdf',
    parse: async (text, place) => (await import('./kinds/feed.ts')).parseFeedItems(text, place),
    namesFiles: false,
    watched: 'always',
  },
  {
    name: 'opml',
    sniff: ({ root }) => root === 'opml',
    parse: async (text) => (await import('./kinds/opml.ts')).parseOpmlRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'plist',
    sniff: ({ root }) => root === 'plist',
    parse: async (text) => (await import('./kinds/xml.ts')).parsePlistRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'sitemap',
    sniff: ({ root, hasXmlLinks }) => root !== undefined && root !== 'html' && !hasXmlLinks,
    parse: async (text) => (await import('./kinds/sitemap.ts')).parseSitemapRows(text),
    namesFiles: false,
    watched: 'on request',
  },
  {
    name: 'bookmarks',
    sniff: ({ isBookmarks }) => isBookmarks,
    parse: async (text) => (await import('./kinds/bookmarks.ts')).parseBookmarkRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'xml',
    sniff: ({ hasXmlLinks }) => hasXmlLinks,
    parse: async (text) => (await import('./kinds/xml.ts')).parseXmlLinkRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'robots',
    sniff: ({ isRobots }) => isRobots,
    parse: async (text) => (await import('./kinds/robots.ts')).parseRobotsRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'ini',
    sniff: ({ head, hasReferences }) =>
      hasReferences || /^\[{1,2}(?:[A-Za-z][\w .-]{0,60}|\{[\w-]{1,60}\})\]{1,2}[^\S\r\n]*[\r\n]/.test(head),
    parse: async (text) => (await import('./kinds/ini.ts')).parseIniRows(text),
    namesFiles: false,
    watched: 'never',
  },
  {
    name: 'json',
    sniff: ({ head }) =>
      /^(?:\/\/[^\r\n]{0,400}[\r\n]\s{0,99})?(?:[{]|\[\s*(?:["{\]]|\[(?!\w{2,20}:)|\/[/*]|$))/.test(head),
    parse: async (text) => (await import('./kinds/json.ts')).parseJsonRows(text),
    namesFiles: true,
    watched: 'never',
  },
  {
    name: 'csv',
    sniff: ({ ending, isCsv }) => ending === 'csv' || ending === 'tsv' || isCsv,
    parse: async (text) => (await import('./kinds/csv.ts')).parseCsvRows(text),
    namesFiles: true,
    watched: 'never',
  },
  {
    name: 'yaml',
    sniff: ({ ending, isYaml }) => ending === 'yaml' || ending === 'yml' || isYaml,
    parse: async (text) => (await import('./kinds/yaml.ts')).parseYamlRows(text),
    namesFiles: true,
    watched: 'never',
  },
  TEXT,
] as const satisfies readonly ListKind[];

export type ListKindName = (typeof KINDS)[number]['name'];
export const LIST_KIND_NAMES: readonly ListKindName[] = KINDS.map(({ name }) => name);

export function kindNamed(name: ListKindName): ListKind {
  const all: readonly ListKind[] = KINDS;
  return all.find((kind) => kind.name === name) ?? TEXT;
}

/** The kind of a text, or `page` for a document that is no list: an article in HTML or in plain words. */
export function sniffKind(name: string, text: string): ListKindName | 'page' {
  const start = listStart(name, text);
  if (start.isPage) return 'page';
  return KINDS.find((kind: ListKind) => kind.sniff(start))?.name ?? 'text';
}

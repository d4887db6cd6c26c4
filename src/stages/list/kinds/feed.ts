import { parseFeed } from 'feedsmith';
import { plural } from '../../../util/text/plural.ts';
import { absoluteLink } from '../addresses/absolute-link.ts';
import { directLinks } from '../feeds/direct-links.ts';
import { ownPages } from '../feeds/own-pages.ts';
import { readFeed } from '../feeds/read-feed.ts';
import { tidyFeed } from '../feeds/tidy-feed.ts';
import type { ListContent, ListPlace, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';
import { strictJson } from './json.ts';

/** The newest items stand first; of a longer feed only the items that end before this are read. */
const MAX_CHARS = 4_194_304;

/** The items of a feed (RSS, Atom, RDF or JSON Feed) with what it says about them. */
export function parseFeedItems(text: string, { address }: ListPlace): ListContent {
  const isXml = /^\s*</.test(text);
  const isLong = isXml && text.length > MAX_CHARS;
  const tidy = isXml ? tidyFeed(text.slice(0, MAX_CHARS), address) : { text, isCut: false };
  const feed = parse(tidy.text) ?? (isXml ? undefined : parse(strictJson(text)));
  const isCut = tidy.isCut && !isLong;
  if (feed === undefined)
    return problem(
      'expected a feed (RSS, Atom or JSON Feed), but it is cut off or malformed before its first whole item',
    );
  const read = readFeed(feed);
  const base = [read.base, address].find((candidate) => candidate !== undefined && URL.canParse(candidate, address));
  const lineOf = lineFinder(text);
  let nameless = 0;
  const isOwn = ownPages(
    read.items.flatMap(({ links }) => links[0] ?? []),
    { base, address, home: read.home },
  );
  const direct = directLinks(read.items.flatMap(({ links }) => links[0] ?? []));
  const rows = read.items.flatMap(({ links, ...facts }): ListRow[] => {
    const link = links.find(isOwn);
    if (link === undefined) nameless += 1;
    if (link === undefined) return [];
    const target = absoluteLink(direct(link), base, address);
    return [{ kind: 'entry', line: lineOf(link), target, options: {}, item: facts }];
  });
  const notes = [
    ...(nameless === 0 ? [] : [`left out, because the feed gives no address: ${plural(nameless, 'item')}`]),
    ...(isCut ? ['the feed is cut off; the items behind that place are missing'] : []),
    ...(isLong
      ? [`the feed is longer than ${MAX_CHARS} characters; only its first ${plural(rows.length, 'item')} were read`]
      : []),
  ];
  return {
    rows,
    ...(read.title === undefined ? {} : { title: read.title }),
    ...(read.next === undefined ? {} : { next: absoluteLink(read.next, base, address) }),
    ...(read.intervalMs === undefined ? {} : { intervalMs: read.intervalMs }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(isCut ? { isCut } : {}),
  };
}

function parse(text: string): ReturnType<typeof parseFeed> | undefined {
  try {
    return parseFeed(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}

/** The line of the next place that holds a text; the line before where it is written in another form. */
function lineFinder(text: string): (needle: string) => number {
  const lineAt = lineCounter(text);
  let from = 0;
  return (needle) => {
    const found = text.indexOf(needle, from);
    if (found !== -1) from = found;
    return lineAt(from);
  };
}

function problem(message: string): ListContent {
  return { rows: [{ kind: 'problem', line: 1, message }] };
}

import { Parser } from 'htmlparser2';
import { joinLines } from '../addresses/join-lines.ts';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

/** Elements deeper than this are no sitemap; each open one costs time at every closing tag. */
const MAX_DEPTH = 64;
/** Longest address of the protocol is 2,048 characters; what is longer than this is cut, and then refused as an address. */
const MAX_LOC = 8192;
/** Addresses taken from one sitemap; the protocol allows 50,000. */
const MAX_ROWS = 200_000;

/**
 * The `loc` addresses of a sitemap, or of a sitemap index (sitemaps.org protocol 0.9), with their `lastmod`. Elements go by their local names, so
 * that prefixes and nesting do not matter; those of images, videos and alternates are ignored. The text is streamed: no tree is built.
 */
export function parseSitemapRows(text: string): ListContent {
  const reader = createReader(text);
  const parser = new Parser(reader.handler, { xmlMode: true, decodeEntities: true, recognizeCDATA: true });
  reader.attach(parser);
  for (let from = 0; from < text.length && !reader.stopped(); from += CHUNK)
    parser.write(text.slice(from, from + CHUNK));
  reader.finish();
  const rows = reader.rows();
  if (rows.length > 0 || reader.isEmptySitemap()) return { rows, ...(reader.isCut() ? { isCut: true } : {}) };
  const message = 'expected a sitemap with <url><loc> or <sitemap><loc>, or a feed, found neither';
  return { rows: [{ kind: 'problem', line: 1, message }] };
}

const CHUNK = 65_536;

function createReader(text: string) {
  const lineAt = lineCounter(text);
  const entries = createEntries();
  const path: string[] = [];
  let root: string | undefined;
  let prefix: string | undefined;
  /** `image:loc` beside the `loc` of the page is a mistake, and no page. */
  const isOwn = (full: string) => prefixOf(full) === prefix;
  let line = () => 1;
  let value = '';

  return {
    attach(parser: Parser) {
      line = () => lineAt(parser.startIndex);
    },
    stopped: entries.stopped,
    /** Elements that are open at the end were cut off: what they hold is not trusted. */
    finish() {
      if (path.length > 0 && entries.hasSome())
        entries.stop(line(), 'expected the end of the sitemap, but it is cut off here');
    },
    rows: entries.rows,
    isCut: () => path.length > 0 && !entries.isFull(),
    /** Plugins write a sitemap of each kind of page, also where there is none yet. */
    isEmptySitemap: () => path.length === 0 && ROOTS.has(root ?? ''),
    handler: {
      onopentagname(full: string) {
        const name = localName(full);
        if (entries.stopped()) return;
        if (path.length >= MAX_DEPTH)
          return entries.stop(line(), `expected a sitemap, found elements nested more than ${MAX_DEPTH} deep`);
        if (ENTRIES.has(name)) entries.begin();
        root ??= name;
        prefix ??= prefixOf(full);
        path.push(name);
        value = '';
      },
      ontext(data: string) {
        const leaf = path.at(-1);
        if (leaf !== undefined && READ.has(leaf) && value.length < MAX_LOC) value += data;
      },
      onclosetag(full: string) {
        if (entries.stopped()) return;
        const name = localName(full);
        const parent = path.at(-2);
        // Lines of a sitemap that somebody copied: a loc with nothing around it.
        const isAlone = name === 'loc' && parent === undefined;
        if (isAlone || ENTRIES.has(parent ?? '')) entries.state(name, value, { line: line(), isOwn: isOwn(full) });
        if (name === 'publication_date') entries.stateDate(value);
        if (isAlone || ENTRIES.has(name)) entries.end(name);
        path.pop();
        if (path.length === 0) prefix = undefined;
      },
    },
  };
}

const ENTRIES: ReadonlySet<string> = new Set(['url', 'sitemap']);
/** Elements whose text is kept; the date is that of news. */
const READ: ReadonlySet<string> = new Set(['loc', 'lastmod', 'publication_date']);
const ROOTS: ReadonlySet<string> = new Set(['urlset', 'sitemapindex']);

/** The rows of a sitemap, and the entry that is open. */
function createEntries() {
  const rows: ListRow[] = [];
  let problem: ListRow | undefined;
  let location: { readonly line: number; readonly target: string; readonly isOwn: boolean } | undefined;
  let modifiedAt = '';
  let publishedAt = '';

  function stop(line: number, message: string): void {
    problem ??= { kind: 'problem', line, message };
  }

  return {
    stop,
    stopped: () => problem !== undefined,
    hasSome: () => rows.length > 0,
    isFull: () => rows.length >= MAX_ROWS,
    rows: (): readonly ListRow[] => (problem === undefined ? rows : [...rows, problem]),
    begin() {
      location = undefined;
      modifiedAt = '';
      publishedAt = '';
    },
    /** What an element of the entry says. */
    state(name: string, value: string, { line, isOwn }: { readonly line: number; readonly isOwn: boolean }) {
      const target = joinLines(value);
      if (name === 'loc' && target !== '' && (location === undefined || (isOwn && !location.isOwn)))
        location = { line, target, isOwn };
      if (name === 'lastmod') modifiedAt = value.trim();
    },
    stateDate(value: string) {
      publishedAt = value.trim();
    },
    end(name: string) {
      if (location === undefined) return;
      const { line, target } = location;
      if (rows.length >= MAX_ROWS)
        return stop(line, `expected at most ${MAX_ROWS} addresses in a sitemap; the others are left out`);
      const item = modifiedAt !== '' ? { item: { modifiedAt } } : publishedAt === '' ? {} : { item: { publishedAt } };
      rows.push(
        name === 'sitemap'
          ? { kind: 'list', line, target, options: {} }
          : { kind: 'entry', line, target, options: {}, ...item },
      );
      this.begin();
    },
  };
}

function prefixOf(name: string): string {
  return name.includes(':') ? name.slice(0, name.indexOf(':')).toLowerCase() : '';
}

/** The name without its prefix. `image:loc` does not count as an address of the page because its parent is `image`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

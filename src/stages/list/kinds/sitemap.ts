import { Parser } from 'htmlparser2';
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
  if (rows.length > 0) return { rows };
  const message = 'expected a sitemap with <url><loc> or <sitemap><loc>, or a feed, found neither';
  return { rows: [{ kind: 'problem', line: 1, message }] };
}

const CHUNK = 65_536;

function createReader(text: string) {
  const rows: ListRow[] = [];
  const lineAt = lineCounter(text);
  const path: string[] = [];
  let position = () => 0;
  let problem: ListRow | undefined;
  let value = '';
  let location: { readonly line: number; readonly target: string } | undefined;
  let modifiedAt = '';

  function stop(message: string): void {
    problem ??= { kind: 'problem', line: lineAt(position()), message };
  }

  function closeLeaf(name: string, parent: string | undefined): void {
    if (parent !== 'url' && parent !== 'sitemap') return;
    // Tools that indent by line break addresses too; a line break is part of none.
    const address = value
      .split(/[\r\n]/)
      .map((line) => line.trim())
      .join('');
    if (name === 'loc' && address !== '') location ??= { line: lineAt(position()), target: address };
    if (name === 'lastmod') modifiedAt = value.trim();
  }

  function closeEntry(name: string): void {
    if (location === undefined || (name !== 'url' && name !== 'sitemap')) return;
    const { line, target } = location;
    if (rows.length >= MAX_ROWS) stop(`expected at most ${MAX_ROWS} addresses in a sitemap; the others are left out`);
    else if (name === 'sitemap') rows.push({ kind: 'list', line, target, options: {} });
    else
      rows.push({
        kind: 'entry',
        line,
        target,
        options: {},
        ...(modifiedAt === '' ? {} : { item: { modifiedAt } }),
      });
    location = undefined;
    modifiedAt = '';
  }

  return {
    attach(parser: Parser) {
      position = () => parser.startIndex;
    },
    stopped: () => problem !== undefined,
    /** Elements that are open at the end were cut off: what they hold is not trusted. */
    finish() {
      if (path.length > 0 && rows.length > 0) stop('expected the end of the sitemap, but it is cut off here');
    },
    rows: (): readonly ListRow[] => (problem === undefined ? rows : [...rows, problem]),
    handler: {
      onopentagname(full: string) {
        const name = localName(full);
        if (problem !== undefined) return;
        if (path.length >= MAX_DEPTH)
          return stop(`expected a sitemap, found elements nested more than ${MAX_DEPTH} deep`);
        if (name === 'url' || name === 'sitemap') {
          location = undefined;
          modifiedAt = '';
        }
        path.push(name);
        value = '';
      },
      ontext(data: string) {
        const leaf = path.at(-1);
        if ((leaf === 'loc' || leaf === 'lastmod') && value.length < MAX_LOC) value += data;
      },
      onclosetag(full: string) {
        if (problem !== undefined) return;
        const name = localName(full);
        closeLeaf(name, path.at(-2));
        closeEntry(name);
        path.pop();
      },
    },
  };
}

/** The name without its prefix. `image:loc` does not count as an address of the page because its parent is `image`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

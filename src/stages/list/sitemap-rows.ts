import { Parser } from 'htmlparser2';
import { entryRow, type ListRow } from './list-row.ts';

/** The `loc` addresses of a sitemap, or of a sitemap index (sitemaps.org protocol 0.9). Image and video extensions are left alone. */
export function parseSitemapRows(text: string): readonly ListRow[] {
  const rows: ListRow[] = [];
  const lineAt = lineCounter(text);
  const path: string[] = [];
  let location = '';
  const parser = new Parser(
    {
      onopentagname(name) {
        path.push(name);
        location = '';
      },
      ontext(data) {
        if (path.at(-1) === 'loc') location += data;
      },
      onclosetag(name) {
        if (name === 'loc') {
          const line = lineAt(parser.startIndex);
          const parent = path.at(-2);
          if (parent === 'url') rows.push(entryRow(line, location.trim(), []));
          if (parent === 'sitemap') rows.push({ kind: 'sitemap', line, target: location.trim() });
        }
        path.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (rows.length > 0) return rows;
  return [{ kind: 'problem', line: 1, message: 'expected a sitemap with <url><loc> or <sitemap><loc>, found none' }];
}

/** Line of an offset, for offsets that only grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let seen = 0;
  return (offset) => {
    for (; seen < offset; seen += 1) if (text.charCodeAt(seen) === 10) line += 1;
    return line;
  };
}

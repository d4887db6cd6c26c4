import { load } from 'cheerio/slim';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

/** The links of a browser's bookmarks (Netscape format) or of a read-later service's HTML export; a live bookmark is its feed. */
export function parseBookmarkRows(text: string): ListContent {
  const $ = load(text, { xml: { xmlMode: false, decodeEntities: true, withStartIndices: true } });
  const lineAt = lineCounter(text);
  const links = $('a[href]').toArray();
  const rows = links.flatMap((link): ListRow[] => {
    const line = lineAt(link.startIndex ?? 0);
    const feed = (link.attribs['feedurl'] ?? '').trim();
    if (feed !== '') return [{ kind: 'list', line, target: feed, options: { feed: true } }];
    const target = (link.attribs['href'] ?? '').trim();
    return target === '' ? [] : [{ kind: 'entry', line, target, options: {} }];
  });
  if (rows.length > 0) return { rows };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected bookmarks with web addresses, found none' }] };
}

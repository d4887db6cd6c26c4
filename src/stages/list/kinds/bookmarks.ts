import { load } from 'cheerio/slim';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';
import { isWebAddress } from '../read/tidy-address.ts';

/** The links of a browser's bookmarks (Netscape format) or of a read-later service's HTML export; `feed:` and scripts among them are ignored. */
export function parseBookmarkRows(text: string): ListContent {
  const $ = load(text, { xml: { xmlMode: false, decodeEntities: true, withStartIndices: true } });
  const lineAt = lineCounter(text);
  const links = $('a[href]').toArray();
  const rows = links.flatMap((link): ListRow[] => {
    const target = (link.attribs['href'] ?? '').trim();
    if (!isWebAddress(target)) return [];
    return [{ kind: 'entry', line: lineAt(link.startIndex ?? 0), target, options: {} }];
  });
  const left = links.length - rows.length;
  if (rows.length > 0)
    return left === 0 ? { rows } : { rows, notes: [`${left} bookmarks are no web addresses and were left out`] };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected bookmarks with web addresses, found none' }] };
}

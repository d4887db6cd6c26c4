import { load } from 'cheerio/slim';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

/** The feeds of a subscription list (OPML 1.0 and 2.0): every outline with an `xmlUrl`, whatever the folders; outlines of plain links are entries. */
export function parseOpmlRows(text: string): ListContent {
  const $ = load(text, { xml: { decodeEntities: true, withStartIndices: true } });
  const lineAt = lineCounter(text);
  const rows = $('outline')
    .toArray()
    .flatMap((outline): ListRow[] => {
      const attributes = new Map(Object.entries(outline.attribs).map(([name, value]) => [name.toLowerCase(), value]));
      const line = lineAt(outline.startIndex ?? 0);
      const feed = attributes.get('xmlurl')?.trim();
      if (feed !== undefined && feed !== '') return [{ kind: 'list', line, target: feed, options: { feed: true } }];
      const type = attributes.get('type')?.toLowerCase();
      const target = attributes.get('url')?.trim();
      if (target === undefined || target === '' || (type !== 'link' && type !== 'include')) return [];
      return [{ kind: type === 'include' ? 'list' : 'entry', line, target, options: {} }];
    });
  if (rows.length > 0) return { rows };
  return {
    rows: [
      { kind: 'problem', line: 1, message: 'expected an OPML file with outlines that have an xmlUrl, found none' },
    ],
  };
}

import { load } from 'cheerio/slim';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

/** The addresses of a property list of Apple: an Internet shortcut (`.webloc`), or the bookmarks and the reading list of Safari. */
export function parsePlistRows(text: string): ListContent {
  const $ = load(text, { xml: { decodeEntities: true, withStartIndices: true } });
  const lineAt = lineCounter(text);
  const rows = $('key')
    .toArray()
    .flatMap((key): ListRow[] => {
      const value = $(key).next('string');
      const target = value.text().trim();
      const [element] = value.toArray();
      if (!/^url/i.test($(key).text().trim()) || target === '' || element === undefined) return [];
      return [{ kind: 'entry', line: lineAt(element.startIndex ?? 0), target, options: {} }];
    });
  if (rows.length > 0) return { rows };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected a property list with a URL, found none' }] };
}

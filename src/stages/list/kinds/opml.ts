import { load } from 'cheerio/slim';
import { looksLikeList } from '../addresses/looks-like-list.ts';
import { addressesInText } from '../addresses/text-addresses.ts';
import { isWebAddress } from '../addresses/tidy-address.ts';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

interface Outline {
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
}

/**
 * The feeds of a subscription list (OPML 1.0 and 2.0): every outline with an `xmlUrl`, whatever the folders; outlines of plain links are entries.
 * In an outline that has neither, as outliners write them, the addresses in its text are entries.
 */
export function parseOpmlRows(text: string): ListContent {
  const $ = load(text, { xml: { decodeEntities: true, withStartIndices: true, lowerCaseTags: true } });
  const lineAt = lineCounter(text);
  const outlines = $('outline')
    .toArray()
    .map((outline): Outline => {
      const attributes = new Map(
        Object.entries(outline.attribs).map(([name, value]) => [name.toLowerCase(), value.trim()]),
      );
      return { attributes, line: lineAt(outline.startIndex ?? 0) };
    });
  const named = outlines.flatMap((outline) => rowOf(outline) ?? []);
  const rows = named.length > 0 ? named : outlines.flatMap(rowsInText);
  if (rows.length > 0) return { rows };
  return {
    rows: [
      { kind: 'problem', line: 1, message: 'expected an OPML file with outlines that have an xmlUrl, found none' },
    ],
  };
}

function rowOf({ attributes, line }: Outline): ListRow | undefined {
  const feed = attributes.get('xmlurl') ?? '';
  if (feed !== '') return { kind: 'list', line, target: feed, options: { feed: true } };
  const type = attributes.get('type')?.toLowerCase() ?? '';
  const target = attributes.get('url') ?? '';
  if (target === '') return undefined;
  if (type === 'include') return { kind: 'list', line, target, options: {} };
  if (type === 'link') return { kind: 'entry', line, target, options: {} };
  if (type !== '' || !isWebAddress(target)) return undefined;
  return { kind: looksLikeList(target) ? 'list' : 'entry', line, target, options: {} };
}

function rowsInText({ attributes, line }: Outline): readonly ListRow[] {
  const texts = ['text', '_note'].map((name) => attributes.get(name) ?? '');
  return texts.flatMap(addressesInText).map((target): ListRow => ({ kind: 'entry', line, target, options: {} }));
}

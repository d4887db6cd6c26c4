import { load } from 'cheerio/slim';
import { Parser } from 'htmlparser2';
import { isWebAddress } from '../addresses/tidy-address.ts';
import type { ListContent, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';
import { isAddressColumn } from '../read/list-start.ts';

const CHUNK = 65_536;
const MAX_CHARS = 8_192;

/**
 * The addresses of a document of XML that is neither a feed nor a sitemap, such as bookmarks (XBEL, Pinboard): attributes and elements that are
 * named like an address. Declarations of namespaces are none.
 */
export function parseXmlLinkRows(text: string): ListContent {
  const lineAt = lineCounter(text);
  const rows: ListRow[] = [];
  let line = () => 1;
  let value = '';
  const add = (target: string) => {
    if (isWebAddress(target)) rows.push({ kind: 'entry', line: line(), target: target.trim(), options: {} });
  };
  const parser = new Parser(
    {
      onopentag(_name, attributes) {
        value = '';
        const named = Object.keys(attributes).find((name) => isAddressColumn(name));
        if (named !== undefined) add(attributes[named] ?? '');
      },
      ontext(data) {
        if (value.length < MAX_CHARS) value += data;
      },
      onclosetag(name) {
        if (isAddressColumn(name.slice(name.indexOf(':') + 1))) add(value);
        value = '';
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeCDATA: true },
  );
  line = () => lineAt(parser.startIndex);
  for (let from = 0; from < text.length; from += CHUNK) parser.write(text.slice(from, from + CHUNK));
  parser.end();
  if (rows.length > 0) return { rows };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected XML with web addresses, found none' }] };
}

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

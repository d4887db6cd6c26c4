import { isWebAddress } from '../addresses/tidy-address.ts';
import type { ListContent, ListRow } from '../list-row.ts';

const MEMBER = /^\s*([\w.-]{1,80})(?:\[[\w@.-]{1,20}\])?\s*=\s*(.*)$/;
/** `url = {https://…}` of BibTeX, in any place of a line; the command `\url` may stand inside. */
const BRACED = /\b([a-z]{2,20})\s{0,9}=\s{0,9}[{"]{1,3}(?:\\url\{)?(https?:\/\/[^\s{}"]{1,2000})/gi;
/** `UR  - https://…` of RIS, `%U https://…` of EndNote. */
const TAGGED = /^(?:([A-Z][A-Z\d]) {2}- ?|(%[A-Z\d]) )(.*)$/;

/**
 * Records of fields: Internet shortcuts of Windows (`.url`) and Linux (`.desktop`), settings files, and references in RIS, EndNote and BibTeX. A
 * field that is called URL names the page; where there is none, each address is one.
 */
export function parseIniRows(text: string): ListContent {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, index) =>
    fieldsOf(line).flatMap(({ name, value }): { name: string; row: ListRow }[] => {
      const target = value.trim();
      if (!isWebAddress(target)) return [];
      return [{ name: name.toLowerCase(), row: { kind: 'entry', line: index + 1, target, options: {} } }];
    }),
  );
  const named = rows.filter(({ name }) => /^(?:url|ur|%u)$/.test(name));
  const chosen = (named.length > 0 ? named : rows).map(({ row }) => row);
  if (chosen.length > 0) return { rows: chosen };
  return {
    rows: [{ kind: 'problem', line: 1, message: 'expected a line such as URL=https://example.com/, found none' }],
  };
}

interface Field {
  readonly name: string;
  readonly value: string;
}

function fieldsOf(line: string): readonly Field[] {
  const braced = [...line.matchAll(BRACED)].map(([, name = '', value = '']) => ({ name, value }));
  const [, tag, mark, tagged = ''] = TAGGED.exec(line) ?? [];
  const [, member = '', stated = ''] = MEMBER.exec(line) ?? [];
  if (braced.length > 0) return braced;
  return [{ name: tag ?? mark ?? member, value: tag === undefined && mark === undefined ? stated : tagged }];
}

import { isWebAddress } from '../addresses/tidy-address.ts';
import type { ListContent, ListRow } from '../list-row.ts';

const MEMBER = /^\s*([\w.-]{1,80})(?:\[[\w@.-]{1,20}\])?\s*=\s*(.*)$/;

/**
 * Sections of `name=value`: Internet shortcuts of Windows (`.url`) and Linux (`.desktop`), and settings files. A member that is called URL names
 * the page; where there is none, each address is one.
 */
export function parseIniRows(text: string): ListContent {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, index): { name: string; row: ListRow }[] => {
    const [, name = '', value = ''] = MEMBER.exec(line) ?? [];
    const target = value.trim();
    if (!isWebAddress(target)) return [];
    return [{ name: name.toLowerCase(), row: { kind: 'entry', line: index + 1, target, options: {} } }];
  });
  const named = rows.filter(({ name }) => name === 'url');
  const chosen = (named.length > 0 ? named : rows).map(({ row }) => row);
  if (chosen.length > 0) return { rows: chosen };
  return {
    rows: [{ kind: 'problem', line: 1, message: 'expected a line such as URL=https://example.com/, found none' }],
  };
}

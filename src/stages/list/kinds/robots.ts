import type { ListContent, ListRow } from '../list-row.ts';

const SITEMAP = /^\s*site[-_ ]?maps?\s{0,9}[:：]([^#]*)/i;

/** The sitemaps that a robots.txt names, several in a line too; its rules are for crawlers and name no pages. */
export function parseRobotsRows(text: string): ListContent {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, index): ListRow[] => {
    const named = SITEMAP.exec(line)?.[1] ?? '';
    const targets = named.split(/\s|,(?=https?:|\/|$)|,(?=\s)/i).filter((target) => target !== '');
    return targets.map((target) => ({ kind: 'list', line: index + 1, target, options: {} }));
  });
  if (rows.length > 0) return { rows };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected a robots.txt with Sitemap lines, found none' }] };
}

import type { ListContent, ListRow } from '../list-row.ts';

const SITEMAP = /^\s*sitemap\s*:\s*([^\s#]\S*)/i;

/** The sitemaps that a robots.txt names; its rules are for crawlers and name no pages. */
export function parseRobotsRows(text: string): ListContent {
  const rows = text.split(/\r\n|\r|\n/).flatMap((line, index): ListRow[] => {
    const target = SITEMAP.exec(line)?.[1];
    return target === undefined ? [] : [{ kind: 'list', line: index + 1, target, options: {} }];
  });
  if (rows.length > 0) return { rows };
  return { rows: [{ kind: 'problem', line: 1, message: 'expected a robots.txt with Sitemap lines, found none' }] };
}

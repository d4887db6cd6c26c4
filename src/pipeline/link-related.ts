import type { CheckedDraft } from '../core/types.ts';
import type { SiteIndex } from '../services/site/site-index.ts';

const MOST_LINKS = 5;
const WORDS: Readonly<Record<string, string>> = { ko: '함께 읽을 글', ja: '関連記事', de: 'Zum Weiterlesen', fr: 'À lire aussi', es: 'Para seguir leyendo' };

/** Adds a list of related posts that exist. Posts of the same run link to those that were saved before them. */
export function linkRelated(checked: CheckedDraft, site: SiteIndex, except: string): CheckedDraft {
  const { content, brief } = checked.draft;
  const related = site.related([content.title, ...content.tags].join('\n'), except, MOST_LINKS);
  if (related.length === 0) return checked;
  const heading = WORDS[brief.lang.split('-')[0] ?? ''] ?? 'Related';
  const list = related.map(({ path, title }) => `- [${title.replace(/[[\]\\]/g, '\\$&')}](<./${encodeURI(path)}>)`).join('\n');
  return { ...checked, draft: { ...checked.draft, content: { ...content, body: `${content.body.trim()}\n\n## ${heading}\n\n${list}` } } };
}

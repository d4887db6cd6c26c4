import type { HeadData } from '../document/read-head.ts';
import type { PageHints } from './page-facts.ts';

/** Data of a page's head that the judge uses. */
export function readHints(
  head: HeadData,
  { url, articleBody }: { url: string; articleBody: string | undefined },
): PageHints {
  const meta = (name: string) => head.metas.get(name)?.[0] ?? '';
  return {
    url,
    title: meta('og:title') || head.title,
    ogType: meta('og:type').toLowerCase(),
    description: meta('og:description') || meta('description'),
    articleBody: articleBody ?? '',
    linkedTypes: head.jsonLd.flatMap(typesIn).slice(0, 200),
  };
}

/** All types that a script names, also of one that is no valid JSON. */
function typesIn(script: string): string[] {
  return [...script.slice(0, 500_000).matchAll(/"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(\w{1,40})"/g)].map(
    ([, type = '']) => type,
  );
}

import type { PageFacts } from './page-facts.ts';

/** The page as a whole in numbers; every block of it carries them. */
export function describePage(facts: PageFacts): number[] {
  const { outline, weight, links, prose, proseBlocks, headings, best, hints, sentences, evidence } = facts;
  const count = outline.blocks.length;
  const path = URL.canParse(hints.url) ? new URL(hints.url).pathname : '/';
  const segments = path.split('/').filter((part) => part !== '');
  const slug = segments.at(-1) ?? '';
  const articles = outline.boxes.filter(({ tag }) => tag === 'article').length;
  return [
    Math.log2(1 + weight.all),
    count,
    links.all / (weight.all || 1),
    prose.all / (weight.all || 1),
    proseBlocks.all,
    prose.all / (proseBlocks.all || 1),
    headings.all / (count || 1),
    sentences.all / (count || 1),
    evidence.all / (count || 1),
    weight.between(best.first, best.end) / (weight.all || 1),
    links.between(best.first, best.end) / (weight.between(best.first, best.end) || 1),
    prose.between(best.first, best.end) / (prose.all || 1),
    articles,
    /article/.test(hints.ogType) ? 1 : /product/.test(hints.ogType) ? 2 : hints.ogType === '' ? -1 : 0,
    hints.linkedTypes.some((type) => /Article|Posting|Report/.test(type)) ? 1 : 0,
    hints.linkedTypes.some((type) => /Product|Offer/.test(type)) ? 1 : 0,
    hints.linkedTypes.some((type) => /Forum|QAPage|Question/.test(type)) ? 1 : 0,
    hints.linkedTypes.some((type) => /Collection|ItemList|SearchResults/.test(type)) ? 1 : 0,
    hints.articleBody.length === 0 ? 0 : hints.articleBody.length / (weight.all || 1),
    segments.length,
    (slug.match(/[-_]/g) ?? []).length,
    /\d{3,}/.test(path) ? 1 : 0,
  ];
}

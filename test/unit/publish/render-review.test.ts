import { load } from 'cheerio';
import { expect, test } from 'vitest';
import type { CheckedDraft } from '../../../src/core/types.ts';
import { judgeDraft } from '../../../src/stages/check/judge-draft.ts';
import { renderReview } from '../../../src/stages/publish/render/pages/render-review.ts';
import { makeCheckedDraft } from '../../helpers/make-publisher.ts';

const SOURCE =
  'The harbour opened on 3 May 1902 and has 1,200,000 visitors.\n\n"We are glad of it," said Ann Lee, who owns 14 boats <b>.';
const BODY =
  '## Past\n\nIt opened on 3 May 1902. It has 1.2 million visitors.\n\nAnn Lee: "We are glad of it." She owns 99 boats, said [John Doe](https://a.example/x).';

async function page(body = BODY) {
  const { draft } = makeCheckedDraft({ body, description: 'About 14 boats.' });
  const [article] = draft.brief.articles;
  const judged = { ...draft, brief: { ...draft.brief, articles: [{ ...article, text: SOURCE }] as const } };
  const { findings, facts, score, holdAsDraft } = judgeDraft(judged, {
    onUngrounded: 'draft',
    maxCopied: 1,
    minScore: 0,
  });
  const checked: CheckedDraft = { draft: judged, findings, facts, score, holdAsDraft };
  return load(await renderReview(checked, 'a.html'));
}

test('each statement leads to its place in the source and back, whatever form it has there', async () => {
  const $ = await page();
  const pairs = $('main mark.found a')
    .toArray()
    .map((link) => [$(link).text(), $($(link).attr('href') ?? '').text()]);

  expect(pairs).toEqual([
    ['14', '14'],
    ['3 May 1902', '3 May 1902'],
    ['1.2 million', '1,200,000'],
    ['Ann Lee', 'Ann Lee'],
    ['We are glad of it.', 'We are glad of it'],
  ]);
  for (const link of $('aside mark a').toArray()) expect($(`main ${$(link).attr('href')}`)).toHaveLength(1);
});

test('what is in no source is marked, and its finding leads there; every other finding leads to its line', async () => {
  const $ = await page();

  expect(
    $('main mark.missing')
      .toArray()
      .map((mark) => $(mark).text()),
  ).toEqual(['99', 'John Doe']);
  const finding = $('.findings li').filter((_, item) => $(item).text().startsWith('ungrounded-number'));
  expect($(finding.find('a').attr('href') ?? '').text()).toBe('99');
  for (const link of $('.findings a').toArray()) expect($($(link).attr('href') ?? '')).toHaveLength(1);
  expect($('header').text()).toContain('2 are not');
});

test('a source is text: nothing of it is markup, and nothing is lost', async () => {
  const $ = await page('Text.');

  expect($('aside section p').text()).toBe(SOURCE.replace('\n\n', ''));
  expect($('aside b, script, [onclick]')).toHaveLength(0);
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
});

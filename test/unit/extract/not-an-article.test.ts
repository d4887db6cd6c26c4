import { expect, test } from 'vitest';
import { extractArticle } from '../../../src/stages/extract/extract-article.ts';
import { NON_ARTICLES } from '../../helpers/non-articles.ts';

function read({ url, html }: { readonly url: string; readonly html: string }) {
  return extractArticle({
    url,
    finalUrl: url,
    contentType: 'text/html',
    body: html,
    fetchedAt: '2026-01-01T00:00:00.000Z',
    policy: { allowed: true, policy: 'respect' },
  });
}

test.each(NON_ARTICLES.map((page) => [page.form, page.lang, page] as const))('recognises %s (%s)', (_form, _lang, page) => {
  expect(read(page).takenFor).toBe(page.kind);
});

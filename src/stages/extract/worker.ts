/** What runs in the extraction threads: one page in, its article or its known failure out. Errors of our class do not survive the way between threads. */

import { BloggerError, type ErrorCode } from '../../core/errors.ts';
import type { Article } from '../../core/types.ts';
import { type ExtractablePage, extractArticle } from './extract-article.ts';

export type ExtractAnswer =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly hint?: string };

export function extractInThread(page: ExtractablePage): ExtractAnswer {
  try {
    return { kind: 'article', article: extractArticle(page) };
  } catch (error) {
    if (!BloggerError.is(error)) throw error;
    return { kind: 'failed', code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
}

/** What runs in the extraction threads: one page in, its article or its known failure out. Errors of our class do not survive the way between threads. */

import { BloggerError, type ErrorCode } from '../../core/errors.ts';
import type { Article } from '../../core/types.ts';
import { type ExtractablePage, extractArticle } from './extract-article.ts';

export type ExtractAnswer =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly hint?: string };

/** Takes the bytes out of the task: they are freed while the page is read, not after it. */
export function extractInThread(
  task: { body: ExtractablePage['body'] } & Omit<ExtractablePage, 'body'>,
): ExtractAnswer {
  try {
    if (typeof task.body !== 'string') task.body = new TextDecoder().decode(task.body);
    return { kind: 'article', article: extractArticle(task) };
  } catch (error) {
    if (!BloggerError.is(error)) throw error;
    return {
      kind: 'failed',
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
}

/** What runs in the extraction threads: one page in, its article or its known failure out. Errors of our class do not survive the way between threads. */

import { BloggerError, type ErrorCode } from '../../core/errors.ts';
import type { Article } from '../../core/types.ts';
import { toReadable } from './documents/readers.ts';
import { type ExtractablePage, extractArticle } from './extract-article.ts';

export type ExtractAnswer =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly hint?: string };

/** Removes the bytes from the task, so that they are freed while the page is read. */
export async function extractInThread(
  task: { body: ExtractablePage['body'] } & Omit<ExtractablePage, 'body'>,
): Promise<ExtractAnswer> {
  try {
    const { body, ...page } = await toReadable(task);
    const readable = { ...page, body: typeof body === 'string' ? body : new TextDecoder().decode(body) };
    task.body = '';
    return { kind: 'article', article: extractArticle(readable) };
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

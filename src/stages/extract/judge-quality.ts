import { BloggerError } from '../../core/errors.ts';
import type { Article } from '../../core/types.ts';
import { plural } from '../../util/text/plural.ts';

export interface QualityLimits {
  /** Minimum number of characters for a source of a post. */
  readonly minChars: number;
}

/** Throws `NOT_AN_ARTICLE` or `THIN_SOURCE` for a page that has not enough content for a post. */
export function judgeQuality(article: Article, { minChars }: QualityLimits): void {
  if (article.takenFor !== undefined) {
    throw new BloggerError(`Not an article: the page is taken for ${article.takenFor}`, {
      code: 'NOT_AN_ARTICLE',
      hint: 'Open the address in a browser; list the address of the article itself.',
    });
  }
  const chars = article.text.length;
  // A Hangul or Han character says about as much as two and a half Latin ones.
  const wide = article.text.match(/[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  if (Math.round(chars + wide * 1.5) < minChars) {
    throw new BloggerError(`The page has ${plural(chars, 'character')} of text, fewer than ${minChars}`, {
      code: 'THIN_SOURCE',
      hint: 'Lower minSourceChars, or take the page out of the list.',
    });
  }
}

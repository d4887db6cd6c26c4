import { BloggerError } from '../../core/errors.ts';
import type { Article } from '../../core/types.ts';

export interface QualityLimits {
  /** Least characters of text that a post can be written from. */
  readonly minChars: number;
}

const ERROR_PAGE =
  /^(?:404|403|page not found|access denied|just a moment|attention required|are you a robot|enable javascript|oops)\b/i;

/** Throws `THIN_SOURCE` for an article that no honest post can be written from. */
export function judgeQuality(article: Article, { minChars }: QualityLimits): void {
  const chars = article.text.length;
  // A Hangul or Han character says about as much as two and a half Latin ones.
  const wide = article.text.match(/[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  const weight = Math.round(chars + wide * 1.5);
  if (weight < minChars) {
    throw new BloggerError(`Expected at least ${minChars} characters of text, found ${chars}`, {
      code: 'THIN_SOURCE',
      hint: 'Lower minSourceChars, or take the page out of the list.',
    });
  }
  if (ERROR_PAGE.test(article.title) && weight < 1500) {
    throw new BloggerError(`The page says "${article.title}" instead of an article`, {
      code: 'THIN_SOURCE',
      hint: 'Open the address in a browser.',
    });
  }
}

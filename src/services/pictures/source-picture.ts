/** A picture of a source page, where the page states a licence that allows it. */

import { BloggerError } from '../../core/errors.ts';
import type { Illustrator } from '../../core/ports.ts';
import type { Article, LicensedPicture, PostPicture } from '../../core/types.ts';
import { pictureForm } from './picture-form.ts';

/** Answer of a web server. */
export interface PictureAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SourcePictureOptions {
  /** Fetches by the rules of the crawl: robots.txt, gaps, private addresses. Throws a `BloggerError` where there is no answer. */
  readonly fetch: (url: string, limits: { readonly maxBytes: number }, signal: AbortSignal) => Promise<PictureAnswer>;
  /** For posts whose sources give no picture. */
  readonly otherwise: Illustrator;
}

const MAX_BYTES = 8_000_000;
/** Smaller ones are blurred where a site or a social network shows them. */
const LEAST = { width: 600, height: 315 };
const MOST_PIXELS = 40_000_000;
/** Pictures that are tried for one post. */
const TRIES = 3;

export function openSourcePictures({ fetch, otherwise }: SourcePictureOptions): Illustrator {
  async function read(article: Article, picture: LicensedPicture, signal: AbortSignal) {
    try {
      return pictureOf(article, picture, await fetch(picture.src, { maxBytes: MAX_BYTES }, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!BloggerError.is(error)) throw error;
      return undefined;
    }
  }
  return {
    async illustrate(checked, signal) {
      const { articles } = checked.draft.brief;
      const offers = articles.flatMap((article) => (article.pictures ?? []).map((picture) => ({ article, picture })));
      for (const { article, picture } of offers.slice(0, TRIES)) {
        const found = await read(article, picture, signal);
        if (found !== undefined) return found;
      }
      return await otherwise.illustrate(checked, signal);
    },
  };
}

/** Undefined for an answer that is no picture to show. Pure. */
export function pictureOf(
  article: Pick<Article, 'finalUrl' | 'title'>,
  { alt, creator, licence, licenceUrl }: LicensedPicture,
  { status, headers, body }: PictureAnswer,
): PostPicture | undefined {
  if (status !== 200 || body.byteLength > MAX_BYTES) return undefined;
  if (/\bnoimageindex\b/i.test(headers['x-robots-tag'] ?? '')) return undefined;
  const form = pictureForm(body);
  if (form === undefined || !isShowable(form)) return undefined;
  return {
    bytes: body,
    extension: form.extension,
    alt: alt.trim() || article.title,
    credit: { licence, licenceUrl, pageUrl: article.finalUrl, ...(creator === undefined ? {} : { creator }) },
  };
}

function isShowable({ width, height }: { readonly width: number; readonly height: number }): boolean {
  const shape = width / height;
  return (
    width >= LEAST.width && height >= LEAST.height && width * height <= MOST_PIXELS && shape >= 0.5 && shape <= 3.5
  );
}

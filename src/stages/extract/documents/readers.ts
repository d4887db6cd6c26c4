/** Documents that are neither HTML nor plain text, each turned into one of them. A new kind is a file here and a row. */

import type { ExtractablePage } from '../extract-article.ts';
import type { ReadableText } from './readable-text.ts';

type DocumentReader = (body: Uint8Array) => Promise<ReadableText>;

const text = (body: Uint8Array) => new TextDecoder().decode(body);

const READERS: Readonly<Record<string, DocumentReader>> = {
  'application/pdf': async (body) => (await import('./pdf.ts')).readPdf(body),
  'text/vtt': async (body) => (await import('./captions.ts')).readCaptions(text(body)),
  'application/x-subrip': async (body) => (await import('./captions.ts')).readCaptions(text(body)),
};

/** True for documents that may take long to read: they are read in a thread that can be stopped. */
export function isHeavy(contentType: string): boolean {
  return contentType === 'application/pdf';
}

/** The page with a body that can be extracted from; most are that already. Throws `EXTRACT_FAILED` or `UNSUPPORTED_TYPE`. */
export async function toReadable(page: ExtractablePage): Promise<ExtractablePage> {
  const read = READERS[page.contentType];
  if (read === undefined) return page;
  const body = typeof page.body === 'string' ? new TextEncoder().encode(page.body) : page.body;
  const { contentType, text: readable } = await read(body);
  return { ...page, contentType, body: readable };
}

/** Brings the pictures of a post to a target, each once by the hash of its bytes. */

import { readFile } from 'node:fs/promises';
import type { Clock } from '../core/ports.ts';
import type { MediaLibrary, Picture, PostDocument, Publications, RemotePicture, Target } from '../core/publishing.ts';

export interface UploadOptions {
  readonly target: Target;
  readonly publications: Publications;
  readonly clock: Clock;
}

/** The document with the addresses that its pictures have at the target. */
export async function withRemotePictures(
  document: PostDocument,
  options: UploadOptions,
  signal: AbortSignal,
): Promise<PostDocument & { readonly coverId?: string; readonly coverAlt?: string }> {
  const { media } = options.target;
  if (media === undefined || document.pictures.length === 0) return document;
  const there = new Map<string, RemotePicture>();
  for (const picture of document.pictures) there.set(picture.src, await uploadOnce(picture, media, options, signal));
  const cover = document.cover === undefined ? undefined : there.get(document.cover);
  return {
    ...document,
    html: replaceSources(document.html, (src) => there.get(src)?.url),
    ...(cover === undefined ? {} : { cover: cover.url, coverId: cover.id, ...altOf(document) }),
  };
}

function altOf({ cover, pictures }: PostDocument): { readonly coverAlt?: string } {
  const alt = pictures.find(({ src }) => src === cover)?.alt ?? '';
  return alt === '' ? {} : { coverAlt: alt };
}

async function uploadOnce(
  picture: Picture,
  media: MediaLibrary,
  { target, publications, clock }: UploadOptions,
  signal: AbortSignal,
): Promise<RemotePicture> {
  const known = publications.findPicture(target.place, picture.hash);
  if (known?.remote !== undefined) return known.remote;
  const place = { target: target.place, hash: picture.hash };
  const settle = (remote: RemotePicture) => {
    publications.savePicture({ ...place, remote });
    return remote;
  };
  const [there] = await media.find(picture, known?.intendedAt, signal);
  if (there !== undefined) return settle(there);
  publications.savePicture({ ...place, intendedAt: known?.intendedAt ?? clock.now() });
  const made = await media.add(picture, await readFile(picture.path), signal);
  const [first = made] = media.discard === undefined ? [] : await media.find(picture, undefined, signal);
  if (first.id !== made.id) await media.discard?.(made.id, signal);
  return settle(first.id === made.id ? made : first);
}

/** The clean HTML with other addresses of its pictures. */
export function replaceSources(html: string, urlOf: (src: string) => string | undefined): string {
  return html.replace(/(<img [^<>]*?\bsrc=")([^"<>]*)(")/g, (whole, before: string, src: string, after: string) => {
    const url = urlOf(src.replace(/&#x26;|&amp;/g, '&').replace(/&#x22;|&quot;/g, '"'));
    return url === undefined ? whole : `${before}${url.replaceAll('&', '&#x26;').replaceAll('"', '&#x22;')}${after}`;
  });
}

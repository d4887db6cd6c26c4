import type { MediaLibrary, Picture } from '../../core/publishing.ts';
import type { WordPressApi } from './api.ts';
import { refusedByWordPress } from './refused.ts';

interface Attachment {
  readonly id: number;
  readonly slug: string;
  readonly source_url: string;
}

/** The media library. A picture's slug is made of the hash of its bytes: the library can be asked for it. */
export function createMedia(api: WordPressApi): MediaLibrary {
  return {
    async find(picture, _since, signal) {
      // A second one of the same slug has a number behind it, so both are looked for.
      const slugs = [slugOf(picture), ...[2, 3, 4].map((number) => `${slugOf(picture)}-${number}`)];
      const answer = await api('GET', `/media?slug=${slugs.join(',')}&orderby=id&order=asc&per_page=20`, signal);
      if (answer.status !== 200 || !Array.isArray(answer.json)) throw refusedByWordPress('look for a picture', answer);
      return (answer.json as Attachment[]).map(toRemote);
    },
    async add(picture, bytes, signal) {
      const words = new URLSearchParams({
        slug: slugOf(picture),
        alt_text: picture.alt,
        title: picture.alt || slugOf(picture),
      });
      const answer = await api('POST', `/media?${words}`, signal, {
        bytes,
        headers: {
          'content-type': picture.type,
          'content-disposition': `attachment; filename="${slugOf(picture)}.${picture.type.slice('image/'.length)}"`,
        },
      });
      if (answer.status !== 201 || answer.json === undefined) throw refusedByWordPress('take a picture', answer);
      return toRemote(answer.json as Attachment);
    },
    async discard(id, signal) {
      const answer = await api('DELETE', `/media/${id}?force=true`, signal);
      if (answer.status !== 200 && answer.status !== 404) throw refusedByWordPress('take back a picture', answer);
    },
  };
}

function slugOf({ hash }: Picture): string {
  return `blogger-${hash.slice(0, 20)}`;
}

function toRemote({ id, source_url }: Attachment) {
  return { id: String(id), url: source_url };
}

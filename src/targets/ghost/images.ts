import type { Clock } from '../../core/ports.ts';
import type { MediaLibrary, Picture } from '../../core/publishing.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';

type Upload = (form: FormData, signal: AbortSignal) => Promise<JsonAnswer>;

const DAY_MS = 24 * 60 * 60_000;

/** Ghost lists no pictures and takes none back, but keeps each under its month and name: the name is made of the hash of the bytes, so that its address can be asked. */
export function createImages(upload: Upload, site: string, clock: Clock): MediaLibrary {
  return {
    async find(picture, since, signal) {
      const now = clock.now();
      const days = [since ?? now, now - DAY_MS, now, now + DAY_MS];
      for (const month of new Set(days.map(monthOf))) {
        const url = `${site}/content/images/${month}/${fileOf(picture)}`;
        const { status } = await requestJson({ method: 'HEAD', url, headers: {} }, signal);
        if (status === 200) return [{ id: url, url }];
      }
      return [];
    },
    async add(picture, bytes, signal) {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)], { type: picture.type }), fileOf(picture));
      form.set('ref', picture.src.slice(0, 200));
      const answer = await upload(form, signal);
      const [image] =
        (answer.json as { readonly images?: readonly { readonly url: string }[] } | undefined)?.images ?? [];
      if (answer.status !== 201 || image === undefined) throw refused('Ghost', 'take a picture', answer);
      return { id: image.url, url: image.url };
    },
  };
}

function fileOf({ hash, type }: Picture): string {
  return `blogger-${hash.slice(0, 20)}.${type.slice('image/'.length)}`;
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7).replace('-', '/');
}

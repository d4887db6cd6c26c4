import type { PictureRecord, Publication, Publications } from '../../src/core/publishing.ts';

/** What is remembered in one folder. */
export function publicationMemory(): Publications & { readonly rows: Map<string, Publication> } {
  const rows = new Map<string, Publication>();
  const pictures = new Map<string, PictureRecord>();
  return {
    rows,
    find: (target, key) => rows.get(`${target} ${key}`),
    save: (one) => void rows.set(`${one.target} ${one.key}`, one),
    list: (target) => [...rows.values()].filter((one) => one.target === target),
    findPicture: (target, hash) => pictures.get(`${target} ${hash}`),
    savePicture: (one) => void pictures.set(`${one.target} ${one.hash}`, one),
  };
}

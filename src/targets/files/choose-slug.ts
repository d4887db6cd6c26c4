import { type SlugForm, slugOf, uniqueSlug } from '../../stages/publish/render/slug.ts';
import { foldedName } from './twins.ts';

export interface SlugChooserOptions {
  readonly form: SlugForm;
  /** True when a post of other sources is remembered under this slug. */
  isTaken(slug: string, sourceKey: string): boolean;
  /** Called with each thing of somebody else's that made a post take another name. */
  onForeign(path: string): void;
}

/** `findForeign` answers what of somebody else's stands where a post of this slug would go. */
export type ChooseSlug = (
  preferred: string,
  sourceKey: string,
  findForeign: (slug: string) => Promise<string | undefined>,
  /** Folder of the language, in which slugs are free again; empty where there is none. */
  folder?: string,
) => Promise<string>;

/** Finds each post a slug that is nobody else's. It is reserved before files are looked for, since others look at the same time. */
export function createSlugChooser({ form, isTaken, onForeign }: SlugChooserOptions): ChooseSlug {
  /** Slugs of posts that are being saved, whatever their spelling: several are at once, and the records know only what is done. */
  const reserved = new Map<string, string>();
  return async (wished, sourceKey, findForeign, folder = '') => {
    const within = (slug: string) => (folder === '' ? slug : `${folder}/${slug}`);
    const spelt = (slug: string) => foldedName(within(slug));
    const first = await slugOf(wished, form);
    const foreign = new Set<string>();
    for (;;) {
      const isReserved = (slug: string) => (reserved.get(spelt(slug)) ?? sourceKey) !== sourceKey;
      const slug = uniqueSlug(first, (one) => foreign.has(one) || isTaken(within(one), sourceKey) || isReserved(one));
      reserved.set(spelt(slug), sourceKey);
      const there = await findForeign(slug);
      if (there === undefined) return slug;
      foreign.add(slug);
      onForeign(there);
    }
  };
}

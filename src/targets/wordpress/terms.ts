import { decodeHTML } from 'entities';
import type { WordPressApi } from './api.ts';
import { refusedByWordPress } from './refused.ts';

interface Term {
  readonly id: number;
  readonly name: string;
}

/** Tags and categories by their names: each is made or found once. A category that the user may not make is left out. */
export function createTerms(api: WordPressApi) {
  const known = new Map<string, Promise<number | undefined>>();
  const idOf = (kind: 'tags' | 'categories', name: string, signal: AbortSignal) => {
    const place = `${kind} ${name.toLowerCase()}`;
    const finding = known.get(place) ?? findOrMake(api, kind, name, signal);
    known.set(place, finding);
    finding.catch(() => known.delete(place)); // asked again by the next post
    return finding;
  };
  return {
    async idsOf(kind: 'tags' | 'categories', names: readonly string[], signal: AbortSignal): Promise<number[]> {
      const ids = await Promise.all(names.map((name) => idOf(kind, name, signal)));
      return [...new Set(ids.filter((id) => id !== undefined))];
    },
  };
}

async function findOrMake(
  api: WordPressApi,
  kind: 'tags' | 'categories',
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  // Categories have a tree, and a name may stand in it below another: made without a look, it would be there twice.
  const standing = kind === 'categories' ? await find(api, kind, name, signal) : undefined;
  if (standing !== undefined) return standing;
  // What looks like a tag would be taken out of the name.
  const made = await api('POST', `/${kind}`, signal, { body: { name: name.replaceAll('<', '&lt;') } });
  if (made.status === 201 && made.json !== undefined) return (made.json as Term).id;
  const { code, data } = (made.json ?? {}) as { readonly code?: string; readonly data?: { readonly term_id?: number } };
  if (code === 'term_exists' && data?.term_id !== undefined) return data.term_id;
  if ((made.status !== 403 && made.status !== 401) || made.json === undefined)
    throw refusedByWordPress(`make the term "${name}"`, made);
  // Authors may not make categories, but use those that are there.
  return kind === 'categories' ? undefined : await find(api, kind, name, signal);
}

/** The first word is looked for: the name itself is stored with entities. */
async function find(
  api: WordPressApi,
  kind: 'tags' | 'categories',
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [word = name] = name.split(/[\s&<>"']+/).filter((one) => one !== '');
  const found = await api('GET', `/${kind}?per_page=100&orderby=id&search=${encodeURIComponent(word)}`, signal);
  if (found.status !== 200 || !Array.isArray(found.json))
    throw refusedByWordPress(`look for the term "${name}"`, found);
  return (found.json as Term[]).find((term) => plain(term.name) === plain(name))?.id;
}

function plain(name: string): string {
  return decodeHTML(name).normalize('NFC').toLowerCase();
}

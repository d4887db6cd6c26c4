import { type JsonAnswer, refused } from '../json-client.ts';

type Ask = (method: 'GET' | 'POST', path: string, body: unknown, signal: AbortSignal) => Promise<JsonAnswer>;

interface Term {
  readonly id: number;
  readonly name: string;
}

/** Tags and categories by their names: each is made or found once. A category that the user may not make is left out. */
export function createTerms(ask: Ask) {
  const known = new Map<string, Promise<number | undefined>>();
  const idOf = (kind: 'tags' | 'categories', name: string, signal: AbortSignal) => {
    const place = `${kind} ${name.toLowerCase()}`;
    const finding = known.get(place) ?? findOrMake(ask, kind, name, signal);
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
  ask: Ask,
  kind: 'tags' | 'categories',
  name: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const made = await ask('POST', `/${kind}`, { name }, signal);
  if (made.status === 201) return (made.json as Term).id;
  const { code, data } = (made.json ?? {}) as { readonly code?: string; readonly data?: { readonly term_id?: number } };
  if (code === 'term_exists' && data?.term_id !== undefined) return data.term_id;
  if (made.status !== 403 && made.status !== 401) throw refused('WordPress', `make the term "${name}"`, made);
  // Authors may not make categories, but use those that are there. The first word is looked for: the name itself is stored with entities.
  const found = await ask(
    'GET',
    `/${kind}?per_page=100&search=${encodeURIComponent(name.split(/[\s&]/)[0] ?? name)}`,
    undefined,
    signal,
  );
  if (found.status !== 200) throw refused('WordPress', `look for the term "${name}"`, found);
  return (found.json as Term[]).find((term) => plain(term.name) === plain(name))?.id;
}

function plain(name: string): string {
  return name
    .replaceAll('&amp;', '&')
    .replaceAll('&#038;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .toLowerCase();
}

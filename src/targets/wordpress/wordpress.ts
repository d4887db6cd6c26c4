/** WordPress over its REST API with an application password. */

import type { PostDocument, RemotePost, Target } from '../../core/publishing.ts';
import { trimTail } from '../../util/text/trim-edges.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';
import { createTerms } from './terms.ts';
import { markedContent, readMark, type WordPressPost } from './wordpress-post.ts';

export interface WordPressOptions {
  /** Address of the site, or of its REST API. */
  readonly url: string;
  readonly user: string;
  /** An application password; never the one of the account. */
  readonly password: string;
}

const ANY = 'publish,future,draft,pending,private';

export function createWordPress({ url, user, password }: WordPressOptions): Target {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  const home = trimTail(url, /\//);
  let root: Promise<(path: string) => string> | undefined;

  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, body: unknown, signal: AbortSignal) => {
    root ??= findRoot(home, headers, signal);
    root.catch(() => {
      root = undefined; // the next call looks again
    });
    const address = (await root)(path);
    return await requestJson({ method, url: address, headers, ...(body === undefined ? {} : { body }) }, signal);
  };
  const terms = createTerms(ask);

  return {
    name: 'wordpress',
    async find(key, signal) {
      const answer = await ask(
        'GET',
        `/posts?search=${encodeURIComponent(`blogger:${key}`)}&status=${ANY}&orderby=id&order=asc&context=edit&per_page=100`,
        undefined,
        signal,
      );
      // To a caller whom it does not know WordPress says that drafts are no status.
      if (answer.status === 400) throw refused('WordPress', 'look for drafts', { ...answer, status: 401 });
      if (answer.status !== 200) throw refused('WordPress', 'look for a post', answer);
      return (answer.json as WordPressPost[]).flatMap((post) => (readMark(post)?.key === key ? [toRemote(post)] : []));
    },
    async read(id, signal) {
      const answer = await ask('GET', `/posts/${id}?context=edit`, undefined, signal);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw refused('WordPress', 'show a post', answer);
      const post = answer.json as WordPressPost;
      return post.status === 'trash' ? undefined : toRemote(post);
    },
    async create(document, as, signal) {
      const answer = await ask(
        'POST',
        '/posts',
        { ...(await bodyOf(document, signal)), slug: document.slug, status: as },
        signal,
      );
      return made(answer, 'save a post');
    },
    async update(version, document, signal) {
      // WordPress has no lock of its own: what it has now was read a moment ago, and is compared again by the caller.
      return made(await ask('POST', `/posts/${version.id}`, await bodyOf(document, signal), signal), 'change a post');
    },
    async discard(id, signal) {
      const answer = await ask('DELETE', `/posts/${id}`, undefined, signal);
      if (answer.status !== 200 && answer.status !== 404 && answer.status !== 410)
        throw refused('WordPress', 'take back a post', answer);
    },
    async check(signal) {
      const answer = await ask('GET', '/users/me?context=edit', undefined, signal);
      if (answer.status !== 200) return [refused('WordPress', 'show the user', answer).message];
      const { capabilities = {} } = answer.json as { readonly capabilities?: Readonly<Record<string, boolean>> };
      const missing = ['edit_posts', 'publish_posts', 'upload_files'].filter((one) => capabilities[one] !== true);
      return missing.length === 0 ? [] : [`The user ${user} may not ${missing.join(', ')}.`];
    },
  };

  async function bodyOf(document: PostDocument, signal: AbortSignal) {
    return {
      title: document.title,
      content: markedContent(document),
      excerpt: document.description,
      tags: await terms.idsOf('tags', document.tags, signal),
      categories: await terms.idsOf('categories', document.categories, signal),
    };
  }
}

function made(answer: JsonAnswer, what: string): RemotePost {
  if (answer.status !== 200 && answer.status !== 201) throw refused('WordPress', what, answer);
  return toRemote(answer.json as WordPressPost);
}

function toRemote(post: WordPressPost): RemotePost {
  const mark = readMark(post);
  return {
    id: String(post.id),
    url: post.link,
    revision: post.modified_gmt,
    ...(mark === undefined ? {} : { sentHash: mark.hash }),
  };
}

/** Pretty addresses where the site has them, else the one that every site answers. */
async function findRoot(
  home: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<(path: string) => string> {
  const base = home.replace(/\/wp-json(?:\/wp\/v2)?$/, '');
  const { status, json } = await requestJson(
    { method: 'GET', url: `${base}/wp-json/wp/v2/types/post`, headers },
    signal,
  );
  if (status === 200 && typeof json === 'object') return (path) => `${base}/wp-json/wp/v2${path}`;
  return (path) => `${base}/?rest_route=/wp/v2${path.replace('?', '&')}`;
}

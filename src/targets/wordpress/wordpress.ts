/** WordPress over its REST API with an application password. */

import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { PostDocument, RemotePost, Showing, Target } from '../../core/publishing.ts';
import { stableHash } from '../../util/stable-hash.ts';
import type { JsonAnswer } from '../json-client.ts';
import { openApi, siteOf, type WordPressAccess, type WordPressApi } from './api.ts';
import { checkSite } from './check-site.ts';
import { type Markup, markedContent, readMark } from './markup.ts';
import { createMedia } from './media.ts';
import { refusedByWordPress } from './refused.ts';
import { createSeoFields } from './seo-fields.ts';
import { createTerms } from './terms.ts';

export interface WordPressOptions extends WordPressAccess {
  readonly markup: Markup;
  readonly clock: Clock;
}

interface WordPressPost {
  readonly id: number;
  readonly status: string;
  readonly link: string;
  readonly slug: string;
  /** In UTC, without a zone. */
  readonly modified_gmt: string;
  readonly title: { readonly raw?: string };
  readonly content: { readonly raw?: string };
  readonly excerpt?: { readonly raw?: string };
  readonly tags?: readonly number[];
  readonly categories?: readonly number[];
  readonly featured_media?: number;
}

const ANY = 'publish,future,draft,pending,private,trash';

export function createWordPress(options: WordPressOptions): Target {
  const { url, markup } = options;
  const site = siteOf(url);
  const api = openApi(options);
  const bodyOf = createBodies(api, site, markup);
  return {
    name: 'wordpress',
    place: `wordpress ${site}`,
    media: createMedia(api),
    async find(key, signal, mayBeNew = false) {
      const ask = async (query: string) => {
        const answer = await api('GET', `/posts?${query}&status=${ANY}&context=edit`, signal);
        // To a caller whom it does not know WordPress says that drafts are no status.
        if (answer.status === 400) throw refusedByWordPress('look for drafts', { ...answer, status: 401 });
        if (answer.status !== 200 || !Array.isArray(answer.json)) throw refusedByWordPress('look for a post', answer);
        return (answer.json as WordPressPost[]).filter((post) => markOf(post)?.key === key);
      };
      const search = `search=${encodeURIComponent(`blogger:${key}`)}&orderby=id&order=asc&per_page=100`;
      const found = await ask(search);
      // A plugin that answers searches from an index of its own knows neither comments nor what is a moment old.
      const newest = mayBeNew && found.length === 0 ? await ask('orderby=id&order=desc&per_page=50') : [];
      return [...found, ...newest.reverse()]
        .map(toRemote)
        .sort((a, b) => Number(a.isGone ?? false) - Number(b.isGone ?? false));
    },
    async read(id, signal) {
      const post = await readPost(api, id, signal);
      return post === undefined || post.status === 'trash' ? undefined : toRemote(post);
    },
    async create(document, showing, signal) {
      const body = { ...(await bodyOf(document, signal)), slug: document.slug, ...statusOf(showing) };
      return made(await api('POST', '/posts', signal, { body }), 'save a post');
    },
    async update(version, document, signal) {
      const body = await bodyOf(document, signal);
      // WordPress has no lock of its own: what it has is looked at again right before.
      const now = await readPost(api, version.id, signal);
      if (now === undefined || toRemote(now).revision !== version.revision)
        throw new BloggerError('The post was changed in WordPress meanwhile', {
          code: 'TARGET_CHANGED',
          hint: 'Take over what you need from it; --force takes its place.',
        });
      return made(await api('POST', `/posts/${version.id}`, signal, { body }), 'change a post');
    },
    async discard(id, signal) {
      const answer = await api('DELETE', `/posts/${id}?force=true`, signal);
      if (answer.status !== 200 && answer.status !== 404 && answer.status !== 410)
        throw refusedByWordPress('take back a post', answer);
    },
    check: (signal) => checkSite(api, options, signal),
  };
}

async function readPost(api: WordPressApi, id: string, signal: AbortSignal): Promise<WordPressPost | undefined> {
  const answer = await api('GET', `/posts/${id}?context=edit`, signal);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200 || answer.json === undefined) throw refusedByWordPress('show a post', answer);
  return answer.json as WordPressPost;
}

/** What a post is sent as. */
function createBodies(api: WordPressApi, site: string, markup: Markup) {
  const terms = createTerms(api);
  const seo = createSeoFields(api);
  return async (document: PostDocument & { readonly coverId?: string }, signal: AbortSignal) => {
    const { html, tags, categories, coverId } = document;
    const [title, excerpt] = [document.title, document.description].map(asMarkup) as [string, string];
    return {
      title,
      content: markedContent({ html, title, excerpt }, document, markup),
      excerpt,
      tags: await terms.idsOf('tags', tags, signal),
      categories: await terms.idsOf('categories', categories, signal),
      ...(coverId === undefined ? {} : { featured_media: Number(coverId) }),
      ...(await seo.of(elsewhere(document, site), signal)),
    };
  };
}

/** WordPress takes titles and excerpts for HTML: `List<T>` would lose its `<T>`. */
function asMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A canonical address at the site itself is the site's own business. */
function elsewhere(document: PostDocument, site: string): PostDocument {
  const { canonical, ...rest } = document;
  const isOwn = canonical === undefined || !URL.canParse(canonical) || new URL(canonical).host === new URL(site).host;
  return isOwn ? rest : document;
}

function statusOf(showing: Showing) {
  if (showing.as !== 'schedule') return { status: showing.as };
  return { status: 'future', date_gmt: new Date(showing.at).toISOString().slice(0, 19) };
}

function made(answer: JsonAnswer, what: string): RemotePost {
  if ((answer.status !== 200 && answer.status !== 201) || answer.json === undefined)
    throw refusedByWordPress(what, answer);
  return toRemote(answer.json as WordPressPost);
}

function markOf({ title, content, excerpt }: WordPressPost) {
  return readMark({ title: title.raw ?? '', content: content.raw ?? '', excerpt: excerpt?.raw ?? '' });
}

function toRemote(post: WordPressPost): RemotePost {
  const { title, content, excerpt, tags = [], categories = [], featured_media } = post;
  const mark = markOf(post);
  const text = [title.raw, content.raw, excerpt?.raw, [...tags].sort(), [...categories].sort(), featured_media];
  const textHash = stableHash(text).slice(0, 24);
  return {
    id: String(post.id),
    url: post.link,
    slug: post.slug,
    // Times have seconds: two changes within one have the same.
    revision: `${post.modified_gmt} ${textHash}`,
    textHash,
    ...(mark === undefined ? {} : { sentHash: mark.hash, isSealed: mark.isSealed }),
    ...(post.status === 'trash' ? { isGone: true } : {}),
  };
}

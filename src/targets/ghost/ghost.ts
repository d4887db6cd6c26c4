/** Ghost over its Admin API. */

import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { PostDocument, RemotePost, Showing, Target } from '../../core/publishing.ts';
import { stableHash } from '../../util/stable-hash.ts';
import { cutAtWord } from '../../util/text/cut-at-word.ts';
import { trimTail } from '../../util/text/trim-edges.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';
import { checkSite, type GhostApi } from './check-site.ts';
import { createImages } from './images.ts';
import { tokenOf } from './token.ts';

export interface GhostOptions {
  /** Address of the site. */
  readonly url: string;
  /** Of an integration, as `ID:SECRET`. */
  readonly adminKey: string;
  readonly clock: Clock;
}

interface GhostPost {
  readonly id: string;
  readonly url: string;
  readonly slug: string;
  readonly updated_at: string;
  readonly title?: string;
  readonly html?: string | null;
  readonly custom_excerpt?: string | null;
  readonly feature_image?: string | null;
  readonly codeinjection_foot?: string | null;
  readonly tags?: readonly { readonly name: string; readonly slug: string }[];
}

/** Longer ones are refused. */
const LONGEST = { title: 255, excerpt: 300, tag: 191, meta: 500 } as const;
/** Ghost makes its own form of the HTML that it is sent, and gives HTML back. */
const WRITE = '?source=html&formats=html&include=tags';
const READ = '?formats=html&include=tags';

export function createGhost({ url, adminKey, clock }: GhostOptions): Target {
  const site = trimTail(url, /\//).split(/\/ghost(?=\/|$)/, 1)[0] ?? '';
  const api: GhostApi = (method, path, signal, content = {}) =>
    requestJson(
      {
        method,
        url: `${site}/ghost/api/admin${path}`,
        headers: { authorization: `Ghost ${tokenOf(adminKey, clock.now())}`, 'accept-version': 'v5.0' },
        ...content,
      },
      signal,
    );
  const read = async (id: string, signal: AbortSignal) => {
    const answer = await api('GET', `/posts/${id}/${READ}`, signal);
    return answer.status === 404 ? undefined : made(answer, 'show a post');
  };
  return {
    name: 'ghost',
    place: `ghost ${site}`,
    media: createImages((form, signal) => api('POST', '/images/upload/', signal, { bytes: form }), site, clock),
    async find(key, signal) {
      const filter = encodeURIComponent(`tag:hash-blogger-${key}+status:[draft,published,scheduled,sent]`);
      const order = encodeURIComponent('created_at asc, id asc');
      const answer = await api('GET', `/posts/${READ}&filter=${filter}&order=${order}&limit=50`, signal);
      if (answer.status !== 200 || answer.json === undefined) throw refused('Ghost', 'look for a post', answer);
      return (answer.json as { posts: GhostPost[] }).posts.map(toRemote);
    },
    read,
    async create(document, showing, signal) {
      const post = { ...bodyOf(document, site), slug: document.slug, ...statusOf(showing) };
      return made(await api('POST', `/posts/${WRITE}`, signal, { body: { posts: [post] } }), 'save a post');
    },
    async update(version, document, signal) {
      const post = { ...bodyOf(document, site), updated_at: version.revision };
      const answer = await api('PUT', `/posts/${version.id}/${WRITE}`, signal, { body: { posts: [post] } });
      if (answer.status === 409)
        throw new BloggerError('The post was changed in Ghost meanwhile', {
          code: 'TARGET_CHANGED',
          hint: 'Take over what you need from it; --force takes its place.',
        });
      return made(answer, 'change a post');
    },
    async seal(version, { key, hash }, signal) {
      const post = { codeinjection_foot: markOf(key, hash, version.textHash), updated_at: version.revision };
      const answer = await api('PUT', `/posts/${version.id}/${READ}`, signal, { body: { posts: [post] } });
      if (answer.status !== 409) return made(answer, 'seal a post');
      // Another machine has sealed it, or a person was quicker: then what was sent is what is known.
      const now = await read(version.id, signal);
      return now !== undefined && now.textHash === version.textHash ? now : version;
    },
    async discard(id, signal) {
      const answer = await api('DELETE', `/posts/${id}/`, signal);
      if (answer.status !== 204 && answer.status !== 404) throw refused('Ghost', 'take back a post', answer);
    },
    check: (signal) => checkSite(api, clock, signal),
  };
}

/** A hidden tag is the mark that Ghost can be asked for: it drops HTML comments from texts, and keeps them where code may stand. No newsletter is named, so none is sent. */
function bodyOf(document: PostDocument & { readonly coverAlt?: string }, site: string) {
  const { key, hash, title, description, html, tags, categories, cover, coverAlt, canonical } = document;
  const names = [...categories, ...tags].map((name) => cutAtWord(name.replace(/^#+/, '').trim(), LONGEST.tag));
  const isElsewhere =
    canonical !== undefined && URL.canParse(canonical) && new URL(canonical).host !== new URL(site).host;
  return {
    title: cutAtWord(title, LONGEST.title),
    custom_excerpt: description === '' ? null : cutAtWord(description, LONGEST.excerpt),
    meta_description: description === '' ? null : cutAtWord(description, LONGEST.meta),
    html,
    tags: [...[...new Set(names)].filter((name) => name !== '').map((name) => ({ name })), { name: `#blogger-${key}` }],
    codeinjection_foot: markOf(key, hash),
    ...(cover === undefined
      ? {}
      : { feature_image: cover, ...(coverAlt === undefined ? {} : { feature_image_alt: cutAtWord(coverAlt, 125) }) }),
    ...(isElsewhere ? { canonical_url: canonical } : {}),
    email_only: false,
  };
}

function statusOf(showing: Showing) {
  if (showing.as === 'schedule') return { status: 'scheduled', published_at: new Date(showing.at).toISOString() };
  return { status: showing.as === 'publish' ? 'published' : 'draft' };
}

const MARK = /<!-- blogger:[0-9a-f]+ ([0-9a-f]+)(?: ([0-9a-f]+))? -->/;

/** Ghost makes its own text of what it is sent, so the seal is of the text that it answered with. */
function markOf(key: string, hash: string, seal?: string): string {
  return `<!-- blogger:${[key, hash, ...(seal === undefined ? [] : [seal])].join(' ')} -->`;
}

function toRemote(post: GhostPost): RemotePost {
  const { id, url, slug, updated_at, title, html, custom_excerpt, feature_image, tags = [], codeinjection_foot } = post;
  const [mark = '', hash, seal] = MARK.exec(codeinjection_foot ?? '') ?? [];
  const names = tags.map(({ name }) => name).sort();
  const foot = (codeinjection_foot ?? '').replace(mark, '').trim();
  const textHash = stableHash([title, html, custom_excerpt, feature_image, names, foot]).slice(0, 24);
  return {
    id,
    url,
    slug,
    revision: updated_at,
    textHash,
    ...(hash === undefined ? {} : { sentHash: hash }),
    ...(seal === undefined ? {} : { isSealed: seal === textHash }),
  };
}

function made(answer: JsonAnswer, what: string): RemotePost {
  const [post] = (answer.json as { readonly posts?: readonly GhostPost[] } | undefined)?.posts ?? [];
  if ((answer.status !== 200 && answer.status !== 201) || post === undefined) throw refused('Ghost', what, answer);
  return toRemote(post);
}

/** Ghost over its Admin API. */

import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { PostDocument, RemotePost, Showing, Target } from '../../core/publishing.ts';
import { stableHash } from '../../util/stable-hash.ts';
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
  return {
    name: 'ghost',
    place: `ghost ${site}`,
    media: createImages((form, signal) => api('POST', '/images/upload/', signal, { bytes: form }), site, clock),
    async find(key, signal) {
      const filter = encodeURIComponent(`tag:hash-blogger-${key}+status:[draft,published,scheduled,sent]`);
      const order = encodeURIComponent('created_at asc, id asc');
      const answer = await api('GET', `/posts/${READ}&filter=${filter}&order=${order}&limit=50`, signal);
      if (answer.status !== 200) throw refused('Ghost', 'look for a post', answer);
      return (answer.json as { posts: GhostPost[] }).posts.map(toRemote);
    },
    async read(id, signal) {
      const answer = await api('GET', `/posts/${id}/${READ}`, signal);
      if (answer.status === 404) return undefined;
      return made(answer, 'show a post');
    },
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
    async discard(id, signal) {
      const answer = await api('DELETE', `/posts/${id}/`, signal);
      if (answer.status !== 204 && answer.status !== 404) throw refused('Ghost', 'take back a post', answer);
    },
    check: (signal) => checkSite(api, clock, signal),
  };
}

/** A hidden tag is the mark that Ghost can be asked for: it drops HTML comments from texts, and keeps them where code may stand. No newsletter is named, so none is sent. */
function bodyOf(document: PostDocument, site: string) {
  const { key, hash, title, description, html, tags, categories, cover, pictures, canonical } = document;
  const names = [...categories, ...tags].map((name) => cut(name.replace(/^#+/, '').trim(), LONGEST.tag));
  const isElsewhere =
    canonical !== undefined && URL.canParse(canonical) && new URL(canonical).host !== new URL(site).host;
  const alt = pictures.find(({ alt: words }) => words !== '' && cover !== undefined)?.alt;
  return {
    title: cut(title, LONGEST.title),
    custom_excerpt: description === '' ? null : cut(description, LONGEST.excerpt),
    meta_description: description === '' ? null : cut(description, LONGEST.meta),
    html,
    tags: [...[...new Set(names)].filter((name) => name !== '').map((name) => ({ name })), { name: `#blogger-${key}` }],
    codeinjection_foot: `<!-- blogger:${key} ${hash} -->`,
    ...(cover === undefined
      ? {}
      : { feature_image: cover, ...(alt === undefined ? {} : { feature_image_alt: cut(alt, 125) }) }),
    ...(isElsewhere ? { canonical_url: canonical } : {}),
    email_only: false,
  };
}

function statusOf(showing: Showing) {
  if (showing.as === 'schedule') return { status: 'scheduled', published_at: new Date(showing.at).toISOString() };
  return { status: showing.as === 'publish' ? 'published' : 'draft' };
}

function toRemote(post: GhostPost): RemotePost {
  const { id, url, slug, updated_at, title, html, custom_excerpt, feature_image, tags = [], codeinjection_foot } = post;
  const hash = /<!-- blogger:[0-9a-f]+ ([0-9a-f]+) -->/.exec(codeinjection_foot ?? '')?.[1];
  const names = tags.map(({ name }) => name).sort();
  return {
    id,
    url,
    slug,
    revision: updated_at,
    textHash: stableHash([title, html, custom_excerpt, feature_image, names, codeinjection_foot]).slice(0, 24),
    ...(hash === undefined ? {} : { sentHash: hash }),
  };
}

function made(answer: JsonAnswer, what: string): RemotePost {
  const [post] = (answer.json as { readonly posts?: readonly GhostPost[] } | undefined)?.posts ?? [];
  if ((answer.status !== 200 && answer.status !== 201) || post === undefined) throw refused('Ghost', what, answer);
  return toRemote(post);
}

/** Cut between two signs, at a word where one ends near. */
function cut(text: string, most: number): string {
  const signs = [...text];
  if (signs.length <= most) return text;
  return `${signs
    .slice(0, most - 1)
    .join('')
    .replace(/\s\S{0,20}$/, '')
    .trimEnd()}…`;
}

/** Ghost over its Admin API. */

import { createHmac } from 'node:crypto';
import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { PostDocument, RemotePost, Target } from '../../core/publishing.ts';
import { trimTail } from '../../util/text/trim-edges.ts';
import { type JsonAnswer, refused, requestJson } from '../json-client.ts';

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
  readonly tags?: readonly { readonly name: string; readonly slug: string }[];
}

/** Longer ones are refused. */
const LONGEST = { title: 255, excerpt: 300, tag: 191 } as const;
const TOKEN_SECONDS = 240;

export function createGhost({ url, adminKey, clock }: GhostOptions): Target {
  const api = `${trimTail(url, /\//).split(/\/ghost(?=\/|$)/, 1)[0]}/ghost/api/admin`;
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, signal: AbortSignal) =>
    requestJson(
      {
        method,
        url: api + path,
        headers: { authorization: `Ghost ${tokenOf(adminKey, clock.now())}`, 'accept-version': 'v5.0' },
        ...(body === undefined ? {} : { body }),
      },
      signal,
    );
  return {
    name: 'ghost',
    async find(key, signal) {
      const filter = encodeURIComponent(`tag:hash-blogger-${key}+status:[draft,published,scheduled,sent]`);
      const answer = await ask(
        'GET',
        `/posts/?filter=${filter}&order=${encodeURIComponent('created_at asc, id asc')}&include=tags&limit=50`,
        undefined,
        signal,
      );
      if (answer.status !== 200) throw refused('Ghost', 'look for a post', answer);
      return (answer.json as { posts: GhostPost[] }).posts.map(toRemote);
    },
    async read(id, signal) {
      const answer = await ask('GET', `/posts/${id}/?include=tags`, undefined, signal);
      if (answer.status === 404) return undefined;
      return made(answer, 'show a post');
    },
    async create(document, as, signal) {
      const status = as === 'publish' ? 'published' : 'draft';
      const post = { ...bodyOf(document), slug: document.slug, status };
      return made(await ask('POST', '/posts/?source=html&include=tags', { posts: [post] }, signal), 'save a post');
    },
    async update(version, document, signal) {
      const post = { ...bodyOf(document), updated_at: version.revision };
      const answer = await ask('PUT', `/posts/${version.id}/?source=html&include=tags`, { posts: [post] }, signal);
      if (answer.status === 409)
        throw new BloggerError('The post was changed in Ghost meanwhile', {
          code: 'TARGET_CHANGED',
          hint: 'Take over what you need from it; --force takes its place.',
        });
      return made(answer, 'change a post');
    },
    async discard(id, signal) {
      const answer = await ask('DELETE', `/posts/${id}/`, undefined, signal);
      if (answer.status !== 204 && answer.status !== 404) throw refused('Ghost', 'take back a post', answer);
    },
    async check(signal) {
      const answer = await ask('GET', '/posts/?limit=1&fields=id', undefined, signal);
      return answer.status === 200
        ? []
        : [
            `${refused('Ghost', 'list posts', answer).message} Check the key, and the clock of this machine: Ghost takes a token for five minutes.`,
          ];
    },
  };
}

/** A hidden tag is the mark that Ghost can be asked for; it drops HTML comments. */
function bodyOf({ key, hash, title, description, html, tags, categories }: PostDocument) {
  const names = [...categories, ...tags].map((name) => ({ name: cut(name.replace(/^#+/, ''), LONGEST.tag) }));
  return {
    title: cut(title, LONGEST.title),
    custom_excerpt: cut(description, LONGEST.excerpt),
    html,
    tags: [...names, { name: `#blogger-${key}` }, { name: `#blogger-is-${hash}` }],
  };
}

function toRemote({ id, url, updated_at, tags = [] }: GhostPost): RemotePost {
  const hash = tags.map(({ name }) => /^#blogger-is-([0-9a-f]+)$/.exec(name)?.[1]).find((one) => one !== undefined);
  return { id, url, revision: updated_at, ...(hash === undefined ? {} : { sentHash: hash }) };
}

function made(answer: JsonAnswer, what: string): RemotePost {
  const [post] = (answer.json as { readonly posts?: readonly GhostPost[] } | undefined)?.posts ?? [];
  if ((answer.status !== 200 && answer.status !== 201) || post === undefined) throw refused('Ghost', what, answer);
  return toRemote(post);
}

function tokenOf(adminKey: string, now: number): string {
  const [id = '', secret = ''] = adminKey.split(':');
  const issuedAt = Math.floor(now / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'HS256', typ: 'JWT', kid: id })}.${part({ iat: issuedAt, exp: issuedAt + TOKEN_SECONDS, aud: '/admin/' })}`;
  return `${unsigned}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(unsigned).digest('base64url')}`;
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

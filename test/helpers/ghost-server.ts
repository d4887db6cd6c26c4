import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface EmulatedPost {
  readonly id: string;
  title: string;
  html: string;
  custom_excerpt?: string;
  codeinjection_foot?: string;
  slug: string;
  status: string;
  updated_at: string;
  tags: readonly { readonly name: string }[];
}

export const GHOST_KEY = `${'a'.repeat(24)}:${'0b'.repeat(32)}`;

/** Ghost's Admin API as the real one answers (5.130): a second POST makes a second post, the tag filter finds drafts, `updated_at` is a lock, tags are replaced. */
export async function startGhost() {
  const posts = new Map<string, EmulatedPost>();
  const emulated = { posts, fault: (() => undefined) as (request: string) => 'lost' | 'refused' | undefined };
  let ids = 0;
  let clock = Date.UTC(2026, 0, 1);
  const tick = () => {
    clock += 1000;
    return new Date(clock).toISOString();
  };
  const newId = () => {
    ids += 1;
    return String(ids).padStart(24, '0');
  };
  const shown = (post: EmulatedPost) => ({ ...post, url: `${url}/${post.slug}/` });
  const server = createServer((request, response) => {
    void handle(request).then(({ status, json, isLost }) => {
      if (isLost) response.destroy();
      else
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(status === 204 ? '' : JSON.stringify(json));
    });
  });
  const answer = (status: number, json: unknown, isLost = false) => ({ status, json, isLost });
  const failure = (status: number, message: string) => answer(status, { errors: [{ message }] });

  async function handle(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { posts?: readonly Record<string, unknown>[] };
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (!isSigned(request.headers.authorization ?? '')) return failure(401, 'Invalid token');
    const fault = request.method === 'GET' ? undefined : emulated.fault(`${request.method} ${pathname}`);
    if (fault === 'refused') return answer(0, {}, true);
    const path = pathname.replace('/ghost/api/admin', '');
    return { ...act(request.method ?? '', path, body.posts?.[0] ?? {}, searchParams), isLost: fault === 'lost' };
  }

  function act(method: string, path: string, sent: Record<string, unknown>, query: URLSearchParams) {
    const id = /^\/posts\/([^/]+)\/$/.exec(path)?.[1] ?? '';
    const post = posts.get(id);
    if (id === '' && method === 'GET') {
      const tag = /tag:hash-(\S+?)\+/.exec(query.get('filter') ?? '')?.[1];
      return answer(200, {
        posts: [...posts.values()].filter(({ tags }) => tags.some(({ name }) => name === `#${tag}`)).map(shown),
      });
    }
    const html = query.get('source') === 'html' ? sent['html'] : null;
    if (id === '') {
      if (String(sent['title']).length > 255)
        return failure(422, 'Value in [posts.title] exceeds maximum length of 255 characters.');
      const slug = String(sent['slug'] ?? sent['title']);
      const number = [...posts.values()].filter((one) => one.slug === slug || one.slug.startsWith(`${slug}-`)).length;
      const made = {
        ...sent,
        slug: number === 0 ? slug : `${slug}-${number + 1}`,
        html,
        id: newId(),
        updated_at: tick(),
      } as unknown as EmulatedPost;
      posts.set(made.id, made);
      return answer(201, { posts: [shown(made)] });
    }
    if (post === undefined) return failure(404, 'Resource not found error, cannot read post.');
    if (method === 'DELETE') {
      posts.delete(id);
      return answer(204, {});
    }
    if (method === 'PUT') {
      if (sent['updated_at'] === undefined) return failure(422, 'Validation error, cannot edit post.');
      if (sent['updated_at'] !== post.updated_at)
        return failure(409, 'Saving failed! Someone else is editing this post.');
      Object.assign(post, sent, { html: 'html' in sent ? html : post.html, updated_at: tick() });
    }
    return answer(200, { posts: [shown(post)] });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(emulated, {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function isSigned(authorization: string): boolean {
  const [head, body, signature] = authorization.replace('Ghost ', '').split('.');
  const secret = Buffer.from(GHOST_KEY.split(':')[1] ?? '', 'hex');
  return createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url') === signature;
}

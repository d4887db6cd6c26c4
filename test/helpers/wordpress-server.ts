import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EmulatedPost {
  readonly id: number;
  title: string;
  content: string;
  excerpt?: string;
  slug: string;
  status: string;
  modified: number;
  date_gmt?: string;
  tags: readonly number[];
}

export interface EmulatedPicture {
  readonly id: number;
  readonly slug: string;
  readonly source_url: string;
  readonly alt_text: string;
}

export interface EmulatedWordPress extends AsyncDisposable {
  readonly url: string;
  readonly posts: Map<number, EmulatedPost>;
  /** By `/tags NAME` and `/categories NAME`; `/categories > NAME` lies below another. */
  readonly terms: Map<string, number>;
  readonly media: readonly EmulatedPicture[];
  readonly requests: string[];
  /** Called for each request that changes something: `lost` does it and drops the answer, `refused` drops the request. */
  fault: (request: string) => 'lost' | 'refused' | undefined;
}

/** WordPress's REST as the real one answers (6.1 and 6.5): a second POST makes a second post, `search` looks into comments, terms of a name are one, and nothing locks. */
export async function startWordPress({
  user = 'admin',
  password = 'pass word',
  mayWrite = true,
  /** False where a plugin answers searches from an index that knows nothing of them. */
  hasSearch = true,
} = {}): Promise<EmulatedWordPress> {
  const posts = new Map<number, EmulatedPost>();
  const terms = new Map<string, number>();
  const requests: string[] = [];
  const media: EmulatedPicture[] = [];
  const allowed = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let nextId = 1;
  let clock = Date.UTC(2026, 0, 1);
  const tick = () => {
    clock += 1000;
    return clock;
  };
  const server = createServer((request, response) => {
    void handle(request).then(({ status, json, isLost }) => {
      if (isLost) response.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
  });
  const emulated = { posts, terms, media, requests, fault: (() => undefined) as EmulatedWordPress['fault'] };
  const shown = (post: EmulatedPost) => ({
    id: post.id,
    status: post.status,
    slug: post.slug,
    link: `${url}/${post.status === 'publish' ? post.slug : `?p=${post.id}`}`,
    date_gmt: post.date_gmt,
    modified_gmt: new Date(post.modified).toISOString().slice(0, 19),
    title: { raw: post.title },
    excerpt: { raw: post.excerpt ?? '' },
    tags: post.tags,
    content: { raw: post.content, rendered: post.content },
  });
  const answer = (status: number, json: unknown, isLost = false) => ({ status, json, isLost });

  async function handle(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = bodyIn(request, Buffer.concat(chunks));
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const line = `${request.method} ${pathname}`;
    requests.push(line);
    if (request.headers.authorization !== allowed && pathname.endsWith('/posts') && request.method === 'GET')
      return answer(400, { code: 'rest_invalid_param', message: 'Invalid parameter(s): status' });
    if (request.headers.authorization !== allowed)
      return answer(401, { code: 'rest_not_logged_in', message: 'You are not currently logged in.' });
    const fault = request.method === 'GET' ? undefined : emulated.fault(line);
    if (fault === 'refused') return answer(0, {}, true);
    const done = act(request.method ?? '', pathname.replace('/wp-json/wp/v2', ''), body, searchParams);
    return { ...done, isLost: fault === 'lost' };
  }

  function act(method: string, path: string, body: Record<string, unknown>, query: URLSearchParams) {
    const id = Number(/^\/posts\/(\d+)$/.exec(path)?.[1]);
    const post = posts.get(id);
    if (path === '/types/post') return answer(200, { slug: 'post' });
    if (path === '/users/me')
      return answer(200, { capabilities: { edit_posts: mayWrite, publish_posts: true, upload_files: true } });
    if (/^\/(?:tags|categories)$/.test(path) && method === 'GET') {
      const found = [...terms].filter(([key]) => key.startsWith(`${path} `));
      const named = found.map(([key, one]) => ({ id: one, name: key.replace(/^\S+ (?:> )?/, '') }));
      const wanted = (query.get('search') ?? '').toLowerCase();
      return answer(
        200,
        named.filter(({ name }) => name.toLowerCase().includes(wanted)),
      );
    }
    if (/^\/(?:tags|categories)$/.test(path) && method === 'POST') {
      const name = `${path} ${String(body['name']).toLowerCase()}`;
      const known = terms.get(name);
      if (known !== undefined) return answer(400, { code: 'term_exists', data: { term_id: known } });
      terms.set(name, nextId);
      return answer(201, { id: nextId++, name: body['name'] });
    }
    if (path === '/posts' && method === 'OPTIONS')
      return answer(200, { schema: { properties: { meta: { properties: {} } } } });
    if (path === '/media' && method === 'GET') {
      const slugs = (query.get('slug') ?? '').split(',');
      return answer(
        200,
        media.filter(({ slug }) => slugs.includes(slug)),
      );
    }
    if (path === '/media' && method === 'POST') {
      const slug = query.get('slug') ?? '';
      const number = media.filter((one) => one.slug.startsWith(slug)).length;
      const named = number === 0 ? slug : `${slug}-${number + 1}`;
      media.push({
        id: nextId,
        slug: named,
        source_url: `${url}/uploads/${named}`,
        alt_text: query.get('alt_text') ?? '',
      });
      return answer(
        201,
        media.find(({ id: one }) => one === nextId++),
      );
    }
    if (path.startsWith('/media/') && method === 'DELETE') {
      media.splice(
        media.findIndex((one) => path === `/media/${one.id}`),
        1,
      );
      return answer(200, {});
    }
    if (path === '/posts' && method === 'GET') {
      const wanted = query.get('search') ?? '';
      const found = [...posts.values()].filter((one) => {
        const isAsked = one.status !== 'trash' || query.get('status')?.includes('trash') === true;
        return isAsked && one.content.includes(wanted) && (hasSearch || wanted === '');
      });
      if (query.get('order') === 'desc') found.reverse();
      return answer(200, found.map(shown));
    }
    if (path === '/posts' && method === 'POST') {
      const made = {
        id: nextId++,
        title: '',
        content: '',
        slug: '',
        status: 'draft',
        tags: [],
        ...body,
        modified: tick(),
      };
      while ([...posts.values()].some(({ slug }) => slug === made.slug)) made.slug += '-2';
      posts.set(made.id, made as EmulatedPost);
      return answer(201, shown(made as EmulatedPost));
    }
    if (post === undefined) return answer(404, { code: 'rest_post_invalid_id', message: 'Invalid post ID.' });
    if (method === 'DELETE' && query.get('force') === 'true') posts.delete(id);
    else if (method === 'DELETE') post.status = 'trash';
    if (method === 'POST') Object.assign(post, body, { modified: tick() });
    return answer(200, shown(post));
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

/** Pictures are sent as they are. */
function bodyIn(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  const isPicture = request.headers['content-type']?.startsWith('image/') === true;
  return isPicture || bytes.length === 0 ? {} : (JSON.parse(bytes.toString()) as Record<string, unknown>);
}

/** Calls that show how a server answers. The real one's answers are recorded; the emulated one must give the same. */

export interface ScriptCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Answers of earlier calls may be used: `$0.id` is the member `id` of the first answer. */
export type Script = readonly (readonly [name: string, call: ScriptCall, members: readonly string[]])[];

export interface ScriptAnswer {
  readonly name: string;
  readonly status: number;
  readonly said: Readonly<Record<string, unknown>>;
}

type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly json: unknown }>;

/** Ids and times differ from server to server: they are named by the order in which they came. */
export async function runScript(script: Script, call: Call): Promise<ScriptAnswer[]> {
  const answers: unknown[] = [];
  const results: ScriptAnswer[] = [];
  const names = new Map<string, string>();
  for (const [name, { method, path, body }, members] of script) {
    const filled = (text: string) =>
      text.replace(/\$(\d+)\.([\w.]+)/g, (_, at: string, member: string) =>
        String(valueAt(answers[Number(at)], member)),
      );
    const { status, json } = await call(
      method,
      filled(path),
      body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body))) as unknown),
    );
    answers.push(json);
    const said = members.map((member) => [member, named(member, valueAt(json, member), names)] as const);
    results.push({ name, status, said: Object.fromEntries(said.filter(([, value]) => value !== undefined)) });
  }
  return results;
}

function valueAt(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (name === 'length' && Array.isArray(value)) return value.length;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, json);
}

function named(member: string, value: unknown, names: Map<string, string>): unknown {
  if (value === undefined || !/(?:^|\.)(?:id|term_id|tags|modified_gmt|updated_at|link|url)(?:\.\d+)?$/.test(member))
    return value;
  const text = JSON.stringify(value);
  const known = names.get(text) ?? `${member.replace(/^.*\.(?=[a-z])/, '')} ${names.size + 1}`;
  names.set(text, known);
  return known;
}

const MARK = '<p>x</p>\n<!-- blogger:aa11 bb22 -->';
const FIND =
  '/posts?search=blogger%3Aaa11&status=publish,future,draft,pending,private,trash&orderby=id&order=asc&context=edit&per_page=100';
const SHOWN = ['id', 'slug', 'status', 'title.raw', 'content.raw'];

export const WORDPRESS_SCRIPT: Script = [
  ['the post type', { method: 'GET', path: '/types/post' }, ['slug']],
  ['a tag', { method: 'POST', path: '/tags', body: { name: 'Reef & sea' } }, ['id']],
  [
    'the same tag in capitals',
    { method: 'POST', path: '/tags', body: { name: 'REEF & SEA' } },
    ['code', 'data.term_id'],
  ],
  [
    'a draft',
    {
      method: 'POST',
      path: '/posts',
      body: { title: 'One', content: MARK, slug: 'one', status: 'draft', tags: ['$1.id'] },
    },
    SHOWN,
  ],
  [
    'the same draft again',
    { method: 'POST', path: '/posts', body: { title: 'One', content: MARK, slug: 'one', status: 'draft' } },
    SHOWN,
  ],
  ['a look for the mark', { method: 'GET', path: FIND }, ['length', '0.id', '1.id', '0.status']],
  ['a look for another mark', { method: 'GET', path: FIND.replace('aa11', 'cc33') }, ['length']],
  ['one thrown away for good', { method: 'DELETE', path: '/posts/$4.id?force=true' }, []],
  ['it is gone', { method: 'GET', path: '/posts/$4.id?context=edit' }, ['code']],
  ['an update', { method: 'POST', path: '/posts/$3.id', body: { content: 'New.' } }, SHOWN],
  ['an update of a post that is gone', { method: 'POST', path: '/posts/$4.id', body: { content: 'New.' } }, ['code']],
  [
    'a post for later',
    {
      method: 'POST',
      path: '/posts',
      body: { title: 'Later', content: 'x', slug: 'later', status: 'future', date_gmt: '2031-03-01T09:00:00' },
    },
    ['status', 'date_gmt'],
  ],
  ['one in the bin', { method: 'DELETE', path: '/posts/$3.id' }, ['id', 'status']],
  ['it is read', { method: 'GET', path: '/posts/$3.id?context=edit' }, ['id', 'status']],
  [
    'an unknown picture',
    { method: 'GET', path: '/media?slug=blogger-0,blogger-0-2&orderby=id&order=asc&per_page=20' },
    ['length'],
  ],
];

const WRITE = '?source=html&formats=html&include=tags';
const GHOST_SHOWN = [
  'posts.0.id',
  'posts.0.slug',
  'posts.0.status',
  'posts.0.title',
  'posts.0.html',
  'posts.0.tags.0.name',
  'posts.0.tags.1.name',
  'posts.0.codeinjection_foot',
  'posts.0.updated_at',
];
const GHOST_POST = {
  title: 'One',
  html: '<p>x</p>',
  slug: 'one',
  status: 'draft',
  tags: [{ name: 'Reef & sea' }, { name: '#blogger-aa11' }],
  codeinjection_foot: '<!-- blogger:aa11 bb22 -->',
};
const GHOST_FIND = `/posts/?formats=html&include=tags&filter=${encodeURIComponent('tag:hash-blogger-aa11+status:[draft,published,scheduled,sent]')}&order=${encodeURIComponent('created_at asc, id asc')}&limit=50`;

export const GHOST_SCRIPT: Script = [
  ['a draft', { method: 'POST', path: `/posts/${WRITE}`, body: { posts: [GHOST_POST] } }, GHOST_SHOWN],
  [
    'the same draft again',
    { method: 'POST', path: `/posts/${WRITE}`, body: { posts: [GHOST_POST] } },
    ['posts.0.id', 'posts.0.slug'],
  ],
  ['a look for the mark', { method: 'GET', path: GHOST_FIND }, ['posts.length', 'posts.0.id', 'posts.1.id']],
  ['a look for another mark', { method: 'GET', path: GHOST_FIND.replace('aa11', 'cc33') }, ['posts.length']],
  [
    'HTML without its flag',
    { method: 'POST', path: '/posts/?formats=html', body: { posts: [{ title: 'Two', html: '<p>x</p>' }] } },
    ['posts.0.html'],
  ],
  ['one deleted', { method: 'DELETE', path: '/posts/$1.posts.0.id/' }, []],
  ['it is gone', { method: 'GET', path: '/posts/$1.posts.0.id/?formats=html&include=tags' }, []],
  [
    'an update without a version',
    { method: 'PUT', path: `/posts/$0.posts.0.id/${WRITE}`, body: { posts: [{ html: '<p>y</p>' }] } },
    [],
  ],
  [
    'an update of an older version',
    {
      method: 'PUT',
      path: `/posts/$0.posts.0.id/${WRITE}`,
      body: { posts: [{ html: '<p>y</p>', updated_at: '2020-01-01T00:00:00.000Z' }] },
    },
    [],
  ],
  [
    'an update',
    {
      method: 'PUT',
      path: `/posts/$0.posts.0.id/${WRITE}`,
      body: { posts: [{ html: '<p>y</p>', tags: [{ name: '#blogger-aa11' }], updated_at: '$0.posts.0.updated_at' }] },
    },
    GHOST_SHOWN,
  ],
  [
    'a title that is too long',
    { method: 'POST', path: `/posts/${WRITE}`, body: { posts: [{ title: 'x'.repeat(256), html: '<p>x</p>' }] } },
    [],
  ],
  [
    'a post for later',
    {
      method: 'POST',
      path: `/posts/${WRITE}`,
      body: {
        posts: [
          {
            title: 'Later',
            html: '<p>x</p>',
            slug: 'later',
            status: 'scheduled',
            published_at: '2031-03-01T09:00:00.000Z',
          },
        ],
      },
    },
    ['posts.0.status', 'posts.0.published_at'],
  ],
];

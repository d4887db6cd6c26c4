import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import type { CallRecord, LanguageModel, Ledger, ModelReply, ModelRequest, Prompt } from '../../../src/core/ports.ts';
import { packedDispatch, packPrompts, splitReply } from '../../../src/stages/write/prompt/pack-requests.ts';
import { makeBrief, makeReply, POST } from '../../helpers/make-brief.ts';

const never = new AbortController().signal;
const promptOf = (name: string): Prompt => ({
  system: 'Write.',
  user: `Source ${name}`,
  schemaName: 'post',
  schema: {},
  maxOutputTokens: 1000,
  inputTokens: 400,
});
const packReply = (posts: unknown, members: Partial<ModelReply> = {}) =>
  makeReply({ text: JSON.stringify({ posts }), ...members });

test('each post has a block of its own with its id; the limits are the sum of the parts', () => {
  const packed = packPrompts([promptOf('a'), promptOf('b')]);

  expect(packed).toMatchObject({ system: 'Write.', schemaName: 'posts', maxOutputTokens: 2000, inputTokens: 900 });
  expect(packed.user).toMatch(
    /^Write 2 posts.*\n\n<(post-[0-9a-f]{16}) id="1">\nSource a\n<\/\1>\n\n<(post-[0-9a-f]{16}) id="2">\nSource b\n<\/\2>$/,
  );
  const { posts } = packed.schema['properties'] as {
    posts: { type: string; items: { required: string[]; properties: Record<string, unknown> } };
  };
  expect(packed.schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['posts'] });
  expect(posts.type).toBe('array');
  expect(posts.items.required).toEqual(['id', 'title', 'description', 'slug', 'tags', 'body']);
  expect(posts.items.properties['id']).toEqual({ type: 'string' });
  expect(Object.keys(posts.items.properties)).toEqual(['id', 'title', 'description', 'slug', 'tags', 'body']);
});

test('the parts are joined by id, not by place, and share the tokens', () => {
  const [first, second] = splitReply(
    packReply([
      { id: '2', ...POST, title: 'Two' },
      { id: 1, ...POST, title: 'One' },
    ]),
    2,
  );

  expect(JSON.parse(first?.text ?? '')).toMatchObject({ title: 'One' });
  expect(JSON.parse(second?.text ?? '')).toMatchObject({ title: 'Two' });
  expect(first).toMatchObject({ finishReason: 'stop', usage: { input: 50, cachedInput: 0, output: 25 } });
  expect(first?.raw).toBe(first?.text);
});

test.each([
  ['a part that is missing', packReply([{ id: '1', ...POST }]), [true, false]],
  [
    'a part that is no post',
    packReply([
      { id: '1', ...POST },
      { id: '2', title: 'only' },
    ]),
    [true, false],
  ],
  ['parts that are nothing', packReply([null, 'text', { id: '2', ...POST }]), [false, true]],
  ['no list of posts', packReply('none'), [false, false]],
  ['no JSON', makeReply({ text: 'no' }), [false, false]],
  ['an answer that was cut off', packReply([{ id: '1', ...POST }], { finishReason: 'length' }), [false, false]],
])('%s is undefined, its neighbours are kept', (_what, reply, kept) => {
  expect(splitReply(reply, 2).map((part) => part !== undefined)).toEqual(kept);
});

test('a reply without usage has parts without usage', () => {
  const { usage: _usage, ...reply } = packReply([{ id: '1', ...POST }]);

  expect(splitReply(reply as ModelReply, 1)[0]?.usage).toBeUndefined();
});

function openPack(
  answer: (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>,
  paid: readonly string[] = [],
) {
  const rows = new Map<string, ModelReply>(paid.map((id) => [id, makeReply()]));
  const reserved: unknown[] = [];
  const ledger = {
    find: (id: string) => (rows.has(id) ? ({ id, reply: rows.get(id) } as CallRecord) : undefined),
    reserve: (row: unknown) => reserved.push(row),
    settle: (id: string, reply: ModelReply) => rows.set(id, reply),
  } as unknown as Ledger; // a pack asks nothing else of it
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    provider: 'test',
    model: 'm',
    async answer(request, signal) {
      const known = rows.get(request.id);
      if (known !== undefined) return known;
      asked.push(request);
      return await answer(request, signal);
    },
  };
  const request = (id: string): ModelRequest => ({
    id,
    tier: 'standard',
    brief: makeBrief({ key: id }),
    prompt: promptOf(id),
  });
  const send = (ids: readonly string[], pack: number, signal = never) =>
    packedDispatch(
      model,
      ledger,
      pack,
    )({ id: 'batch-1', reason: 'size', items: ids.map((id) => ({ value: request(id), signal })) } as Parameters<
      ReturnType<typeof packedDispatch>
    >[0]);
  return { send, asked, reserved };
}

const answersAll = async ({ prompt }: ModelRequest) =>
  packReply([...prompt.user.matchAll(/ id="(\d+)"/g)].map(([, id]) => ({ id, ...POST, title: `Post ${id}` })));

test('up to `pack` posts go in one request, the next ones in another, and each gets its own answer', async () => {
  const { send, asked, reserved } = openPack(answersAll);
  const replies = await Promise.all(send(['a', 'b', 'c', 'd'], 2));

  expect(asked).toHaveLength(2);
  expect(asked.every(({ id }) => /^pack:[0-9a-f]{64}$/.test(id))).toBe(true);
  expect(replies.map(({ text }) => (JSON.parse(text) as { title: string }).title)).toEqual([
    'Post 1',
    'Post 2',
    'Post 1',
    'Post 2',
  ]);
  expect(reserved).toContainEqual({ id: 'b', provider: 'test', model: 'm', tier: 'standard', worstUsd: 0 });
});

test('what is paid already is not packed again; one that is left goes alone', async () => {
  const { send, asked } = openPack(async () => makeReply(), ['a']);
  await Promise.all(send(['a', 'b'], 2));

  expect(asked.map(({ id }) => id)).toEqual(['b']);
});

test('a part that came back wrong is asked for alone', async () => {
  const { send, asked } = openPack(async (request) =>
    request.id.startsWith('pack:') ? packReply([{ id: '1', ...POST }]) : makeReply(),
  );
  await Promise.all(send(['a', 'b'], 2));

  expect(asked.map(({ id }) => id.replace(/:.*/, ''))).toEqual(['pack', 'b']);
});

test.each(['PROVIDER_REQUEST', 'REPLY_REFUSED', 'REPLY_TRUNCATED'] as const)(
  'a pack that ends with %s says nothing of its posts: they are asked for alone',
  async (code) => {
    const { send, asked } = openPack(async (request) => {
      if (request.id.startsWith('pack:')) throw new BloggerError('no', { code });
      return makeReply();
    });
    await Promise.all(send(['a', 'b'], 2));

    expect(asked).toHaveLength(3);
  },
);

test('an error that holds for every post is not tried again post by post', async () => {
  const { send, asked } = openPack(() => Promise.reject(new BloggerError('bad key', { code: 'PROVIDER_AUTH' })));
  const ends = await Promise.allSettled(send(['a', 'b'], 2));

  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toHaveLength(1);
});

test('the pack is given up when nobody waits for any of its posts', async () => {
  const { send } = openPack(
    (_request, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      ),
  );
  const controller = new AbortController();
  const answers = Promise.allSettled(send(['a', 'b'], 2, controller.signal));
  controller.abort(new Error('enough'));

  expect((await answers).map((end) => end.status === 'rejected' && (end.reason as Error).message)).toEqual([
    'enough',
    'enough',
  ]);
});

import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '../../../src/core/ports.ts';
import { openLedger } from '../../../src/services/ledger/ledger.ts';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import { openStateFile } from '../../../src/services/sqlite/open-state-file.ts';
import { chargedModel } from '../../../src/stages/write/calls/charged-model.ts';
import { createPostBudgets } from '../../../src/stages/write/calls/post-budgets.ts';
import { gatherLive } from '../../../src/stages/write/gather-live.ts';
import { TEMPLATES } from '../../../src/stages/write/prompt/templates.ts';
import { createWriter } from '../../../src/stages/write/write-posts.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { collectEvents } from '../../helpers/fakes.ts';
import { makeBrief, makeReply, POST } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const never = new AbortController().signal;

async function openTestWriter(
  answers: readonly (ModelReply | BloggerError)[],
  { capUsd, priceKnown = true, retrySalt }: { capUsd?: number; priceKnown?: boolean; retrySalt?: string } = {},
) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    provider: 'test',
    model: 'test-model',
    async answer(request) {
      const answer = answers[asked.length];
      asked.push(request);
      if (answer === undefined) throw new Error('asked too often');
      if (answer instanceof BloggerError) throw answer;
      return answer;
    },
  };
  const ledger = openLedger({ db: state.db, runId: 'run-1', clock: systemClock, capUsd });
  const prices = { worstUsd: () => (priceKnown ? 0.01 : undefined), costUsd: () => 0.002 };
  const heard = collectEvents();
  const charged = chargedModel(model, { ledger, prices, clock: systemClock, emit: heard.emit });
  const batch = { size: 1, intervalMs: 0, concurrency: 4 };
  const writer = createWriter({
    model: charged,
    gatherer: gatherLive({ model: charged, batch, clock: systemClock, emit: heard.emit }),
    budgets: createPostBudgets({ ledger, stopping: never }),
    prices,
    ledger,
    prompt: { templateText: TEMPLATES.article, reasoningTokens: 0, estimateTokens },
    tier: 'standard',
    digest: false,
    ...(retrySalt === undefined ? {} : { retrySaltOf: () => retrySalt }),
  });
  return {
    writer,
    asked,
    ledger,
    heard,
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

/** An answer that used its whole limit. */
const CUT = { finishReason: 'length', usage: { input: 100, cachedInput: 0, output: 100_000 } } as const;

test('a brief becomes a draft, and its answer is in the ledger with its cost', async () => {
  await using setup = await openTestWriter([makeReply()]);
  const draft = await setup.writer.write(makeBrief(), never);

  expect(draft.content).toEqual(POST);
  expect(draft.provenance).toMatchObject({ provider: 'test', costUsd: 0.002, reused: false, repairs: 0 });
  expect(setup.ledger.find('key-1')).toMatchObject({
    state: 'settled',
    costUsd: 0.002,
    reply: { text: JSON.stringify(POST) },
  });
  expect(setup.ledger.spent()).toMatchObject({ spentUsd: 0.002, reservedUsd: 0 });
});

test('the same brief is never paid twice', async () => {
  await using setup = await openTestWriter([makeReply()]);
  await setup.writer.write(makeBrief(), never);
  const again = await setup.writer.write(makeBrief(), never);

  expect(setup.asked).toHaveLength(1);
  expect(again.provenance.reused).toBe(true);
  expect(setup.heard.of('call:end').map(({ reused }) => reused)).toEqual([false, true]);
});

test('an answer of the wrong shape is stored, repaired once, and both are paid for', async () => {
  await using setup = await openTestWriter([makeReply({ text: 'no JSON' }), makeReply()]);
  const draft = await setup.writer.write(makeBrief(), never);

  expect(draft.content).toEqual(POST);
  expect(draft.provenance).toMatchObject({ repairs: 1, costUsd: 0.004, usage: { input: 200, output: 100 } });
  expect(setup.asked[1]?.prompt.user).toContain('no JSON');
  expect(setup.ledger.find('key-1')?.reply?.text).toBe('no JSON');
});

test('a second wrong answer ends it, and running again asks nobody', async () => {
  await using setup = await openTestWriter([makeReply({ text: 'no' }), makeReply({ text: 'no again' })]);
  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'REPLY_INVALID' });
  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'REPLY_INVALID' });

  expect(setup.asked).toHaveLength(2);
});

test.each([
  ['of the wrong shape', [makeReply({ text: 'no' }), makeReply({ text: 'no again' })]],
  ['cut off twice', [makeReply(CUT), makeReply(CUT)]],
  ['refused', [makeReply({ finishReason: 'refusal' })]],
])(
  'an answer that was %s is asked for once more where the failed ones are wished again, and kept',
  async (_what, before) => {
    await using setup = await openTestWriter([...before, makeReply()], { retrySalt: 'run-2' });
    await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({
      code: expect.stringMatching(/^REPLY_/) as string,
    });
    const draft = await setup.writer.write(makeBrief(), never);
    await setup.writer.write(makeBrief(), never);

    expect(draft.content).toEqual(POST);
    expect(setup.asked).toHaveLength(before.length + 1);
  },
);

const json = (value: object) => makeReply({ text: JSON.stringify(value) });
const OUTLINE = json({
  title: 'Long',
  description: 'All of it.',
  slug: 'long',
  tags: [],
  sections: [1, 2, 3].map((n) => ({ heading: `Part ${n}`, points: '' })),
});
const said = (n: number) => `What section ${n} has to say, in words enough.`;
const section = (n: number) => json({ text: said(n) });

test.each([
  [
    'an outline that was refused',
    [makeReply({ finishReason: 'refusal' })],
    [OUTLINE, section(1), section(2), section(3)],
  ],
  [
    'an outline without a title',
    [json({ title: ' ', sections: [{ heading: 'Part 1' }] })],
    [OUTLINE, section(1), section(2), section(3)],
  ],
])(
  'of a long post with %s only that part is asked for again where the failed ones are wished again',
  async (_what, before, again) => {
    await using setup = await openTestWriter([...before, ...again], { retrySalt: 'run-2' });
    const brief = makeBrief({ length: 12_000 });
    await expect(setup.writer.write(brief, never)).rejects.toMatchObject({
      code: expect.stringMatching(/^REPLY_/) as string,
    });
    const draft = await setup.writer.write(brief, never);
    await setup.writer.write(brief, never);

    expect(draft.content.body).toBe([1, 2, 3].map((n) => `## Part ${n}\n\n${said(n)}`).join('\n\n'));
    expect(setup.asked).toHaveLength(before.length + again.length);
  },
);

test.each([
  ['cut off twice', [makeReply({ finishReason: 'length' }), makeReply({ finishReason: 'length' })], 'REPLY_TRUNCATED'],
  ['of another shape', [json({})], 'REPLY_INVALID'],
  ['refused', [makeReply({ finishReason: 'refusal' })], 'REPLY_REFUSED'],
])('a section that is %s leaves a gap: what is paid for is a draft', async (_what, bad, code) => {
  await using setup = await openTestWriter([OUTLINE, section(1), ...bad]);
  const draft = await setup.writer.write(makeBrief({ length: 12_000 }), never);

  expect(draft.gap?.code).toBe(code);
  expect(draft.content.body).toBe(`## Part 1\n\n${said(1)}`);
});

test('a section that failed is asked for again with --retry-failed, and no other one', async () => {
  await using setup = await openTestWriter([OUTLINE, section(1), json({}), section(2), section(3)], {
    retrySalt: 'run-2',
  });
  const brief = makeBrief({ length: 12_000 });
  await setup.writer.write(brief, never);
  const draft = await setup.writer.write(brief, never);

  expect(draft.gap).toBeUndefined();
  expect(draft.content.body).toContain(said(3));
  expect(setup.asked).toHaveLength(5);
});

test('a repair that could not be used is asked for once more with --retry-failed, and kept', async () => {
  await using setup = await openTestWriter([makeReply(), makeReply({ finishReason: 'refusal' }), makeReply()], {
    retrySalt: 'run-2',
  });
  const draft = await setup.writer.write(makeBrief(), never);
  await expect(setup.writer.repair(draft, ['a fault'], never)).rejects.toMatchObject({ code: 'REPLY_REFUSED' });
  await setup.writer.repair(draft, ['a fault'], never);
  const { content } = await setup.writer.repair(draft, ['a fault'], never);

  expect(content).toEqual(POST);
  expect(setup.asked).toHaveLength(3);
});

test.each([
  ['half a post', 'Half of it', 2],
  ['thoughts and no word', '', 4],
])(
  'an answer cut off at %s is asked for once more with more room, and both are paid for',
  async (_what, text, times) => {
    await using setup = await openTestWriter([makeReply({ ...CUT, text }), makeReply()]);
    const draft = await setup.writer.write(makeBrief(), never);
    await setup.writer.write(makeBrief(), never);

    expect(draft.content).toEqual(POST);
    expect(draft.provenance.costUsd).toBeCloseTo(0.004, 9);
    const [first, second, ...more] = setup.asked.map(({ prompt }) => prompt.maxOutputTokens);
    expect([(second ?? 0) / (first ?? 1), more.length]).toEqual([times, 0]);
  },
);

test('an answer that used its whole limit and has no end is cut off, whatever the server calls it', async () => {
  const usage = { input: 900, cachedInput: 0, output: 100_000 };
  await using setup = await openTestWriter([makeReply({ text: '{"title": "Half of', usage }), makeReply()]);
  const draft = await setup.writer.write(makeBrief(), never);

  const [first, second] = setup.asked.map(({ prompt }) => prompt.maxOutputTokens);
  expect([draft.content, (second ?? 0) / (first ?? 1)]).toEqual([POST, 2]);
});

test('an answer that is cut off twice ends the post, and running again asks nobody', async () => {
  await using setup = await openTestWriter([makeReply(CUT), makeReply(CUT)]);
  for (let run = 1; run <= 2; run += 1)
    await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'REPLY_TRUNCATED' });

  expect(setup.asked).toHaveLength(2);
});

test.each([
  ['white space', `{"title": "Half of${' '.repeat(900)}`],
  ['line breaks', `{"title": "Half of",${'\n'.repeat(900)}`],
  ['a phrase', `{"title": "Half of ${'it goes on and on, '.repeat(60)}`],
])('an answer that ends in %s for ever is asked for once more with the same room', async (_what, text) => {
  await using setup = await openTestWriter([makeReply({ ...CUT, text }), makeReply()]);
  const draft = await setup.writer.write(makeBrief(), never);

  const [first, second] = setup.asked.map(({ prompt }) => prompt.maxOutputTokens);
  expect([draft.content, second]).toEqual([POST, first]);
});

test('an answer that the server cut far below its limit is not asked for with more room', async () => {
  await using setup = await openTestWriter([makeReply({ finishReason: 'length', text: '{"title": "Half of' })]);
  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'REPLY_TRUNCATED' });

  expect(setup.asked).toHaveLength(1);
});

test('a call that would pass the cap is refused before it leaves', async () => {
  await using setup = await openTestWriter([makeReply()], { capUsd: 0.011 });
  await setup.writer.write(makeBrief(), never);
  setup.writer.end(makeBrief());
  await expect(setup.writer.write(makeBrief({ key: 'key-2' }), never)).rejects.toMatchObject({
    code: 'BUDGET_REACHED',
  });

  expect(setup.asked).toHaveLength(1);
});

test('a cap with an unknown price refuses to run', async () => {
  await using setup = await openTestWriter([makeReply()], { capUsd: 1, priceKnown: false });
  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'PRICE_UNKNOWN' });

  expect(setup.asked).toHaveLength(0);
});

test('a refused call costs nothing, a broken one counts at its worst case', async () => {
  const refused = new BloggerError('slow down', { code: 'PROVIDER_RATE_LIMITED' });
  const broken = new BloggerError('reset', { code: 'PROVIDER_UNKNOWN_OUTCOME' });
  await using setup = await openTestWriter([refused, broken, makeReply()]);
  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'PROVIDER_RATE_LIMITED' });
  expect(setup.ledger.spent()).toMatchObject({ spentUsd: 0, reservedUsd: 0 });

  await expect(setup.writer.write(makeBrief(), never)).rejects.toMatchObject({ code: 'PROVIDER_UNKNOWN_OUTCOME' });
  expect(setup.ledger.spent()).toMatchObject({ spentUsd: 0.01, unknownCalls: 1 });

  await setup.writer.write(makeBrief(), never);
  expect(setup.ledger.spent().spentUsd).toBeCloseTo(0.012, 10);
});

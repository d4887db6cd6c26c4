import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import type { LanguageModel, ModelRequest } from '../../../src/core/ports.ts';
import type { Draft } from '../../../src/core/types.ts';
import { type CheckingRun, checkAndRepair } from '../../../src/run/steps/check-and-repair.ts';
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
import { makeArticleOf, makeBrief, makeReply } from '../../helpers/make-brief.ts';
import { newProject } from '../../helpers/run-bin.ts';

const never = new AbortController().signal;
const SOURCE =
  'The ferry company of Harwick carried more passengers last year than ever before. Its director, Ann Lee, praised the crews of all five boats. The harbour office plans a new quay for the summer.';
const TRUE = 'More people than ever before took the ferries of Harwick.';
const FALSE = 'The harbour office closed its old quay for good.';
const INVENTED = 'Tourists from Norway fill most of the cabins in spring.';
const post = (...sentences: string[]) => ({
  title: 'Ferries of Harwick carry more people than ever',
  description: 'What the ferry company of Harwick says about its passengers, its crews and the plans for a new quay.',
  slug: 'ferries',
  tags: ['ferry', 'harbour', 'travel'],
  body: `## Passengers\n\n${sentences.join(' ')}`,
});

interface Judge {
  /** What the scripted judge says of a statement. */
  verdict(text: string): { readonly verdict: string; readonly place?: string };
}

const HONEST: Judge = {
  verdict: (text) =>
    text === FALSE
      ? { verdict: 'contradicted', place: 'The harbour office plans a new quay for the summer.' }
      : { verdict: text === INVENTED ? 'not in source' : 'supported' },
};

/** Writes, repairs and judges by script, through the real ledger, budgets and writer. */
async function openRun(
  onUnsupported: 'mark' | 'draft' | 'repair',
  judge: Judge | BloggerError,
  { capUsd, looks = 2 }: { capUsd?: number; looks?: number } = {},
) {
  const project = await newProject();
  const state = openStateFile(project.folder);
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    provider: 'test',
    model: 'test-model',
    async answer(request) {
      asked.push(request);
      const { schemaName, user } = request.prompt;
      if (schemaName === 'post') return makeReply({ text: JSON.stringify(post(TRUE)) });
      if (judge instanceof BloggerError) throw judge;
      const statements = [...user.matchAll(/^(\d+)\. (.+)$/gm)].map(([, id, text = '']) => ({
        id: Number(id),
        place: '',
        ...judge.verdict(text),
      }));
      return makeReply({ text: JSON.stringify({ verdicts: statements }) });
    },
  };
  const ledger = openLedger({
    db: state.db,
    runId: 'run-1',
    clock: systemClock,
    ...(capUsd === undefined ? {} : { capUsd }),
  });
  const prices = { worstUsd: () => 0.01, costUsd: () => 0.002 };
  const charged = chargedModel(model, { ledger, prices, clock: systemClock, emit: collectEvents().emit });
  const writer = createWriter({
    model: charged,
    gatherer: gatherLive({
      model: charged,
      batch: { size: 1, intervalMs: 0, concurrency: 4 },
      clock: systemClock,
      emit: collectEvents().emit,
    }),
    budgets: createPostBudgets({ ledger, stopping: never }),
    prices,
    ledger,
    prompt: { templateText: TEMPLATES.article, reasoningTokens: 0, estimateTokens, looks },
    tier: 'standard',
    digest: false,
  });
  const stops: string[] = [];
  const run: CheckingRun = {
    writer,
    checkOptions: { onUngrounded: 'draft', maxCopied: 1, minScore: 0, by: 'model', onUnsupported },
    stop: (error) => void stops.push((error as BloggerError).code),
  };
  return {
    run,
    asked,
    ledger,
    stops,
    writer,
    [Symbol.asyncDispose]: async () => {
      state[Symbol.dispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

function draftOf(...sentences: string[]): Draft {
  return {
    brief: makeBrief({ articles: [makeArticleOf(SOURCE)] }),
    content: post(...sentences),
    digest: false,
    provenance: {
      provider: 'test',
      model: 'test-model',
      promptVersion: '3',
      tier: 'standard',
      usage: { input: 100, cachedInput: 0, output: 100 },
      costUsd: 0.002,
      reused: false,
      repairs: 0,
    },
  };
}

const looksOf = (findings: readonly { readonly rule: string }[]) =>
  findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('look-'));

test('statements that the model finds unsupported are marked with the place, and the post is no draft', async () => {
  await using setup = await openRun('mark', HONEST);
  const { findings, holdAsDraft, draft } = await checkAndRepair(draftOf(TRUE, FALSE, INVENTED), setup.run, never);
  expect(looksOf(findings)).toEqual(['look-contradicted', 'look-not-in-source']);
  const [contradicted] = findings;
  expect(contradicted).toMatchObject({ severity: 'warning', line: 3, excerpt: FALSE });
  expect(contradicted?.message).toContain('The harbour office plans a new quay');
  expect(holdAsDraft).toBe(false);
  expect(draft.provenance.costUsd).toBeCloseTo(0.004);
  expect(setup.asked).toHaveLength(1);
});

test('one call asks about all statements, the sources before them', async () => {
  await using setup = await openRun('mark', HONEST);
  await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  const { user } = setup.asked[0]?.prompt ?? { user: '' };
  expect(user.indexOf('The ferry company of Harwick')).toBeLessThan(user.indexOf('<statements>'));
  expect(user).toContain(`1. ${TRUE}\n2. ${FALSE}`);
});

test('the look is in the ledger under the post, and the same content is not asked about twice', async () => {
  await using setup = await openRun('mark', HONEST);
  await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  const { findings } = await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  expect(setup.asked).toHaveLength(1);
  expect(looksOf(findings)).toEqual(['look-contradicted']);
  expect(setup.ledger.callsOf('key-1').map(({ id }) => id)).toEqual([
    expect.stringMatching(/^key-1:look:[0-9a-f]{16}$/),
  ]);
});

test('with draft the post is held', async () => {
  await using setup = await openRun('draft', HONEST);
  expect((await checkAndRepair(draftOf(TRUE, INVENTED), setup.run, never)).holdAsDraft).toBe(true);
  expect((await checkAndRepair(draftOf(TRUE), setup.run, never)).holdAsDraft).toBe(false);
});

test('with repair the model is asked once to fix it, and what it wrote is looked at again', async () => {
  await using setup = await openRun('repair', HONEST);
  const { draft, findings, holdAsDraft } = await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  expect(setup.asked.map(({ prompt }) => prompt.schemaName)).toEqual(['verdicts', 'post', 'verdicts']);
  expect(setup.asked[1]?.prompt.user).toContain(FALSE);
  expect(draft.content.body).toContain(TRUE);
  expect(draft.provenance.repairs).toBe(1);
  expect(looksOf(findings)).toEqual([]);
  expect(holdAsDraft).toBe(false);
});

test('a place that no source has is not shown, and numbers of no statement are left out', async () => {
  await using setup = await openRun('mark', {
    verdict: () => ({ verdict: 'contradicted', place: 'The harbour office denied it on Monday', id: 1 }),
  });
  const { findings } = await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  expect(looksOf(findings)).toEqual(['look-contradicted']);
  expect(findings[0]?.message).not.toContain('denied');
});

test('where the look fails the post is kept, and says so', async () => {
  const failure = new BloggerError('the vendor is down', { code: 'PROVIDER_REQUEST', hint: 'Wait.' });
  await using setup = await openRun('mark', failure);
  const { draft, findings, holdAsDraft } = await checkAndRepair(draftOf(TRUE), setup.run, never);
  expect(draft.content.body).toContain(TRUE);
  expect(looksOf(findings)).toEqual(['look-failed']);
  expect(holdAsDraft).toBe(false);
});

test('a used-up cap stops the run and loses no post', async () => {
  await using setup = await openRun('mark', HONEST, { capUsd: 0.001 });
  const { findings } = await checkAndRepair(draftOf(TRUE, FALSE), setup.run, never);
  expect(looksOf(findings)).toEqual(['look-failed']);
  expect(setup.stops).toEqual(['BUDGET_REACHED']);
  expect(setup.asked).toHaveLength(0);
});

test.each([
  [0, 0.01],
  [2, 0.03],
])('the money for %i looks is set aside with the post', async (looks, held) => {
  await using setup = await openRun('mark', HONEST, { capUsd: 1, looks });
  const brief = makeBrief({ articles: [makeArticleOf(SOURCE)] });
  const before = setup.ledger.heldFor(brief.key);
  const writing = setup.writer.write(brief, never);
  expect(setup.ledger.heldFor(brief.key) - before).toBeCloseTo(held);
  await writing;
});

/** A judge that flags this share of the false and of the true statements. */
function judgeOf(falseNames: readonly string[], shares: { readonly hits: number; readonly alarms: number }): Judge {
  const seen = { hits: 0, alarms: 0 };
  return {
    verdict(text) {
      const kind = falseNames.some((name) => text.includes(name)) ? 'hits' : 'alarms';
      seen[kind] += 1;
      const before = Math.floor((seen[kind] - 1) * shares[kind] + 1e-9);
      return { verdict: Math.floor(seen[kind] * shares[kind] + 1e-9) > before ? 'not in source' : 'supported' };
    },
  };
}

test('a judge that finds 80 of 100 and errs in 4 of 100 marks just those', async () => {
  const names = Array.from(
    { length: 50 },
    (_, index) => `Point ${String.fromCharCode(65 + (index % 26))}${index > 25 ? 'x' : 'y'}`,
  );
  const falses = names.map((name) => `Nobody at ${name} ever saw a boat come in.`);
  const trues = names.map((name) => `The crews of the boats near ${name.toLowerCase()} were praised.`);
  await using setup = await openRun('mark', judgeOf(names, { hits: 0.8, alarms: 0.04 }));
  const { findings } = await checkAndRepair(draftOf(...falses, ...trues), setup.run, never);
  const marked = findings.filter(({ rule }) => rule === 'look-not-in-source').map(({ excerpt = '' }) => excerpt);
  expect(marked.filter((text) => text.startsWith('Nobody'))).toHaveLength(40);
  expect(marked.filter((text) => text.startsWith('The crews'))).toHaveLength(2);
});

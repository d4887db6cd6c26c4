import { describe, expect, it } from 'vitest';
import type { Clock, KeyValueStore, LanguageModel, ModelReply } from '../../src/core/ports.ts';
import { openSharedClaims } from '../../src/services/ledger/shared-claims.ts';
import { rememberedModel } from '../../src/stages/write/calls/shared-model.ts';
import { createBreaker } from '../../src/util/async/breaker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { makeBrief, makeReply } from '../helpers/make-brief.ts';
import { openTestControl, SHARED_SERVERS } from '../helpers/shared-servers.ts';

const never = new AbortController().signal;
const PROMPT = { system: '', user: '', schemaName: 's', schema: {}, maxOutputTokens: 1, inputTokens: 1 };
const REQUEST = { id: 'call', prompt: PROMPT, tier: 'standard', brief: makeBrief() } as const;

/** A vendor whose answers come when `answer` says so. */
function slowVendor() {
  const calls: ((reply: ModelReply) => void)[] = [];
  const model: LanguageModel = {
    provider: 'test',
    model: 'm',
    answer: () => new Promise((resolve) => calls.push(resolve)),
  };
  return { model, calls };
}

function memoryStore(): KeyValueStore {
  const values = new Map<string, unknown>();
  return {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: unknown) => void values.set(key, value),
  } as KeyValueStore;
}

/** Time passes at once in the loops that wait for another machine, so that a claim is looked at often. */
const quick: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };

const nothing = async () => undefined;
const reachable = () => createBreaker({ clock: systemClock, probe: async () => {} });

/** The claims of a machine by its name, all in one store. */
function claimsOf({ control }: Awaited<ReturnType<typeof openTestControl>>) {
  const health = reachable();
  return (holder: string) => openSharedClaims({ control, health, holder, clock: quick });
}

describe.each(SHARED_SERVERS)('paid calls of several machines, in $name', ({ isMissing, open }) => {
  const test = it.skipIf(isMissing);

  test('a call is made by one machine at a time; the other takes its answer', async () => {
    await using server = await open();
    await using one = await openTestControl(server.url);
    await using two = await openTestControl(server.url);
    const { model, calls } = slowVendor();
    const answers = memoryStore();
    const health = reachable();
    const machine = ({ control }: typeof one, holder: string) =>
      rememberedModel(model, {
        answers,
        ttlMs: 1000,
        claims: openSharedClaims({ control, health, holder, clock: quick }),
      });

    const first = machine(one, 'one').answer(REQUEST, never);
    await expect.poll(() => calls.length).toBe(1);
    const second = machine(two, 'two').answer(REQUEST, never);
    await systemClock.sleep(300, never);
    expect(calls).toHaveLength(1);
    calls[0]?.(makeReply());

    expect(await Promise.all([first, second])).toEqual([makeReply(), makeReply()]);
    expect(calls).toHaveLength(1);
  });

  test('a call that failed is free for the other machine', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const claims = claimsOf(opened);

    const failed = claims('one').once('call', nothing, () => Promise.reject(new Error('no')), never);
    await expect(failed).rejects.toThrow('no');

    expect(await claims('two').once('call', nothing, async () => 'made', never)).toBe('made');
  });

  test('a machine that waits can be stopped, and without the store each calls alone', async () => {
    await using server = await open();
    await using opened = await openTestControl(server.url);
    const claims = claimsOf(opened);
    const stop = new AbortController();
    let end = () => {};
    const held = claims('one').once('call', nothing, () => new Promise<void>((resolve) => (end = resolve)), never);
    await systemClock.sleep(100, never);
    const waiting = claims('two').once('call', nothing, async () => 'made', stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow();

    const away = { allows: () => false, unlessLost: () => Promise.reject(new Error('away')) };
    const alone = openSharedClaims({ control: opened.control, health: away, holder: 'three', clock: quick });
    expect(await alone.once('call', nothing, async () => 'made', never)).toBe('made');
    end();
    await held;
  });
});

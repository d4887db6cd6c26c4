import { describe, expect, it } from 'vitest';
import { type HostLimits, type HostTurn, openHostLimits } from '../../src/stages/crawl/hosts/host-limits.ts';
import { openSharedHostLimits } from '../../src/stages/crawl/hosts/shared-host-limits.ts';
import { createBreaker } from '../../src/util/async/breaker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { collectEvents } from '../helpers/fakes.ts';
import { openTestControl, SHARED_SERVERS } from '../helpers/shared-servers.ts';

const turn: HostTurn = { park: (wait) => wait(), signal: new AbortController().signal };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Both machines send `each` requests to one host; tells how many were in flight at once and how long it was from the first start to the last. */
async function sendFromBoth(
  machines: readonly HostLimits[],
  gapMs: number,
  each = 5,
): Promise<{ readonly most: number; readonly spanMs: number; readonly sent: number }> {
  let inFlight = 0;
  let most = 0;
  const starts: number[] = [];
  const send = async () => {
    starts.push(performance.now());
    inFlight += 1;
    most = Math.max(most, inFlight);
    await sleep(30);
    inFlight -= 1;
  };
  await Promise.all(
    machines.flatMap((limits) => Array.from({ length: each }, () => limits.schedule('example.org', gapMs, send, turn))),
  );
  return { most, spanMs: Math.max(...starts) - Math.min(...starts), sent: starts.length };
}

it('without a shared store two machines do exceed perHost', async () => {
  await using first = openHostLimits({ perHost: 2 });
  await using second = openHostLimits({ perHost: 2 });

  expect((await sendFromBoth([first, second], 0)).most).toBe(4);
});

describe.each(SHARED_SERVERS)('limits per host through $name', ({ isMissing, open: openServer }) => {
  const test = it.skipIf(isMissing);

  async function open({ url }: { readonly url: string }, heard = collectEvents()): Promise<HostLimits> {
    const opened = await openTestControl(url);
    const health = createBreaker({ clock: systemClock, probe: async () => {} });
    const limits = openSharedHostLimits({
      control: opened.control,
      health,
      answerMs: 2000,
      perHost: 2,
      timeoutMs: 2000,
      clock: systemClock,
      emit: heard.emit,
    });
    return {
      ...limits,
      async [Symbol.asyncDispose]() {
        await limits[Symbol.asyncDispose]();
        await opened[Symbol.asyncDispose]();
      },
    };
  }

  test('keeps two machines together under perHost', async () => {
    await using server = await openServer();
    await using first = await open(server);
    await using second = await open(server);

    const { most, sent } = await sendFromBoth([first, second], 0);

    expect([most, sent]).toEqual([2, 10]);
  });

  test('keeps the gap between two starts across machines', async () => {
    await using server = await openServer();
    await using first = await open(server);
    await using second = await open(server);

    // Five gaps of 120 ms; with a gap for each machine alone there would be two.
    expect((await sendFromBoth([first, second], 120, 3)).spanMs).toBeGreaterThanOrEqual(5 * 119);
  });

  test('lets a pause that one machine was asked for hold the other', async () => {
    await using server = await openServer();
    await using first = await open(server);
    await using second = await open(server);
    await second.schedule('example.org', 0, async () => {}, turn);
    first.hold('example.org', 800);
    await sleep(30);
    const startedAt = performance.now();

    await second.schedule('example.org', 0, async () => {}, turn);

    expect(performance.now() - startedAt).toBeGreaterThan(120);
  });

  test('goes on by itself, with one warning, when the store dies', async () => {
    await using server = await openServer();
    const heard = collectEvents();
    await using limits = await open(server, heard);
    await sendFromBoth([limits], 0);
    void server.stop();

    const { most, sent } = await sendFromBoth([limits], 0);

    // A busy machine may never get to two at once.
    expect(most).toBeLessThanOrEqual(2);
    expect(sent).toBe(5);
    expect(heard.of('run:warning').map(({ code }) => code)).toEqual(['STORE_UNREACHABLE']);
  });

  test('goes on by itself while it takes no writes, says why, and keeps the machines together again after it', async () => {
    await using server = await openServer();
    await server.readOnly(true);
    const heard = collectEvents();
    await using first = await open(server, heard);
    await using second = await open(server, heard);

    const during = await sendFromBoth([first, second], 0);
    await server.readOnly(false);
    await sleep(100); // the server reads its settings anew
    const after = await sendFromBoth([first, second], 0);

    expect([during.sent, during.most]).toEqual([10, 4]);
    expect([after.sent, after.most]).toEqual([10, 2]);
    expect(heard.of('run:warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/READONLY|read-only transaction/),
      expect.stringMatching(/READONLY|read-only transaction/),
    ]);
  });

  test('gives the page of a request that was in flight when the store died', async () => {
    await using server = await openServer();
    await using limits = await open(server);

    const page = await limits.schedule(
      'example.org',
      0,
      async () => {
        void server.stop();
        await sleep(50);
        return 'page';
      },
      turn,
    );

    expect(page).toBe('page');
  });

  test('stops waiting for its turn when the run is stopped', async () => {
    await using server = await openServer();
    await using limits = await open(server);
    limits.hold('example.org', 5000);
    await sleep(30);
    const stop = new AbortController();
    const waiting = limits.schedule('example.org', 0, async () => 'sent', { ...turn, signal: stop.signal });
    setTimeout(() => stop.abort(), 30);

    expect(await waiting.catch((error: unknown) => error)).toBe(stop.signal.reason);
  });
});

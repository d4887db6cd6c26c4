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

  async function open(
    { url }: { readonly url: string },
    heard = collectEvents(),
    answerMs = 2000,
  ): Promise<HostLimits> {
    const opened = await openTestControl(url, { timeoutMs: answerMs });
    const health = createBreaker({ clock: systemClock, probe: async () => {} });
    const limits = openSharedHostLimits({
      control: opened.control,
      health,
      answerMs,
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

  test('applies a pause that one machine received to the other', async () => {
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

  test('continues without the store, with one warning, when it dies', async () => {
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

  test('continues without the store while it refuses writes, says why, and uses it again afterwards', async () => {
    await using server = await openServer();
    await server.readOnly(true);
    const heard = collectEvents();
    // Far longer than a busy machine takes: a store that is slow counts as lost.
    await using first = await open(server, heard, 20_000);
    await using second = await open(server, heard, 20_000);

    const during = await sendFromBoth([first, second], 0);
    await server.readOnly(false);
    const after = await sendFromBoth([first, second], 0);

    expect([during.sent, after.sent]).toEqual([10, 10]);
    // A busy machine may never get to all slots at once.
    expect(during.most).toBeLessThanOrEqual(4);
    expect(after.most).toBeLessThanOrEqual(2);
    expect(heard.of('run:warning').map(({ message }) => message)).toEqual([
      expect.stringMatching(/READONLY|read-only transaction/),
      expect.stringMatching(/READONLY|read-only transaction/),
    ]);
  });

  test('returns the page of a request that was in flight when the store died', async () => {
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

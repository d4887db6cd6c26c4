import { expect, test } from 'vitest';
import { BloggerError } from '../../../src/core/errors.ts';
import { createHostGate, type GateTurn, type HostGateOptions } from '../../../src/stages/crawl/hosts/host-gate.ts';
import type { HostLimits } from '../../../src/stages/crawl/hosts/host-limits.ts';
import { FakeClock, settle } from '../../helpers/fakes.ts';

const newTurn = (): GateTurn => ({ park: (wait) => wait(), signal: new AbortController().signal });
/** The gate's own rules alone: the limiter behind it lets everything through. */
const open: HostLimits = {
  schedule: (_host, _gapMs, send) => send(),
  hold() {},
  [Symbol.asyncDispose]: async () => {},
};

function openGate(options: Partial<HostGateOptions> = {}) {
  const clock = new FakeClock(0);
  const starts: number[] = [];
  const gate = createHostGate({
    limits: open,
    perHost: 2,
    delayMs: 0,
    maxDelayMs: 5000,
    attempts: 3,
    clock,
    ...options,
  });
  const ask = (tookMs: number, turn = newTurn()) =>
    gate.run(
      'a',
      async () => {
        starts.push(clock.now());
        await clock.sleep(tookMs, turn.signal);
      },
      turn,
    );
  return { clock, gate, starts, ask };
}

test('a gap counts from the end of the request before, so that its way to the host shortens nothing', async () => {
  const { clock, starts, ask } = openGate({ delayMs: 200 });
  void ask(50);
  void ask(50);

  await clock.advance(1000);

  expect(starts).toEqual([0, 251]);
});

test('a gap learned from robots.txt counts from the end of that very request', async () => {
  const { clock, gate, starts, ask } = openGate();
  const robots = ask(100);
  await clock.advance(100);
  await robots;
  gate.setCrawlDelay('a', 200);
  void ask(50);

  await clock.advance(1000);

  expect(starts).toEqual([0, 301]);
});

test('a pause holds everybody who waits, cut to the longest allowed', async () => {
  const { clock, gate, starts, ask } = openGate();
  gate.hold('a', 12_000);
  void ask(1);
  void ask(1);

  await clock.advance(4999);
  expect(starts).toEqual([]);
  await clock.advance(1);

  expect(starts).toEqual([5000, 5000]);
});

test.each([
  [15_001, '1 minute'],
  [3_600_000, '60 minutes'],
  [86_400_000, '24 hours'],
])('a pause of %i ms that no try outlasts closes the host at once, also to those who wait', async (ms, shown) => {
  const { clock, gate, starts, ask } = openGate({ perHost: 1 });
  const first = ask(100);
  const second = ask(1);
  const refused = expect(second).rejects.toMatchObject({
    code: 'HOST_UNHEALTHY',
    retryable: false,
    message: `a asks to be left alone for ${shown}, so its remaining pages are not requested`,
  });
  await clock.advance(50);
  gate.hold('a', ms);
  gate.noteSuccess('a');
  await clock.advance(60);
  await first;
  await refused;
  await expect(ask(1)).rejects.toMatchObject({ code: 'HOST_UNHEALTHY' });

  await clock.advance(ms);
  void ask(1);
  await clock.advance(1);

  expect(starts).toHaveLength(2);
});

test('a host that keeps failing is given up, tried by one request after a minute, and open again when that succeeds', async () => {
  const { clock, gate, starts, ask } = openGate();
  for (let failure = 0; failure < 5; failure += 1) gate.noteFailure('a', 'connection');
  await expect(ask(1)).rejects.toMatchObject({ code: 'HOST_UNHEALTHY', retryable: false });

  await clock.advance(60_000);
  const probe = ask(10);
  await settle();
  await expect(ask(1)).rejects.toMatchObject({ code: 'HOST_UNHEALTHY' });
  await clock.advance(10);
  await probe;
  gate.noteSuccess('a');
  const after = ask(1);
  await clock.advance(1);
  await after;

  expect(starts).toEqual([60_000, 60_010]);
});

test('failures of single pages weigh half of lost connections, and one success forgets them', async () => {
  const { clock, gate, starts, ask } = openGate();
  for (let failure = 0; failure < 9; failure += 1) gate.noteFailure('a', 'status');
  const first = ask(1);
  await clock.advance(1);
  await first;
  gate.noteSuccess('a');
  for (let failure = 0; failure < 9; failure += 1) gate.noteFailure('a', 'status');
  const second = ask(1);
  await clock.advance(1);
  await second;

  expect(starts).toHaveLength(2);
});

test('when a host is given up, everybody who waits for it hears of it', async () => {
  const { clock, gate } = openGate();
  const ends: string[] = [];
  const lose = async () => {
    await clock.sleep(1, newTurn().signal);
    gate.noteFailure('a', 'connection');
    throw new BloggerError('lost', { code: 'FETCH_FAILED' });
  };
  for (let read = 0; read < 10; read += 1)
    void gate.run('a', lose, newTurn()).catch((error: BloggerError) => ends.push(error.code));

  await clock.advance(1000);

  expect(ends.sort()).toEqual([...Array(6).fill('FETCH_FAILED'), ...Array(4).fill('HOST_UNHEALTHY')]);
});

test('a place that came to somebody who gave up at that moment goes to the next one', async () => {
  const { clock, starts, ask } = openGate({ perHost: 1 });
  const leaver = new AbortController();
  void ask(10);
  const left = ask(10, { park: (wait) => wait().finally(() => leaver.abort()), signal: leaver.signal });
  left.catch(() => {}); // looked at below
  void ask(10);

  await clock.advance(1000);

  await expect(left).rejects.toThrow('aborted');
  expect(starts).toEqual([0, 10]);
});

test.each([
  ['a Crawl-delay', (gate: ReturnType<typeof openGate>['gate']) => gate.setCrawlDelay('a', 500)],
  ['a Retry-After', (gate: ReturnType<typeof openGate>['gate']) => gate.hold('a', 500)],
  [
    'a host given up',
    (gate: ReturnType<typeof openGate>['gate']) => {
      for (let n = 0; n < 5; n += 1) gate.noteFailure('a', 'connection');
    },
  ],
])('a clock that is set back by an hour makes %s no longer', async (_what, slow) => {
  const { clock, gate, starts, ask } = openGate();
  void ask(10);
  await clock.advance(20);
  slow(gate);
  clock.setBack(3_600_000);
  await clock.advance(60_000);
  void ask(10);
  await clock.advance(1000);

  expect(starts).toHaveLength(2);
});

import fc from 'fast-check';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { App } from '../../../src/ui/App.tsx';
import type { ViewActions } from '../../../src/ui/keys.ts';
import { emptyView, reduceView, type ViewState } from '../../../src/ui/view-state.ts';

const AT = '2026-01-01T00:00:00.000Z';
const NOW = Date.parse(AT) + 10_000;
const NO_ACTIONS: ViewActions = {
  pause() {},
  resume() {},
  stop() {},
  interrupt() {},
  suspend() {},
  cancelJob: () => true,
  retryFailed: () => 0,
};
const start: RunEvent = {
  type: 'run:start',
  goal: 'posts',
  at: AT,
  runId: 'r',
  entries: 20,
  provider: 'openai',
  model: 'gpt',
  tier: 'standard',
  capUsd: 1,
  out: 'posts',
};
const CODES = { up: '\u001b[A', down: '\u001b[B', enter: '\r', escape: '\u001b' } as const;

interface Shown {
  readonly columns?: number;
  readonly rows?: number;
  readonly actions?: Partial<ViewActions>;
}

/** React draws, and listens anew, a few turns of the event loop after a key. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function viewOf(...events: readonly RunEvent[]): ViewState {
  return [start, ...events].reduce(reduceView, emptyView());
}

/** What is on the screen after the keys were pressed one by one. */
async function frameOf(
  view: ViewState,
  keys: readonly string[] = [],
  { columns = 80, rows = 24, actions = {} }: Shown = {},
): Promise<string> {
  const { lastFrame, stdin, unmount } = render(
    <App
      view={view}
      scrolled={[]}
      now={NOW}
      columns={columns}
      rows={rows}
      keyboard
      actions={{ ...NO_ACTIONS, ...actions }}
    />,
  );
  await settle();
  for (const key of keys) {
    stdin.write(key);
    await settle();
  }
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '한글 제목이 조금 깁니다 '.repeat(5),
    '🎉'.repeat(40),
    '\u001b[2J\u001b[Hgone',
    '\u202eback',
    'a\u0007b\u009b31m',
  ),
);
const key = fc.nat({ max: 60 }).map(String);
const running = fc
  .tuple(text, key)
  .map(([title, id]): RunEvent => ({ type: 'job:status', at: AT, key: id, status: 'RUNNING', title }));
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  running,
  running,
  key.map(
    (id): RunEvent => ({ type: 'call:start', at: AT, key: id, provider: 'openai', model: 'gpt', tier: 'standard' }),
  ),
  key.map((id): RunEvent => ({ type: 'job:status', at: AT, key: id, status: 'SUCCESS', title: '' })),
  text.map(
    (path): RunEvent => ({
      type: 'page:start',
      at: AT,
      url: `https://example.org/${path}`,
      host: 'example.org',
      priority: 'high',
      attempt: 1,
    }),
  ),
  fc.tuple(text, fc.uuid()).map(
    ([message, id]): RunEvent => ({
      type: 'entry:fail',
      at: AT,
      stage: 'crawl',
      failure: { url: `https://example.org/${id}/${message}`, code: 'HTTP_STATUS', message },
    }),
  ),
  text.map((message): RunEvent => ({ type: 'run:warning', at: AT, code: 'X', message })),
  text.map((reason): RunEvent => ({ type: 'run:stopping', at: AT, reason })),
  fc.constant<RunEvent>({ type: 'run:pause', at: AT }),
  fc.constant<RunEvent>({ type: 'money:change', at: AT, spentUsd: 0.1, reservedUsd: 0.2 }),
);
const typed = fc.constantFrom('p', 'c', 'r', 'f', '?', CODES.up, CODES.down, CODES.escape);

test('no frame fills the window or holds an escape of a page, whatever happens and whatever is typed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 150, size: 'max' }),
      fc.array(typed, { maxLength: 4 }),
      fc.constantFrom(20, 40, 80, 200),
      fc.integer({ min: 4, max: 40 }),
      async (events, keys, columns, rows) => {
        const frame = await frameOf(viewOf(...events), keys, { columns, rows });

        expect(frame.split('\n').length).toBeLessThan(rows);
        // Colours of our own may be there; nothing that moves, clears, links or turns.
        expect(frame.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
        );
      },
    ),
    // Shrinking re-renders hundreds of frames a step: the first counter-example says enough.
    { numRuns: 40, endOnFailure: true },
  );
});

const job: RunEvent = { type: 'job:status', at: AT, key: 'k', status: 'RUNNING', title: '햇빛을 파는 마을' };
const dead: RunEvent = {
  type: 'entry:fail',
  at: AT,
  stage: 'crawl',
  failure: {
    url: 'https://example.org/dead',
    code: 'HTTP_STATUS',
    message: 'It said 404',
    position: { file: 'urls.txt', line: 7 },
  },
};

test('shows what runs and at which stage, what failed and why, what is spent', async () => {
  const view = viewOf(
    job,
    { type: 'call:start', at: AT, key: 'k', provider: 'openai', model: 'gpt', tier: 'standard' },
    { type: 'job:status', at: AT, key: 'w', status: 'RUNNING', title: 'Not asked yet' },
    { type: 'page:start', at: AT, url: 'https://example.org/a', host: 'example.org', priority: 'high', attempt: 1 },
    dead,
    { type: 'money:change', at: AT, spentUsd: 0.25, reservedUsd: 0.5 },
  );
  const frame = await frameOf(view);

  expect(frame).toMatch(/write +10 s 햇빛을 파는 마을/);
  expect(frame).toMatch(/wait +10 s Not asked yet/);
  expect(frame).toMatch(/crawl +10 s example\.org \/a/);
  for (const words of ['1/20', 'HTTP_STATUS It said 404', 'spent $0.25', 'reserved $0.50', 'cap $1.00', 'openai gpt'])
    expect(frame).toContain(words);
});

test('what ended is not shown as running, what was saved scrolls away with its file', () => {
  const view = viewOf(job, { type: 'job:status', at: AT, key: 'k', status: 'SUCCESS', title: '햇빛을 파는 마을' });
  const saved = reduceView(view, {
    type: 'post:saved',
    at: AT,
    key: 'k',
    title: 'Saved',
    file: 'saved.md',
    urls: [],
    draft: true,
  });

  expect(viewOf(job).active.size).toBe(1);
  expect(view.active.size).toBe(0);
  expect(saved.scrolled).toEqual([{ mark: '✓', text: 'Saved', detail: 'saved.md (draft)' }]);
});

test('p pauses, and goes on when it is paused; q stops', async () => {
  const said: string[] = [];
  const actions = {
    pause: () => void said.push('pause'),
    resume: () => void said.push('resume'),
    stop: () => void said.push('stop'),
  };

  await frameOf(viewOf(), ['p', 'q'], { actions });
  await frameOf(viewOf({ type: 'run:pause', at: AT }), ['p'], { actions });

  expect(said).toEqual(['pause', 'stop', 'resume']);
});

test('c lets choose a post and cancels that one', async () => {
  const cancelled: string[] = [];
  const view = viewOf(job, { ...job, key: 'second', title: 'The second' });
  const actions = { cancelJob: (id: string) => cancelled.push(id) > 0 };

  expect(await frameOf(view, ['c', CODES.down], { actions })).toContain('› wait');
  const frame = await frameOf(view, ['c', CODES.down, CODES.enter], { actions });

  expect(cancelled).toEqual(['second']);
  expect(frame).toContain('Cancelled: The second');
  expect(await frameOf(viewOf(), ['c'])).toContain('No post is in work.');
});

test('r says how many are tried again; f shows failures in full; ? explains the keys', async () => {
  expect(await frameOf(viewOf(dead), ['r'], { actions: { retryFailed: () => 1 } })).toContain(
    '1 failed will be tried again',
  );
  expect(await frameOf(viewOf(), ['r'])).toContain('Nothing has failed');
  const failures = await frameOf(viewOf(dead), ['f']);
  for (const words of ['urls.txt:7', 'https://example.org/dead', 'It said 404']) expect(failures).toContain(words);
  expect(await frameOf(viewOf(), ['?'])).toContain('Ctrl-C the same; twice: stop now');
});

test.each([
  ['Ctrl-C once', ['\u0003'], ['interrupt']],
  ['Ctrl-C twice in one chunk', ['\u0003\u0003'], ['interrupt', 'interrupt']],
  ['thirty Ctrl-C in one chunk', ['\u0003'.repeat(30)], Array.from({ length: 30 }, () => 'interrupt')],
  ['a letter and Ctrl-C in one chunk', ['q\u0003'], ['stop', 'interrupt']],
  ['Ctrl-Z', ['\u001a'], ['suspend']],
  ['Ctrl-C and Ctrl-Z in one chunk', ['\u0003\u001a'], ['interrupt', 'suspend']],
  ['keys typed fast', ['pq'], ['pause', 'stop']],
  ['a marked paste with every key in it', ['\u001b[200~quit p\u0003\r\u001b[201~'], []],
  ['a marked paste in several chunks', ['\u001b[200~', 'q', '\u001b[201~'], []],
  ['a key after a paste', ['\u001b[200~q\u001b[201~', 'p'], ['pause']],
  ['a paste that the terminal does not mark', ['https://example.com/quick-piper'], []],
  ['Alt and a letter', ['\u001bq'], []],
  ['a key that the view does not know', ['\u001b[15;5~', '\u001bOP'], []],
  ['the mouse wheel', ['\u001b[<65;10;10M'], []],
])('%s', async (_name, chunks, expected) => {
  const done: string[] = [];
  const actions = Object.fromEntries(
    (['pause', 'stop', 'interrupt', 'suspend'] as const).map((name) => [name, () => void done.push(name)]),
  );

  await frameOf(viewOf(), chunks, { actions });

  expect(done).toEqual(expected);
});

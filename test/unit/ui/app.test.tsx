import fc from 'fast-check';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { App } from '../../../src/ui/App.tsx';
import { emptyView, reduceView, secondsLeft, type ViewState } from '../../../src/ui/view-state.ts';

const AT = '2026-01-01T00:00:00.000Z';
const NOW = Date.parse(AT) + 10_000;
const actions = { pause() {}, resume() {}, stop() {}, interrupt() {} };
const start: RunEvent = { type: 'run:start', at: AT, runId: 'r', entries: 20, provider: 'openai', model: 'gpt', tier: 'standard', capUsd: 1, out: 'posts' };

function frameOf(view: ViewState, columns = 80, rows = 24): string {
  const { lastFrame, unmount } = render(<App view={view} now={NOW} columns={columns} rows={rows} keyboard={false} actions={actions} />);
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom('한글 제목이 조금 깁니다 '.repeat(5), '🎉'.repeat(40), '\u001b[2J\u001b[Hgone', '\u202eback', 'a\u0007b\u009b31m'),
);
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.tuple(text, fc.nat()).map(([title, key]): RunEvent => ({ type: 'job:status', at: AT, key: `${key}`, status: 'RUNNING', title })),
  fc.tuple(text, fc.nat()).map(([title, key]): RunEvent => ({ type: 'job:status', at: AT, key: `${key}`, status: 'RUNNING', title })),
  text.map((path): RunEvent => ({ type: 'page:start', at: AT, url: `https://example.org/${path}`, host: 'example.org', priority: 'high', attempt: 1 })),
  text.map(
    (message): RunEvent => ({ type: 'entry:fail', at: AT, stage: 'crawl', failure: { url: `https://example.org/${message}`, code: 'HTTP_STATUS', message } }),
  ),
  text.map((message): RunEvent => ({ type: 'run:warning', at: AT, code: 'X', message })),
  fc.constant<RunEvent>({ type: 'run:pause', at: AT }),
  fc.constant<RunEvent>({ type: 'money:change', at: AT, spentUsd: 0.1, reservedUsd: 0.2 }),
);

test('no frame is taller than the window or holds an escape of a page, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 150, size: 'max' }), fc.constantFrom(40, 80, 200), fc.integer({ min: 12, max: 40 }), (events, columns, rows) => {
      const view = [start, ...events].reduce(reduceView, emptyView());
      const frame = frameOf(view, columns, rows);

      expect(frame.split('\n').length).toBeLessThanOrEqual(rows);
      // Colours of our own may be there; nothing that moves, clears, links or turns.
      expect(frame.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }),
    // Shrinking re-renders hundreds of frames a step: the first counter-example says enough.
    { numRuns: 60, endOnFailure: true },
  );
});

test('shows what runs, what failed, what is spent, and the way to the end', () => {
  const view = [
    start,
    { type: 'job:status', at: AT, key: 'k', status: 'RUNNING', title: '햇빛을 파는 마을' },
    { type: 'page:start', at: AT, url: 'https://example.org/a', host: 'example.org', priority: 'high', attempt: 1 },
    { type: 'entry:fail', at: AT, stage: 'crawl', failure: { url: 'https://example.org/dead', code: 'HTTP_STATUS', message: '404' } },
    { type: 'money:change', at: AT, spentUsd: 0.25, reservedUsd: 0.5 },
    { type: 'post:saved', at: AT, key: 'p', title: 'Saved', file: 'saved.md', urls: [], draft: false },
  ].reduce((state, next) => reduceView(state, next as RunEvent), emptyView());
  const frame = frameOf(view);

  for (const words of ['2/20', '햇빛을 파는 마을', 'example.org /a', 'HTTP_STATUS', 'spent $0.25', 'reserved $0.50', 'cap $1.00', 'openai gpt', 'Saved'])
    expect(frame).toContain(words);
  expect(secondsLeft(view, NOW)).toBe(90);
});

test('what ended is not shown as running', () => {
  const running = [start, { type: 'job:status', at: AT, key: 'k', status: 'RUNNING', title: 'A post' } as const].reduce(reduceView, emptyView());
  const done = reduceView(running, { type: 'job:status', at: AT, key: 'k', status: 'SUCCESS', title: 'A post' });

  expect(running.active.size).toBe(1);
  expect(done.active.size).toBe(0);
});

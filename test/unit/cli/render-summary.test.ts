import { expect, test } from 'vitest';
import { renderSummary } from '../../../src/cli/reporters/render-summary.ts';
import { emptyFigures, reduceFigures } from '../../../src/cli/reporters/run-figures.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import { summarize } from '../../../src/core/figures/stats.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const usage = { input: 900, cachedInput: 100, output: 500 };
const page = { host: 'h', httpStatus: 200, bytes: 1, ms: 1, stale: false, policy: '' };

const RUN: RunEvent[] = [
  {
    type: 'run:start',
    goal: 'posts',
    at: at(0),
    runId: 'r',
    entries: 5,
    provider: 'openai',
    model: 'm',
    tier: 'flex',
    out: '/blog/posts',
  },
  { type: 'page:end', at: at(1), url: 'a', finalUrl: 'a', fromCache: true, ...page },
  { type: 'job:status', at: at(2), key: 'a', status: 'RUNNING', title: 'A' },
  {
    type: 'call:end',
    at: at(8),
    key: 'a',
    tier: 'flex',
    usage,
    costUsd: 0.25,
    finishReason: 'stop',
    ms: 6000,
    reused: false,
  },
  { type: 'job:status', at: at(8), key: 'a', status: 'SUCCESS', title: 'A' },
  { type: 'money:change', at: at(8), spentUsd: 0.25, reservedUsd: 0 },
  { type: 'post:saved', at: at(8), key: 'a', title: 'A', file: 'a.md', urls: ['a'], draft: false },
  { type: 'post:unchanged', at: at(8), key: 'b', title: 'B', file: 'b.md', urls: ['b'] },
  { type: 'entry:skip', at: at(8), stage: 'plan', failure: { url: 'c', code: 'DUPLICATE', message: 'the same as a' } },
];
const failure = {
  url: 'https://example.org/d',
  code: 'HTTP_STATUS',
  message: 'It said 404',
  position: { file: 'urls.txt', line: 4 },
};
const failed = (url: string): RunEvent => ({
  type: 'entry:fail',
  at: at(9),
  stage: 'crawl',
  failure: { ...failure, url },
});

function summaryOf(
  events: readonly RunEvent[],
  argv: readonly string[] = ['generate', 'my list.txt'],
  stoppedBy?: { code: string; message: string; hint?: string },
  cwd = '/home',
): string {
  const end: RunEvent = { type: 'run:end', at: at(10), summary: summarize(emptyFigures({ argv: [], cwd: '' }).stats) };
  const figures = [...events, end].reduce(reduceFigures, emptyFigures({ argv, cwd }));
  return renderSummary(
    { ...end, summary: summarize(figures.stats), ...(stoppedBy === undefined ? {} : { stoppedBy }) },
    figures,
  );
}

test('tells what came of the run, what was saved, how it compares with its slowest stage, and where the files are', () => {
  const text = summaryOf([...RUN, failed('d'), failed('e')]);

  expect(text).toMatch(/Posts +1 written · 1 unchanged · 1 skipped · 2 failed/);
  expect(text).toMatch(/Model +1 request · 900 tokens in \(100 cached\), 500 out · \$0\.250/);
  expect(text).toMatch(
    /Saved +1 page from the cache · 1 post already there · 1 duplicate not written again \(about \$0\.250\) · \$0\.250 by the tier/,
  );
  expect(text).toMatch(/Time +10\.0 s, 0\.5 entries a second/);
  expect(text).toMatch(/Slowest +writing posts: at work for 6\.0 s \(60 % of the time\), 0\.2 posts a second/);
  expect(text).toMatch(/Files +\/blog\/posts/);
});

test.each([
  ['/blog', 'posts/'],
  ['/blog/posts', './'],
  ['/blog/drafts', '/blog/posts/'],
])('typed in %s, it names the folder as %s', (cwd, shown) => {
  expect(summaryOf(RUN, undefined, undefined, cwd)).toMatch(new RegExp(`Files +${shown.replaceAll('.', '\\.')}\n`));
});

test.each([
  [
    'a.md',
    ['generate', '--out', '/blog/posts', '--lang', 'en', '--config=my.yaml'],
    'Next: blogger review --out /blog/posts --config=my.yaml\n',
  ],
  ['a.html', ['generate'], 'Next: open /blog/posts/index.html, which links each draft to its check\n'],
  ['a.json', ['generate'], 'Next: blogger stats\n'],
])('names where a person looks at the draft %s of %j', (file, argv, next) => {
  const saved: RunEvent = {
    type: 'post:saved',
    at: at(8),
    key: 'a',
    title: 'A',
    file,
    urls: ['a', 'b', 'c', 'd', 'e'],
    draft: true,
  };

  expect(summaryOf([...RUN.slice(0, 1), saved], argv)).toContain(next);
});

test('failures are grouped by reason, each with its line of the list', () => {
  const text = summaryOf([...RUN, failed('d'), failed('e')]);

  expect(text).toContain('HTTP_STATUS (2)\n    d (urls.txt:4)\n      It said 404\n    e (urls.txt:4)');
});

test.each([
  ['some failed', [...RUN, failed('d'), failed('e')], undefined, "Then: blogger generate 'my list.txt' --retry-failed"],
  [
    'not all were reached',
    RUN,
    undefined,
    "Not finished. Finished posts are saved. Next: blogger generate 'my list.txt'",
  ],
  [
    'one post holds several entries',
    [RUN[0], { ...RUN[6], urls: ['a', 'b', 'c', 'd', 'e'] }] as RunEvent[],
    undefined,
    'Next: blogger stats',
  ],
  [
    'nothing changes by itself',
    RUN,
    { code: 'PROVIDER_AUTH', message: 'Refused', hint: 'Check OPENAI_API_KEY.' },
    "Fix the cause, then resume with: blogger generate 'my list.txt'",
  ],
  ['something stopped it', RUN, { code: 'BUDGET_REACHED', message: 'The cap' }, "Next: blogger generate 'my list.txt'"],
  ['nothing is new', [RUN[0], ...Array.from({ length: 5 }, () => RUN[7])] as RunEvent[], undefined, 'Nothing to do'],
] as const)('names the next command when %s', (_name, events, stoppedBy, next) => {
  expect(summaryOf(events, undefined, stoppedBy)).toContain(next);
});

test('the next command has the tier that the hint names', () => {
  const stoppedBy = { code: 'PROVIDER_MODEL', message: 'No batches', hint: 'Take --tier standard, or another server.' };

  expect(summaryOf(RUN, ['generate', '--tier', 'batch'], stoppedBy)).toContain(
    'are saved. Next: blogger generate --tier standard',
  );
});

const failedBy = (code: string, hint?: string): RunEvent => ({
  type: 'entry:fail',
  at: at(9),
  stage: 'write',
  failure: { ...failure, code, ...(hint === undefined ? {} : { hint }) },
});

test('what to do stands once below the failures of one kind', () => {
  const text = summaryOf([
    ...RUN,
    failedBy('PROVIDER_REQUEST', 'Shorten it.'),
    failedBy('PROVIDER_REQUEST', 'Shorten it.'),
  ]);
  expect(text.match(/→ Shorten it\./g)).toHaveLength(1);
});

test('what to do stands below what stopped the run', () => {
  const stop = { code: 'PROVIDER_PAUSED', message: 'It asks to wait.', hint: 'Run again in 41 minutes.' };
  expect(summaryOf(RUN, ['generate'], stop)).toContain(
    'Stopped: PROVIDER_PAUSED: It asks to wait.\n  → Run again in 41 minutes.\n  → Finished posts are saved.',
  );
});

test.each([
  ['PROVIDER_OVERLOADED', true],
  ['PROVIDER_UNKNOWN_OUTCOME', true],
  ['REPLY_INVALID', true],
  ['REPLY_REFUSED', true],
  ['FETCH_TIMEOUT', true],
  ['HTTP_STATUS', false],
  ['PROVIDER_REQUEST', false],
  ['ROBOTS_DENIED', false],
] as const)('--retry-failed is the next step after %s: %s', (code, helps) => {
  expect(summaryOf([...RUN, failedBy(code), failedBy(code)]).includes('\nNext: blogger generate')).toBe(helps);
});

import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openOutput } from '../../../src/cli/process/output.ts';
import { annotateError, reportToGithub } from '../../../src/cli/reporters/github.ts';
import { BloggerError } from '../../../src/core/errors.ts';
import { emptyStats, summarize } from '../../../src/core/figures/stats.ts';

function github(env: Record<string, string>) {
  const said: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said.push(chunk.toString());
      done();
    },
  });
  const stderr = openOutput(stream as unknown as NodeJS.WriteStream, env);
  return { said, io: { env, cwd: '/home/runner/work/blog/blog/lists', stderr } };
}
const ON_GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/home/runner/work/blog/blog' };
const failure = {
  url: 'https://example.org/a',
  code: 'HTTP_STATUS',
  message: '100 % gone,\nreally',
  position: { file: 'my:urls.txt', line: 3 },
};
const outcome = {
  summary: {
    ...summarize(emptyStats()),
    runId: 'r-1',
    posts: { written: 2, unchanged: 0, skipped: 0, failed: 1 },
    failures: [failure],
  },
  pending: 0,
  interrupted: false,
};

test('a failure stands at its line of the list, relative to the repository, and nothing in it is a command', async () => {
  const { said, io } = github(ON_GITHUB);
  await reportToGithub(outcome, io);

  expect(said).toEqual([
    '::error file=lists/my%3Aurls.txt,line=3,title=HTTP_STATUS::https://example.org/a: 100 %25 gone, really\n',
  ]);
});

test('elsewhere nothing is annotated', async () => {
  const { said, io } = github({});
  await reportToGithub(outcome, io);
  annotateError(new BloggerError('x', { code: 'USAGE' }), io);

  expect(said).toEqual([]);
});

test('later steps get the figures, the page of the job a table', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-github-'));
  const env = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  await reportToGithub(outcome, github(env).io);

  expect(await readFile(env.GITHUB_OUTPUT, 'utf8')).toBe(
    'run-id=r-1\nwritten=2\nunchanged=0\nskipped=0\nfailed=1\ncost-usd=0\n',
  );
  expect(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('| 2 | 0 | 0 | 1 | 0 | $0 |');
});

test('each bad line of a list is annotated, and an error without a place by its message', () => {
  const { said, io } = github(ON_GITHUB);
  const problems = [{ position: { file: 'urls.txt', line: 7 }, message: 'no address' }];
  annotateError(new BloggerError('2 bad lines', { code: 'LIST_INVALID', details: { problems } }), io);
  annotateError(new BloggerError('No key', { code: 'PROVIDER_KEY_MISSING' }), io);

  expect(said).toEqual([
    '::error file=lists/urls.txt,line=7,title=LIST_INVALID::no address\n',
    '::error title=PROVIDER_KEY_MISSING::No key\n',
  ]);
});

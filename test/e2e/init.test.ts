import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { articleRoutes } from '../helpers/make-articles.ts';
import { runInPty } from '../helpers/pty.ts';
import { BIN, blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

test('init writes a valid, commented settings file and overwrites nothing', async () => {
  await using project = await newProject({ 'urls.txt': 'mine' });
  const { exitCode, stderr } = await blogger(['init', '--yes'], { cwd: project.folder });

  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/wrote \.blogrc\.yaml\nkept {2}urls\.txt/);
  expect(await readFile(join(project.folder, 'urls.txt'), 'utf8')).toBe('mine');
  expect(await readFile(join(project.folder, '.blogrc.yaml'), 'utf8')).toMatch(/^# /m);
  const { stdout } = await blogger(['config', '--json'], { cwd: project.folder });
  const rows = JSON.parse(stdout) as { key: string; value: unknown; origin: string }[];
  expect(rows.find(({ key }) => key === 'maxCost')).toMatchObject({
    value: 1,
    origin: expect.stringContaining('.blogrc.yaml') as string,
  });
});

test('init asks its questions and repeats one after an invalid answer', { timeout: 60_000 }, async () => {
  await using project = await newProject();
  const pty = runInPty(['init'], { cwd: project.folder, columns: 100, rows: 30 });
  const answers = [
    ['Site generator', 'wordpress\r'],
    ['expected one of', 'hugo\r'],
    ['Language', 'ko\r'],
    ['Model provider', '\r'],
    ['US dollars', '2.5\r'],
    ['site owners', '\r'],
    ['GitHub Actions', 'n\r'],
  ] as const;
  for (const [question, answer] of answers) {
    await pty.until(question);
    pty.type(answer);
  }

  expect(await pty.ended).toBe(0);
  expect(parse(await readFile(join(project.folder, '.blogrc.yaml'), 'utf8'))).toMatchObject({
    lang: 'ko',
    frontMatter: 'hugo',
    maxCost: 2.5,
  });
  expect((await blogger(['config'], { cwd: project.folder })).exitCode).toBe(0);
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s at a question leaves with 130 and writes nothing', { timeout: 60_000 }, async (_name, key) => {
  await using project = await newProject();
  const pty = runInPty(['init'], { cwd: project.folder, columns: 100, rows: 30 });
  await pty.until('Site generator');
  pty.type(key);

  expect(await pty.ended).toBe(130);
  expect(await readdir(project.folder)).toEqual([]);
});

interface Workflow {
  readonly jobs: {
    readonly posts: {
      readonly steps: readonly { readonly if?: string; readonly run?: string; readonly uses?: string }[];
    };
  };
}

test('the workflow runs: posts are written, committed and pushed however the run ends, and the page of the job says so', {
  timeout: 60_000,
}, async () => {
  await using site = await TestSite.open(articleRoutes(4));
  await using vendor = await startVendorServer();
  await using project = await newProject({
    'urls.txt': `${site.url('/article-1')}\n${site.url('/article-2')}\n${site.url('/gone')}`,
  });
  const { folder } = project;
  await blogger(['init', '--yes', '--github'], { cwd: folder });
  const workflow = parse(await readFile(join(folder, '.github/workflows/blogger.yml'), 'utf8')) as Workflow;
  expect((await stat(join(folder, '.github/blogger-0.1.0.tgz'))).size).toBeGreaterThan(100_000);
  // The runner's checkout: a clone of a repository that can be pushed to. The packed blogger stands beside this tree's, which needs no registry.
  await mkdir(join(folder, '.tools'));
  const tool = (name: string, script: string) =>
    writeFile(join(folder, '.tools', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await tool('npm', 'test -f "$5"');
  await tool('blogger', `exec "${process.execPath}" "${BIN}" "$@"`);
  await tool('gh', 'echo "$@" >> .tools/pull-requests');
  const env = {
    PATH: `${join(folder, '.tools')}:${process.env['PATH']}`,
    HOME: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    GITHUB_STEP_SUMMARY: join(folder, '.tools', 'summary.md'),
    GITHUB_OUTPUT: join(folder, '.tools', 'output'),
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_BASE_URL: vendor.openaiBaseUrl,
    BLOGGER_ALLOW_PRIVATE: 'true',
  };
  const shell = (line: string, more: Readonly<Record<string, string>> = {}) =>
    execa('bash', ['-e', '-o', 'pipefail', '-c', line], {
      cwd: folder,
      env: { ...env, ...more },
      extendEnv: false,
      reject: false,
    });
  await shell(
    'git init -q -b main . && git init -q --bare .origin && git remote add origin .origin && git -c user.name=x -c user.email=x@example.com commit -q --allow-empty -m start',
  );

  const { steps } = workflow.jobs.posts;
  let jobs = 0;
  const runJob = async (more: Readonly<Record<string, string>> = {}) => {
    await shell('git switch -q main');
    const branch = `blogger/${++jobs}`;
    const said: string[] = [];
    let failed = false;
    for (const { if: condition, run } of steps) {
      if (run === undefined || (failed && condition !== 'always()')) continue;
      const { stderr, exitCode } = await shell(run, { BRANCH: branch, ...more });
      said.push(stderr);
      failed ||= exitCode !== 0;
    }
    return { failed, said: said.join('\n') };
  };
  const pushed = async () => {
    const { stdout } = await shell('git -C .origin for-each-ref --format="%(refname)" refs/heads/blogger');
    const names = await Promise.all(
      stdout.split('\n').map(async (ref) => (await shell(`git -C .origin ls-tree -r --name-only ${ref}`)).stdout),
    );
    return new Set(names.join('\n').match(/^posts\/.+\.md$/gm)).size;
  };

  const { said, failed } = await runJob();
  expect([failed, await pushed()]).toEqual([false, 2]);
  expect(said).toContain('::error file=urls.txt,line=3,title=HTTP_STATUS::');
  expect(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('| 2 | 0 | 0 | 1 | 2 |');

  await project.write('urls.txt', `${site.url('/article-3')}\n${site.url('/article-4')}`);
  // Enough to reserve one post with its repairs, not two.
  const poor = await runJob({ BLOGGER_MAX_COST: '0.0023' });
  expect(poor.said).toContain('BUDGET_REACHED');
  expect([poor.failed, await pushed()]).toEqual([true, 3]);
  expect(steps.filter(({ uses = '' }) => uses.startsWith('actions/cache/save')).map((step) => step.if)).toEqual([
    'always()',
  ]);
});

test('init in the folder of a site detects its generator, its folder of posts and its existing posts', async () => {
  await using project = await newProject({ 'hugo.toml': 'baseURL = "https://example.org/"' });
  const { stderr } = await blogger(['init', '--yes'], { cwd: project.folder });

  expect(stderr).toContain('found hugo.toml: a hugo site');
  expect(parse(await readFile(join(project.folder, '.blogrc.yaml'), 'utf8'))).toMatchObject({
    frontMatter: 'hugo',
    out: 'content/posts',
    site: 'content',
  });
  expect((await blogger(['config'], { cwd: project.folder })).exitCode).toBe(0);
});

test.each([
  ['none', undefined, '.blogger/\n.env\n'],
  ['one without them', 'node_modules/', 'node_modules/\n.blogger/\n.env\n'],
  ['one with Windows line ends', 'dist/\r\n.env\r\n', 'dist/\r\n.env\r\n.blogger/\r\n'],
  ['one with both', '/.blogger\n.env*\n', '/.blogger\n.env*\n'],
])('init keeps state and keys out of Git where there is a .gitignore: %s', async (_what, before, after) => {
  await using project = await newProject(before === undefined ? {} : { '.gitignore': before });
  await blogger(['init', '--yes'], { cwd: project.folder });

  expect(await readFile(join(project.folder, '.gitignore'), 'utf8')).toBe(after);
});

test('doctor names private files that git would commit', async () => {
  await using project = await newProject({ '.gitignore': 'posts/\n' });
  await execa('git', ['init', '-q'], { cwd: project.folder });

  expect((await blogger(['doctor'], { cwd: project.folder })).stdout).toMatch(
    /\.blogger\/ and \.env would be committed/,
  );
  await writeFile(join(project.folder, '.gitignore'), '.blogger/\n.env\n');
  expect((await blogger(['doctor'], { cwd: project.folder })).stdout).not.toMatch(/would be committed/);
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { articleRoutes } from '../helpers/make-articles.ts';
import { BIN, blogger, newProject, spawnBlogger } from '../helpers/run-bin.ts';
import { html, TestSite, text } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

interface BadInput {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly args?: readonly string[];
  readonly exitCode: number;
  readonly says: readonly RegExp[];
}

const BINARY = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);

const cases: readonly BadInput[] = [
  { name: 'a list that is not there', exitCode: 2, says: [/LIST_MISSING/, /urls\.txt/, /no such file/, /→ .*init/] },
  { name: 'a list that is a folder', args: ['generate', '.'], exitCode: 2, says: [/LIST_MISSING/, /it is a folder/] },
  {
    name: 'an empty list',
    files: { 'urls.txt': '# nothing\n\n' },
    exitCode: 2,
    says: [/LIST_EMPTY/, /one URL a line/],
  },
  {
    name: 'lines that are no URLs, all at once',
    files: { 'urls.txt': 'https://example.org/a\nnot a url at all\nhttps://example.org/b\nhtps://example.org/c\n' },
    exitCode: 2,
    says: [/LIST_INVALID/, /urls\.txt:2: /, /urls\.txt:4: /, /2 bad lines/, /--skip-bad-lines/],
  },
  { name: 'a binary file as list', files: { 'urls.txt': BINARY }, exitCode: 2, says: [/LIST_INVALID/, /→/] },
  {
    name: 'an unknown setting',
    files: { 'urls.txt': 'https://example.org', '.blogrc': '{"providr": "openai"}' },
    exitCode: 2,
    says: [/CONFIG_INVALID/, /providr/, /provider/],
  },
  {
    name: 'a wrong value',
    args: ['generate', '--per-host', 'many'],
    exitCode: 2,
    says: [/CONFIG_INVALID/, /crawl\.perHost/, /many/, /--per-host/],
  },
  {
    name: 'a settings file that is no JSON',
    files: { 'urls.txt': 'https://example.org', '.blogrc.json': '{"provider": ' },
    exitCode: 2,
    says: [/CONFIG_INVALID/, /→/],
  },
  {
    name: 'an unknown flag',
    args: ['generate', '--providr', 'openai'],
    exitCode: 2,
    says: [/unknown option/, /--provider/],
  },
  { name: 'an unknown command', args: ['genrate'], exitCode: 2, says: [/unknown command/, /generate/] },
  {
    name: 'a named provider without its key',
    files: { 'urls.txt': 'https://example.org' },
    args: ['generate', '--provider', 'openai'],
    exitCode: 4,
    says: [/PROVIDER_KEY_MISSING/, /OPENAI_API_KEY/],
  },
  {
    name: 'a money cap without a known price',
    files: { 'urls.txt': 'https://example.org' },
    args: [
      'generate',
      '--provider',
      'openai',
      '--base-url',
      'http://127.0.0.1:9/v1',
      '--model',
      'my-own-model',
      '--max-cost',
      '1',
    ],
    exitCode: 2,
    says: [/PRICE_UNKNOWN/, /price\.input/],
  },
  {
    name: 'a state folder that is a file',
    files: { 'urls.txt': 'https://example.org', state: 'x' },
    args: ['generate', '--state', 'state'],
    exitCode: 2,
    says: [/OUTPUT_UNWRITABLE/, /--state/],
  },
  {
    name: 'a background run whose state folder is a file',
    files: { 'urls.txt': 'https://example.org', state: 'x' },
    args: ['generate', '--detach', '--state', 'state'],
    exitCode: 2,
    says: [/OUTPUT_UNWRITABLE/, /--state/],
  },
  {
    name: 'a state folder where none can be made',
    files: { 'urls.txt': 'https://example.org' },
    args: ['generate', '--state', '/proc/nope/state'],
    exitCode: 2,
    says: [/OUTPUT_UNWRITABLE/, /--state/],
  },
  {
    name: 'init where a file stands in the way of a folder',
    files: { '.github': 'x' },
    args: ['init', '--yes', '--github'],
    exitCode: 2,
    says: [/OUTPUT_UNWRITABLE.*\.github/, /another folder/],
  },
  { name: 'stats where nothing was run', args: ['stats'], exitCode: 2, says: [/NOT_FOUND/, /generate/] },
];

test.each(cases)('$name', async ({ files = {}, args = ['generate'], exitCode, says }) => {
  await using project = await newProject(files);

  const { exitCode: code, stderr, stdout } = await blogger(args, { cwd: project.folder });

  for (const pattern of says) expect(stderr).toMatch(pattern);
  expect(stderr).not.toMatch(/This is a bug|\n {4}at /);
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
  expect(await readdir(project.folder)).not.toContain('posts');
});

test('10,000 lines of one address are one entry', async () => {
  await using site = await TestSite.open(articleRoutes(1));
  await using project = await newProject({ 'urls.txt': `${site.url('/article-1')}\n`.repeat(10_000) });

  const { exitCode, stderr } = await blogger(['generate', '--allow-private'], { cwd: project.folder });

  expect(stderr).toContain('1 entries');
  expect(exitCode).toBe(0);
  expect(site.pages()).toHaveLength(1);
  expect(await readdir(join(project.folder, 'posts'))).toHaveLength(1);
});

test('a list from the web reaches no file of this machine, and an index without end is no list', async () => {
  await using project = await newProject({ 'secret.md': '# Secret\n\nFor nobody.' });
  const secret = join(project.folder, 'secret.md');
  let deeper = 0;
  const index = (locations: readonly string[]) =>
    `<sitemapindex>${locations.map((at) => `<sitemap><loc>${at}</loc></sitemap>`).join('')}</sitemapindex>`;
  await using site = await TestSite.open({
    '/list.txt': text(`secret.md\n${secret}\nfile://${secret}`),
    '/index.xml': text(index([secret, '-', 'secret.md'])),
    '*': (_request, response) => {
      deeper += 1;
      response.end(index([site.url(`/${deeper}`)]));
    },
  });
  const generate = (list: string) =>
    blogger(['generate', site.url(list), '--allow-private', '--plain'], { cwd: project.folder, input: `${secret}\n` });

  const list = await generate('/list.txt');
  expect([list.exitCode, list.stderr]).toEqual([2, expect.stringMatching(/LIST_INVALID: 2 bad lines/)]); // the file: address names no web page and is left out
  const relative = await generate('/index.xml'); // paths in it are the site's
  expect([relative.exitCode, relative.stderr]).toEqual([2, expect.stringContaining('at most 3 deep')]);
  expect(`${list.stderr}${relative.stderr}`).not.toContain('For nobody');
  const endless = await generate('/endless.xml');
  expect([endless.exitCode, endless.stderr]).toEqual([2, expect.stringContaining('at most 3 deep')]);
  expect(deeper).toBeLessThan(30);
});

test('a wrong key ends the run at once, and the key is not printed', async () => {
  await using site = await TestSite.open(articleRoutes(12));
  await using server = await startVendorServer({ apiKeys: ['sk-right-0123456789'] });
  await using project = await newProject({
    'urls.txt': Array.from({ length: 12 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });

  const env = { OPENAI_API_KEY: 'sk-wrong-0123456789abcdef', OPENAI_BASE_URL: server.openaiBaseUrl };
  const { exitCode, stderr } = await blogger(['generate', '--allow-private', '--verbose'], {
    cwd: project.folder,
    env,
  });

  expect(exitCode).toBe(4);
  expect(stderr).toMatch(/PROVIDER_AUTH/);
  const left = await everythingIn(project.folder);
  expect(`${stderr}${left}`).not.toContain('sk-wrong-0123456789abcdef');
  expect(await readdir(project.folder)).not.toContain('posts');
});

test('an unwritable output folder ends the run and loses no answer', async () => {
  await using site = await TestSite.open(articleRoutes(3));
  await using server = await startVendorServer();
  await using project = await newProject({
    'urls.txt': [1, 2, 3].map((n) => site.url(`/article-${n}`)).join('\n'),
    posts: 'a file where the folder should be',
  });
  const options = {
    cwd: project.folder,
    env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl },
  };

  const first = await blogger(['generate', '--allow-private'], options);

  expect(first.exitCode).toBe(2);
  expect(first.stderr).toMatch(/OUTPUT_UNWRITABLE.*posts/);
  expect(await readFile(join(project.folder, 'posts'), 'utf8')).toBe('a file where the folder should be');
  const second = await blogger(['generate', '--allow-private', '--out', 'elsewhere'], options);
  expect(second.exitCode).toBe(0);
  expect(await readdir(join(project.folder, 'elsewhere'))).toHaveLength(3);
  expect(server.log.billed()).toHaveLength(3);
});

// Blocks of 1,024 bytes a file: full while the state is opened, while pages are read, while posts are saved.
test.each(['60', '150'])(
  'a disk that is full at %s kB ends the run with 5 and leaves no partial file',
  async (room) => {
    await using site = await TestSite.open(articleRoutes(30));
    await using project = await newProject({
      'urls.txt': Array.from({ length: 30 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
    });
    const full = await execa(
      'bash',
      ['-c', `ulimit -f ${room}; exec "$0" "$@"`, process.execPath, BIN, 'generate', '--allow-private'],
      {
        cwd: project.folder,
        reject: false,
        stdin: 'ignore',
      },
    );

    expect(full.stderr).toMatch(/DISK_FULL/);
    expect(full.exitCode).toBe(5);
    const posts = await readdir(join(project.folder, 'posts')).catch(() => []);
    for (const name of posts) {
      expect(name).toMatch(/\.md$/);
      expect(await readFile(join(project.folder, 'posts', name), 'utf8')).toMatch(
        /^---\n[\s\S]+\n---\n[\s\S]+Source: /,
      );
    }
    const again = await blogger(['generate', '--allow-private'], { cwd: project.folder });
    expect(again.exitCode).toBe(0);
    expect(await readdir(join(project.folder, 'posts'))).toHaveLength(30);
  },
);

test('a second run on the same folder is refused with 75 and names the holder', async () => {
  await using site = await TestSite.open({ '*': html('<h1>slow</h1>', { delayMs: 2500 }) });
  await using project = await newProject({ 'urls.txt': site.url('/slow') });
  const first = spawnBlogger(['generate', '--allow-private'], { cwd: project.folder });
  while (site.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

  const second = await blogger(['generate', '--allow-private'], { cwd: project.folder });

  expect(second.exitCode).toBe(75);
  expect(second.stderr).toMatch(new RegExp(`STATE_LOCKED.*process ${first.pid}`));
  first.kill('SIGKILL');
  await first;
});

test('Ctrl-C once finishes requests in flight, saves, says how to resume and exits 130; the next run resumes', async () => {
  await using site = await TestSite.open(articleRoutes(30));
  await using server = await startVendorServer({ latencyMs: 300 });
  await using project = await newProject({
    'urls.txt': Array.from({ length: 30 }, (_, index) => site.url(`/article-${index + 1}`)).join('\n'),
  });
  const args = ['generate', '--allow-private', '--batch-size', '2', '--workers', '2', '--batch-interval', '50'];
  const options = {
    cwd: project.folder,
    env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl },
  };

  const running = spawnBlogger(args, options);
  while (server.log.billed().length < 6) await new Promise((resolve) => setTimeout(resolve, 10));
  running.kill('SIGINT');
  const stopped = await running;

  expect(stopped.exitCode).toBe(130);
  expect(stopped.stderr).toMatch(/Stopping: stopped by the user/);
  const saved = await readdir(join(project.folder, 'posts'));
  expect(saved.length).toBeGreaterThan(0);
  expect(saved.length).toBeLessThan(30);
  expect(server.log.billed()).toHaveLength(saved.length);

  const rest = await blogger(args, options);
  expect(rest.exitCode).toBe(0);
  expect(await readdir(join(project.folder, 'posts'))).toHaveLength(30);
  expect(server.log.billed()).toHaveLength(30);
});

test('Ctrl-C twice quits immediately with 130', async () => {
  const never = html('', { delayMs: 60_000 });
  const routes = { '/v1/chat/completions': never, '/v1/responses': never };
  await using site = await TestSite.open({ ...articleRoutes(1), ...routes });
  await using project = await newProject({ 'urls.txt': site.url('/article-1') });
  const running = spawnBlogger(['generate', '--provider', 'openai', '--no-robots', '--allow-private'], {
    cwd: project.folder,
    env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: site.url('/v1') },
  });
  // The first signal waits for a call in flight.
  while (!site.paths().some((path) => path.startsWith('/v1'))) await new Promise((resolve) => setTimeout(resolve, 10));

  running.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 300));
  running.kill('SIGINT');

  expect((await running).exitCode).toBe(130);
});

async function everythingIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    names.filter((name) => name.isFile()).map((name) => readFile(join(name.parentPath, name.name), 'latin1')),
  );
  return texts.join('\n');
}

test('posts written by hand in the output folder are never touched', async () => {
  await using site = await TestSite.open(articleRoutes(1));
  await using project = await newProject({ 'urls.txt': site.url('/article-1') });
  await mkdir(join(project.folder, 'posts'));
  await blogger(['generate', '--allow-private'], { cwd: project.folder });
  const [name = ''] = await readdir(join(project.folder, 'posts'));
  await writeFile(join(project.folder, 'posts', name), 'my own words');

  const planned = await blogger(['generate', '--allow-private', '--length', '900', '--dry-run'], {
    cwd: project.folder,
  });
  expect(planned.stdout).toContain(
    '0 posts to write, 0 unchanged; nothing was written or paid\nKept as a person left them: 1\n',
  );
  const { stderr, exitCode } = await blogger(['generate', '--allow-private', '--length', '900'], {
    cwd: project.folder,
  });

  expect(await readFile(join(project.folder, 'posts', name), 'utf8')).toBe('my own words');
  expect(stderr).toContain(`${name} was edited by a person and is not rewritten`);
  expect(exitCode).toBe(6);
});

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startSiteServer } from '../../scripts/site-server.js';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const list = await readFile(fileURLToPath(new URL('../../fixtures/urls.txt', import.meta.url)), 'utf8');
let site: Awaited<ReturnType<typeof startSiteServer>>;

beforeAll(async () => {
  site = await startSiteServer();
});
afterAll(() => site.close());

const localList = () => list.replaceAll(':4173', `:${site.port}`);

test('one post per readable article, a reason for each skipped page, exit code 3 for the dead page; the second run does nothing', async () => {
  await using project = await newProject({ 'urls.txt': localList() });
  const first = await blogger(['generate', '--allow-private'], { cwd: project.folder });

  expect(first.exitCode).toBe(3);
  expect(await posts(project.folder)).toHaveLength(12);
  for (const [code, path, line] of [
    ['DUPLICATE', '/old/bus-lanes', 14],
    ['DUPLICATE', '/syndicated/tidal-turbine-copy', 15],
    ['THIN_SOURCE', '/thin', 16],
    ['ROBOTS_DENIED', '/private/draft', 17],
    ['HTTP_STATUS', '/gone', 18],
  ] as const) {
    expect(first.stderr).toContain(code);
    expect(first.stderr).toContain(`${path} (urls.txt:${line})`);
  }
  expect(site.log).not.toContain('/private/draft');

  const before = await readAll(project.folder);
  const second = await blogger(['generate', '--allow-private'], { cwd: project.folder });

  expect(second.stderr).toContain('0 written · 12 unchanged');
  expect(second.stderr).toContain('no request');
  expect(second.exitCode).toBe(3);
  expect(await readAll(project.folder)).toEqual(before);
});

test('an existing similar post is named before writing, and links lead to existing posts', async () => {
  await using project = await newProject({ 'urls.txt': `http://127.0.0.1:${site.port}/energy/tidal-turbine\n` });
  await mkdir(join(project.folder, 'content'));
  await project.write(
    'content/tides.md',
    '---\ntitle: "What a year of tidal power taught Port Selby"\ntags: [tidal power]\n---\n\nText.\n',
  );
  const { stdout, stderr } = await blogger(['generate', '--allow-private', '--site', 'content', '--json'], {
    cwd: project.folder,
  });
  const events = stdout
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; code?: string; message?: string });

  expect(stderr).toBe('');
  expect(events.findIndex(({ code }) => code === 'CLOSE_TO_EXISTING')).toBeLessThan(
    events.findIndex(({ type }) => type === 'call:start' || type === 'post:saved'),
  );
  expect(events.find(({ code }) => code === 'CLOSE_TO_EXISTING')?.message).toContain('../content/tides.md');
  expect((await readAll(project.folder)).join('')).toContain(
    '- [What a year of tidal power taught Port Selby](<../content/tides.md>)',
  );
  const asked = await blogger(
    [
      'generate',
      '--allow-private',
      '--site',
      'content',
      '--internal-links',
      'off',
      '--out',
      'new',
      '--force',
      '--dry-run',
    ],
    {
      cwd: project.folder,
    },
  );
  expect(asked.stderr).toContain('will be similar to an existing one: ../content/tides.md');
});

test('a digest quotes its source word for word, names it, and is a draft; hidden text never reaches it', async () => {
  await using project = await newProject({ 'urls.txt': localList() });
  await blogger(['generate', '--allow-private'], { cwd: project.folder });
  const texts = await readAll(project.folder);

  expect(texts.join('')).not.toMatch(/HIDDEN-PAYLOAD|<script|onerror|javascript:/);
  const tidal = texts.find((text) => text.includes('title: What one year of tidal power')) ?? '';
  const data = parse(tidal.split('---\n')[1] ?? '') as Record<string, unknown>;
  expect(data).toMatchObject({
    draft: true,
    lang: 'en',
    provenance: { provider: 'extractive', digest: true, costUsd: 0, review: 'none' },
  });
  expect(data['sources']).toEqual([
    expect.objectContaining({
      url: expect.stringContaining('/energy/tidal-turbine') as string,
      author: 'Nora Whitfield',
      site: 'Harbor Notes',
    }),
    expect.objectContaining({ url: expect.stringContaining('/syndicated/') as string }),
  ]);
  const page = (
    await readFile(fileURLToPath(new URL('../../fixtures/site/energy/tidal-turbine.html', import.meta.url)), 'utf8')
  ).replace(/\s+/g, ' ');
  const quotations = [...tidal.matchAll(/^> (.+)$/gm)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'));
  expect(quotations.length).toBeGreaterThan(5);
  for (const sentence of quotations) expect(page).toContain(sentence);
});

test('pages in Korean and in EUC-KR keep their text', async () => {
  await using project = await newProject({ 'urls.txt': `http://127.0.0.1:${site.port}/legacy` });
  await blogger(['generate', '--allow-private'], { cwd: project.folder });
  const [text = ''] = await readAll(project.folder);

  expect(text).toContain('구십 년 된 다리가 다시 사람을 건네다');
  expect(text).toMatch(/lang: ko\n/);
  expect(text).toContain('하늘나루 다리');
});

test('no hidden instruction reaches a model', async () => {
  await using server = await startVendorServer();
  await using project = await newProject({ 'urls.txt': `http://127.0.0.1:${site.port}/hostile` });
  const { exitCode } = await blogger(['generate', '--allow-private'], {
    cwd: project.folder,
    env: { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl },
  });

  expect(exitCode).toBe(0);
  const [call] = server.log.billed();
  expect(call?.prompt).toContain('Fifty boxes deep');
  expect(call?.prompt).not.toMatch(/HIDDEN-PAYLOAD|javascript:/);
  expect(call?.prompt?.match(/<\/source-[0-9a-f]{16}>/g)).toHaveLength(1);
});

test('html and json are written as well, and the list of articles comes out of `crawl`', async () => {
  await using project = await newProject({ 'urls.txt': localList() });
  await blogger(
    ['generate', '--allow-private', '--format', 'html', '--out', 'html', '--site-url', 'https://blog.example'],
    { cwd: project.folder },
  );
  await blogger(['generate', '--allow-private', '--format', 'json', '--out', 'json'], { cwd: project.folder });
  const crawl = await blogger(['crawl', '--allow-private', '--quiet'], { cwd: project.folder });

  const feed = await readFile(join(project.folder, 'html', 'feed.xml'), 'utf8');
  expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom"');
  expect(feed).not.toContain('<entry>'); // digests are drafts, and drafts are nobody's news
  const index = await readFile(join(project.folder, 'html', 'index.html'), 'utf8');
  expect(index).not.toContain('<li>'); // held posts wait in the review folder alone
  const page = (await readAll(project.folder, 'html', '.html')).find((text) => text.includes('ld+json')) ?? '';
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('application/ld+json');
  for (const text of await readAll(project.folder, 'json', '.json'))
    expect(JSON.parse(text)).toMatchObject({ title: expect.any(String) as string, body: expect.any(String) as string });
  const records = crawl.stdout
    .split('\n')
    .map((line) => JSON.parse(line) as { status: string; text: string | null; error: { code: string } | null });
  expect(records).toHaveLength(17);
  expect(records.filter(({ status }) => status === 'ok').every(({ text }) => (text?.length ?? 0) > 400)).toBe(true);
  expect(records.flatMap(({ error }) => error?.code ?? []).sort()).toEqual([
    'DUPLICATE',
    'HTTP_STATUS',
    'ROBOTS_DENIED',
    'THIN_SOURCE',
  ]);
});

test('--dry-run says what it would write and writes nothing', async () => {
  await using project = await newProject({ 'urls.txt': localList() });
  const { stdout, exitCode } = await blogger(
    ['generate', '--allow-private', '--dry-run', '--quiet', '--provider', 'openai'],
    {
      cwd: project.folder,
      env: { OPENAI_API_KEY: 'sk-test-0123456789' },
    },
  );

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^12 posts to write, 0 unchanged; nothing was written or paid\nTokens: about [\d,]+ in, at most [\d,]+ out\nCost: likely \$\d[\d.]*, at most \$\d/,
  );
  expect(await readdir(project.folder)).not.toContain('posts');
});

async function posts(folder: string, out = 'posts', suffix = '.md'): Promise<string[]> {
  return (await readdir(join(folder, out))).filter((name) => name.endsWith(suffix)).sort();
}

async function readAll(folder: string, out = 'posts', suffix = '.md'): Promise<string[]> {
  return Promise.all((await posts(folder, out, suffix)).map((name) => readFile(join(folder, out, name), 'utf8')));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { walkFiles } from '../../src/util/files/walk-files.ts';
import { articleRoutes, makeArticle } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

test('two languages of 24 entries: each page is read once, mutual hreflang in pages and feeds, and a second run changes nothing', {
  timeout: 120_000,
}, async () => {
  await using site = await TestSite.open(articleRoutes(24));
  await using server = await startVendorServer();
  const lines = Array.from({ length: 24 }, (_, index) => site.url(`/article-${index + 1}`));
  await using project = await newProject({ 'urls.txt': lines.join('\n') });
  const generate = async (...flags: string[]) => {
    const args = ['generate', '--json', '--allow-private', '--batch-interval', '20', '--duplicates', 'keep'];
    const shape = ['--languages', 'en,ko', '--format', 'html', '--site-url', 'https://blog.example/b'];
    const run = await blogger([...args, ...shape, '--on-ungrounded', 'warn', ...flags], {
      cwd: project.folder,
      env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.openaiBaseUrl },
    });
    return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '').summary.posts;
  };

  expect(await generate()).toMatchObject({ written: 48, failed: 0 });
  const reads = site.log.filter(({ path }) => path.startsWith('/article-'));
  expect(reads).toHaveLength(24);
  expect(server.log.billed()).toHaveLength(48);

  const out = join(project.folder, 'posts');
  const pages = new Map<string, string[]>();
  const names = await walkFiles(out, (file) => file.endsWith('.html') && !file.endsWith('index.html'));
  for (const name of names) {
    const text = await readFile(join(out, name), 'utf8');
    const links = [...text.matchAll(/<link rel="alternate" hreflang="(\w+)" href="([^"]*)">/g)].map(
      ([, , url]) => url ?? '',
    );
    expect(text).toContain(`<html lang="${name.slice(0, 2)}"`);
    pages.set(`https://blog.example/b/${encodeURI(name)}`, links);
  }
  expect(pages.size).toBe(48);
  for (const [url, links] of pages) {
    expect(links).toHaveLength(2);
    expect(links).toContain(url);
    for (const link of links) expect(pages.get(link)).toEqual(links);
  }
  for (const lang of ['en', 'ko']) {
    const feed = await readFile(join(out, lang, 'feed.xml'), 'utf8');
    expect(feed.match(/<entry>/g)).toHaveLength(24);
    expect(feed.match(/hreflang="en"/g)).toHaveLength(24);
    expect(feed.match(/hreflang="ko"/g)).toHaveLength(24);
  }

  expect(await generate()).toMatchObject({ written: 0, unchanged: 48 });
  expect(server.log.billed()).toHaveLength(48);
});

test('a line with lang=en,ja gives one post per language; a line with one language stays one post', async () => {
  await using site = await TestSite.open(articleRoutes(2));
  await using server = await startVendorServer();
  const list = [`${site.url('/article-1')} lang=en,ja`, `${site.url('/article-2')} lang=ko`];
  await using project = await newProject({ 'urls.txt': list.join('\n') });
  await blogger(
    ['generate', '--allow-private', '--batch-interval', '20', '--front-matter', 'hugo', '--languages', 'de,fr'],
    {
      cwd: project.folder,
      env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.openaiBaseUrl },
    },
  );
  const files = await walkFiles(join(project.folder, 'posts'), (name) => name.endsWith('.md'));

  expect(files.map((name) => name.replace(/[^/]*$/, '')).sort()).toEqual(['', 'en/', 'ja/']);
  const [plain = ''] = files.filter((name) => !name.includes('/'));
  expect(await readFile(join(project.folder, 'posts', plain), 'utf8')).not.toContain('translationKey');
});

const korean = `<!doctype html><html lang="ko"><head><title>항구의 조력 발전</title></head><body><article><h1>항구의 조력 발전</h1>${'<p>항구의 조력 발전소는 지난해 마을 전체가 쓰는 전기의 절반을 만들었다. 주민들은 바닷물이 드나드는 시간에 맞추어 배를 띄운다.</p><p>발전소를 세운 조합은 해마다 수익의 일부를 마을 도서관에 낸다고 밝혔다. 도서관은 그 돈으로 책을 사고 지붕을 고쳤다.</p>'.repeat(4)}</article></body></html>`;

/** The command's flags and the options of the line of the English page, the languages of its post and of the Korean page's, and what the warning names. */
const ASKED = [
  ['--lang ko', '', { english: 'en', korean: 'ko', named: 'ko' }],
  ['--lang de', '', { english: 'en', korean: 'ko', named: 'de' }],
  ['', 'lang=ja', { english: 'en', korean: 'ko', named: 'ja' }],
  ['--languages en,ko', '', { english: 'en', korean: 'ko', named: 'ko' }],
  ['', 'lang=en,fr', { english: 'en', korean: 'ko', named: 'fr' }],
  ['--lang auto', 'lang=en-GB', { english: 'en-GB', korean: 'ko', named: undefined }],
] as const;

test.each(ASKED)(
  'without a key, posts asked for by "%s" and "%s" carry the language of their text',
  async (flags, line, wanted) => {
    await using project = await newProject({
      'urls.txt': `english.html ${line}\nkorean.html`,
      'english.html': makeArticle(1),
      'korean.html': korean,
    });
    const args = ['generate', '--format', 'md', '--front-matter', 'generic', ...flags.split(' ').filter(Boolean)];
    const { exitCode, stderr } = await blogger(args, { cwd: project.folder });
    const files = await walkFiles(join(project.folder, 'posts'), (name) => name.endsWith('.md'));
    const texts = await Promise.all(files.map((name) => readFile(join(project.folder, 'posts', name), 'utf8')));
    const langOf = (text = '') => /^lang: "?([\w-]+)/m.exec(text)?.[1];
    const isKorean = (text: string) => text.includes('조력');

    expect([exitCode, texts.length]).toEqual([0, 2]);
    expect(langOf(texts.find((text) => !isKorean(text)))).toBe(wanted.english);
    expect(langOf(texts.find(isKorean))).toBe(wanted.korean);
    const warnings = stderr.split('\n').filter((text) => text.includes('cannot translate'));
    expect(warnings).toHaveLength(wanted.named === undefined ? 0 : 1);
    if (wanted.named === undefined) return;
    expect(warnings[0]).toContain(wanted.named);
    expect(stderr).toMatch(/OPENAI_API_KEY.*--provider/);
  },
);

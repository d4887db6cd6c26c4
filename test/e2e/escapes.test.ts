/** The escape corpora on their whole way: pages that hold them, a model that repeats them, every file that a run leaves. */

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { liveMarkup } from '../helpers/live-markup.ts';
import { blogger, newProject, type Project } from '../helpers/run-bin.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

const PAYLOADS = Object.values(
  JSON.parse(await readFile('fixtures/escapes/payloads.json', 'utf8')) as Record<string, string[]>,
).flat();
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
/** As a careless site builds it: raw HTML goes through. */
const careless = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeStringify, { allowDangerousHtml: true });

let project: Project;
const files = new Map<string, string>();

beforeAll(async () => {
  const site = createServer(({ url = '' }, response) => {
    // A page with NULs is no page to a crawler; only the model repeats those.
    const payload = (PAYLOADS[Number(/\d+/.exec(url)?.[0])] ?? '').replaceAll('\u0000', '');
    response.statusCode = payload === '' ? 404 : 200;
    const text = Array.from({ length: 60 }, (_, at) => `Sentence ${at} of page ${url} says something of its own.`).join(
      ' ',
    );
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(
        `<html lang="en"><head><title>${escaped(payload)}</title><meta name="author" content="${escaped(payload)}"><meta property="og:site_name" content="${escaped(payload)}"><meta property="og:image" content="${escaped(payload)}"></head><body><article><h1>${escaped(payload)}</h1><p>${text}</p><p>${escaped(payload)} is what it says. ${payload}</p></article></body></html>`,
      );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const answer = ({ user }: { user: string }) => {
    const payload = PAYLOADS[Number(/page-(\d+)/.exec(user)?.[1])] ?? '';
    const body = `## ${payload}\n\n${payload}\n\nA paragraph with ${payload} in it, and \`${payload}\` too.\n\n- ${payload}\n\n${payload}`;
    return { title: payload.slice(0, 200), slug: payload, description: payload, tags: [payload.slice(0, 50)], body };
  };
  await using vendor = await startVendorServer({ answer });
  const { port } = site.address() as AddressInfo;
  project = await newProject({ 'urls.txt': PAYLOADS.map((_, at) => `http://127.0.0.1:${port}/page-${at}`).join('\n') });
  const env = { OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: vendor.openaiBaseUrl };
  const run = [
    'generate',
    '../urls.txt',
    '--allow-private',
    '--site-url',
    'https://blog.example',
    '--duplicates',
    'keep',
    '--fail-on',
    'all',
  ];
  const cwd = join(project.folder, 'work');
  await mkdir(cwd);
  for (const form of ['html', 'md']) {
    const { stderr, exitCode } = await blogger([...run, '--format', form, '--out', form], { cwd, env });
    expect([exitCode, /(\d+) written/.exec(stderr)?.[1], /(?:Skipped|Failed):.*/s.exec(stderr)?.[0]]).toEqual([
      0,
      String(PAYLOADS.length),
      undefined,
    ]);
    expect(stderr.replaceAll('\n', '')).not.toMatch(CONTROL);
  }
  await blogger(['stats', '--html', 'report.html'], { cwd });
  site.close();
  for (const name of (await readdir(project.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)))
    files.set(name.slice(project.folder.length + 1), await readFile(name, 'utf8'));
}, 120_000);
afterAll(() => project?.[Symbol.asyncDispose]());

const escaped = (text: string) => text.replace(/[<&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const REVIEW = join('work', '.blogger', 'review');
const texts = () =>
  [...files].filter(
    ([name]) => name.startsWith(REVIEW) || (!name.startsWith(join('work', '.blogger')) && name !== 'urls.txt'),
  );

test('no file stands outside of the folders that were named', () => {
  expect(
    texts()
      .filter(([name]) => !/^work\/(?:(?:html|md)\/[^/]+|\.blogger\/review\/[^/]+|report\.html)$/.test(name))
      .map(([name]) => name),
  ).toEqual([]);
  expect(texts().filter(([name]) => name.startsWith(REVIEW))).toHaveLength(PAYLOADS.length);
});

test('no file holds a control character', () => {
  expect(
    texts()
      .filter(([, text]) => CONTROL.test(text.replaceAll('\n', '')))
      .map(([name]) => name),
  ).toEqual([]);
});

test('nothing is live in posts, review pages, the index, the report, and in Markdown that is built carelessly', async () => {
  const live: string[] = [];
  for (const [name, text] of texts()) {
    if (name.endsWith('.html') && name !== 'work/report.html')
      live.push(...liveMarkup(text).map((found) => `${name}: ${found}`));
    if (!name.endsWith('.md')) continue;
    const [, front = '', ...body] = text.split(/^---$/m);
    expect(parse(front)).toMatchObject({
      provenance: { review: 'none' },
      sources: [{ url: expect.stringContaining('/page-') }],
    });
    live.push(...liveMarkup(String(await careless.process(body.join('---')))).map((found) => `${name}: ${found}`));
  }
  expect(live).toEqual([]);
  // The report draws its charts and has an empty icon; nothing else.
  expect(
    liveMarkup(files.get('work/report.html') ?? '').filter((found) => !/^<svg viewBox="0 0 |^href=data:,$/.test(found)),
  ).toEqual([]);
});

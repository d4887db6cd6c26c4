import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { articleRoutes, makeArticle } from '../helpers/make-articles.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { html, TestSite } from '../helpers/test-site.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';

test('entries with the same `post=` become one post with all sources; it is updated, not duplicated, when a missing page comes back', {
  timeout: 60_000,
}, async () => {
  await using site = await TestSite.open(articleRoutes(4)); // the fifth is not there yet
  await using server = await startVendorServer();
  const list = [
    '/article-1 post=pair',
    '/article-2',
    '/article-3 post=pair',
    '/article-4 post=late',
    '/article-5 post=late',
  ];
  await using project = await newProject({ 'urls.txt': list.map((line) => site.url(line)).join('\n') });
  const generate = async (...flags: string[]) => {
    const args = ['generate', '--json', '--allow-private', '--batch-interval', '20', ...flags];
    const run = await blogger(args, {
      cwd: project.folder,
      env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.openaiBaseUrl },
    });
    const { posts } = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '').summary;
    return { exitCode: run.exitCode, posts };
  };
  const written = async () => {
    const files = (await readdir(join(project.folder, 'posts'))).filter((name) => name.endsWith('.md'));
    const texts = await Promise.all(files.map((name) => readFile(join(project.folder, 'posts', name), 'utf8')));
    return texts
      .map((text) => [1, 2, 3, 4, 5].filter((number) => text.includes(site.url(`/article-${number}`))))
      .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  };

  expect(await generate()).toEqual({ exitCode: 3, posts: { written: 3, unchanged: 0, skipped: 0, failed: 1 } });
  expect(await written()).toEqual([[1, 3], [2], [4]]);

  expect(await generate()).toEqual({ exitCode: 3, posts: { written: 0, unchanged: 3, skipped: 0, failed: 1 } });
  expect(server.log.billed()).toHaveLength(3);

  site.routes.set('/article-5', html(makeArticle(5)));
  expect(await generate('--retry-failed')).toEqual({
    exitCode: 0,
    posts: { written: 1, unchanged: 0, skipped: 0, failed: 0 },
  });
  expect(await written()).toEqual([[1, 3], [2], [4, 5]]);

  expect(await generate()).toEqual({ exitCode: 0, posts: { written: 0, unchanged: 3, skipped: 0, failed: 0 } });
  expect(server.log.billed()).toHaveLength(4);
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { deadLinks, filesHolding, foreignElements, readBuiltPosts } from '../helpers/built-site.ts';
import { HELD_TEXT, POSTS, writeFuzzedPosts } from '../helpers/fuzzed-posts.ts';
import { newProject } from '../helpers/run-bin.ts';

const ELEVENTY = fileURLToPath(new URL('../../node_modules/@11ty/eleventy/cmd.cjs', import.meta.url));
const LAYOUT = `<!doctype html><html lang="{{ lang }}"><head><title>{{ title | escape }}</title></head><body><h1 class="title">{{ title | escape }}</h1>{{ content }}</body></html>`;

test('Eleventy builds 200 hard posts without a warning, each with its title and nothing live', async () => {
  await using project = await newProject();
  const content = join(project.folder, 'content');
  const saved = await writeFuzzedPosts(join(content, 'posts'), 'eleventy');
  await writeFile(join(content, 'posts', 'posts.11tydata.json'), JSON.stringify({ layout: 'post.liquid' }));
  await execa('mkdir', ['-p', join(content, '_includes')]);
  await writeFile(join(content, '_includes', 'post.liquid'), LAYOUT);

  const { all, exitCode } = await execa(process.execPath, [ELEVENTY, '--input=content', '--output=built'], {
    cwd: project.folder,
    reject: false,
    all: true,
  });
  const pages = await readBuiltPosts(join(project.folder, 'built'));

  expect(all).not.toMatch(/warn|error|problem/i);
  expect(exitCode).toBe(0);
  expect(pages.map(({ title }) => title).sort()).toEqual(saved.map(({ title }) => title).sort());
  expect(pages).toHaveLength(POSTS);
  expect(pages.filter(({ links }) => links.length === 2)).toHaveLength(POSTS - 2);
  expect(deadLinks(pages)).toEqual([]);
  expect(pages.flatMap(({ html }) => foreignElements(html))).toEqual([]);
  expect(await filesHolding(join(project.folder, 'built'), HELD_TEXT)).toEqual([]);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropDeadLinks, homeOf, ownLinksOf } from '../../../src/stages/publish/render/markdown/update-links.ts';
import type { FrontMatterPreset } from '../../../src/stages/publish/render/presets/presets.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;

test.each<[FrontMatterPreset, string | undefined]>([
  ['hugo', undefined],
  ['hugo', 'https://blog.example.com/posts'],
  ['astro', 'https://blog.example.com/'],
  ['docusaurus', 'https://blog.example.com/blog'],
  ['docusaurus', 'https://bücher.example/블로그/'],
  ['vitepress', 'https://blog.example.com/blog/'],
  ['vitepress', 'http://localhost:5173'],
])('a %s post of the blog at %s drops its link to a post that went', async (preset, siteUrl) => {
  const made = await makePublisher({ preset, ...(siteUrl === undefined ? {} : { siteUrl }) });
  const other = await made.publisher.publish(
    makeCheckedDraft({ key: 'k1', sourceKey: 's1', title: '항구 One' }),
    never,
  );
  const { file: path, address = path, title } = other;
  const related = [{ path, address, title, draft: false, terms: [] }];
  const { file } = await made.publisher.publish(
    { ...makeCheckedDraft({ key: 'k2', sourceKey: 's2', title: 'Two' }), related },
    never,
  );
  const text = () => readFile(join(made.out, file), 'utf8');
  expect(await text()).toContain('## Related');

  await made.again({ pages: { fileAt: () => undefined, isShown: () => true } }).finish();
  expect(await text()).toContain('## Related');
  await made.again({ pages: { fileAt: () => undefined, isShown: (one) => one !== address } }).finish();
  expect(await text()).not.toContain('## Related');
  expect(await text()).toContain('Source: ');
});

test.each([
  ['another host', 'https://blog.example.com.evil.example/a'],
  ['another folder', 'https://blog.example.com/shop/a'],
  ['another scheme', 'http://blog.example.com/blog/a'],
])('a whole link to %s is not one of the blog', (_name, url) => {
  const home = homeOf('https://blog.example.com/blog');
  expect(ownLinksOf(`See [it](${url}).`, home)).toEqual([]);
  expect(dropDeadLinks(`See [it](${url}).`, () => false, home)).toBe(`See [it](${url}).`);
});

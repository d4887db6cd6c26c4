import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { reviewPost } from '../../../src/api/review.ts';
import { BloggerError } from '../../../src/core/errors.ts';
import type { CheckedDraft, Fact } from '../../../src/core/types.ts';
import { illustrate } from '../../../src/run/steps/illustrate.ts';
import { CARD_SIZE } from '../../../src/services/pictures/card-tree.ts';
import { chartOf } from '../../../src/services/pictures/chart-of.ts';
import { openCards } from '../../../src/services/pictures/open-illustrator.ts';
import type { FrontMatterPreset } from '../../../src/stages/publish/render/presets/presets.ts';
import { picturePlaces } from '../../../src/targets/files/pictures.ts';
import { readDocument } from '../../../src/targets/read-document.ts';
import { decodePng } from '../../helpers/decode-png.ts';
import { makeArticleOf } from '../../helpers/make-brief.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const never = new AbortController().signal;
const PAPER = 0xfd;

const figure = (raw: string, members: Partial<Fact> = {}): Fact => ({
  kind: 'number',
  raw,
  line: 3,
  sentence: `It was ${raw} in the end.`,
  source: { article: 0, at: { start: 0, end: 1 } },
  ...members,
});

function checkedOf(title: string, facts: readonly Fact[] = [], markdown?: string): CheckedDraft {
  const checked = makeCheckedDraft({ title });
  if (markdown === undefined) return { ...checked, facts };
  const article = { ...makeArticleOf(markdown), markdown, siteName: 'The Harbour Office' };
  return { ...checked, facts, draft: { ...checked.draft, brief: { ...checked.draft.brief, articles: [article] } } };
}

/** Rows of the picture in which something is drawn. */
function inkAt(png: Uint8Array | undefined, from = 0, to: number = CARD_SIZE.height, left = 0): number {
  const { width, data } = decodePng(png ?? new Uint8Array());
  let rows = 0;
  for (let y = from; y < to; y += 1)
    for (let x = left; x < width; x += 1)
      if ((data[(y * width + x) * 4] ?? PAPER) < PAPER - 40) {
        rows += 1;
        break;
      }
  return rows;
}

const cards = openCards({ siteName: 'Sea & land' });

test('a card is a PNG of 1200 by 630 with the title in Hangul, Latin and Han signs, and the same each time', async () => {
  const checked = checkedOf('항구의 아침 🎉: the harbour at 漢字', [figure('412,000 톤')]);

  const picture = await cards.illustrate(checked, never);
  const again = await cards.illustrate(checked, never);

  if (picture === undefined) throw new Error('no picture');
  const { width, height } = decodePng(picture.bytes);
  expect({ width, height }).toEqual(CARD_SIZE);
  expect(inkAt(picture.bytes, 80, 600)).toBeGreaterThan(150);
  expect(Buffer.from(again?.bytes ?? []).equals(Buffer.from(picture.bytes))).toBe(true);
  expect(picture.alt).toBe('항구의 아침 : the harbour at 漢字: 412,000 톤');
});

test('a long title stays within the margins, above the name of the site', async () => {
  const picture = await cards.illustrate(checkedOf('아주 긴 제목 '.repeat(40)), never);

  expect(inkAt(picture?.bytes, 0, CARD_SIZE.height, CARD_SIZE.width - 40)).toBe(0);
  expect(inkAt(picture?.bytes, CARD_SIZE.height - 40)).toBe(0);
  expect(inkAt(picture?.bytes, 540, 590)).toBeGreaterThan(15);
});

test.each([
  ['Arabic, which is joined and runs the other way', 'ميناء الصباح'],
  ['Hebrew', 'נמל הבוקר'],
  ['Devanagari, whose signs change beside each other', 'बंदरगाह की सुबह'],
  ['Thai without its font', 'ท่าเรือยามเช้า'],
  ['Yi', 'ꆈꌠꁱꂷ'],
  ['one sign among others', 'The harbour of ꆈ'],
] as const)('a title in %s is no card of boxes: the post is a draft with the reason', async (_what, title) => {
  const checked = await illustrate(checkedOf(title), cards, never);

  expect(checked.picture).toBeUndefined();
  expect(checked.holdAsDraft).toBe(true);
  expect(checked.findings[0]).toMatchObject({
    rule: 'no-picture',
    message: expect.stringMatching(/no installed font/),
  });
});

test('an error that is not about the picture is not hidden', async () => {
  const broken = { illustrate: () => Promise.reject(new BloggerError('No space', { code: 'DISK_FULL', hint: 'x' })) };

  await expect(illustrate(checkedOf('A'), broken, never)).rejects.toMatchObject({ code: 'DISK_FULL' });
});

const TABLE =
  '| Year | Ships | Tonnes |\n|---|--:|--:|\n| 2023 | 1,204 | 310,500 t |\n| 2024 | 1,310 | 402,000 t |\n| 2025 | 1,407 | 412,000 t |';

test('a table that carries the figures of the post becomes a chart with its source named', async () => {
  const checked = checkedOf('Ships of the harbour', [figure('1,310'), figure('1,407')], `Ships.\n\n${TABLE}`);
  const chart = chartOf(checked.draft.brief.articles, checked.facts ?? [], 'en');

  expect(chart).toMatchObject({ caption: 'Ships', unit: '', source: 'The Harbour Office' });
  expect(chart?.rows.map(({ value }) => value)).toEqual([1204, 1310, 1407]);
  const picture = await cards.illustrate(checked, never);
  expect(picture?.alt).toContain('Ships: 2023 1,204, 2024 1,310, 2025 1,407 (The Harbour Office)');
  expect(inkAt(picture?.bytes, 250, 520)).toBeGreaterThan(100);
});

test.each([
  ['only one figure of the post', TABLE, ['1,310']],
  ['figures of the post that stand elsewhere', TABLE, ['7', '9']],
  ['two units', TABLE.replace('402,000 t', '402 kt'), ['310,500 t', '412,000 t']],
  ['a cell that is no number', TABLE.replace('1,310', 'about 1,310'), ['1,204', '1,407']],
  ['a number that reads in two ways', TABLE.replaceAll('1,204', '1.204,5'), ['1,310', '1,407']],
  ['two rows', TABLE.replace(/\n\| 2023.*/, ''), ['1,310', '1,407']],
  ['no table', 'In 2024 it was 1,310, and in 2025 it was 1,407.', ['1,310', '1,407']],
] as const)('a source with %s becomes no chart', (_what, markdown, figures) => {
  const article = { ...makeArticleOf('x'), markdown };

  const facts = figures.map((raw) => figure(raw));
  expect(chartOf([article], facts, 'en')).toBeUndefined();
});

test.each([
  ['de', '1.204', '1.310', '1.407,5', [1204, 1310, 1407.5]],
  ['fr', '1\u202f204', '1 310', '1\u00a0407,5', [1204, 1310, 1407.5]],
  ['ko', '1,204척', '1,310척', '1,407.5척', [1204, 1310, 1407.5]],
  ['ja', '1,204 隻', '1,310 隻', '-1,407 隻', [1204, 1310, -1407]],
  ['es', '12 %', '7,25 %', '9 %', [12, 7.25, 9]],
  ['und', '0.5', '0.75', '1', [0.5, 0.75, 1]],
] as const)('numbers of a table are read as %s writes them', (lang, a, b, c, values) => {
  const markdown = `|x|y|\n|-|-|\n|a|${a}|\n|b|${b}|\n|c|${c}|`;
  const article = { ...makeArticleOf('x'), markdown, lang };

  expect(
    chartOf(
      [article],
      [a, b, c].map((raw) => figure(raw)),
      lang,
    )?.rows.map(({ value }) => value),
  ).toEqual(values);
});

const BYTES = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]);
const pictured = (members: Parameters<typeof makeCheckedDraft>[0] = {}, bytes: Uint8Array = BYTES): CheckedDraft => ({
  ...makeCheckedDraft(members),
  picture: { bytes, extension: 'png', alt: 'A card: "x"' },
});
const PRESETS: readonly (readonly [FrontMatterPreset, out: string, folder: string])[] = [
  ['generic', 'posts', 'posts/images'],
  ['hugo', 'content/posts', 'static/images'],
  ['hugo', 'site/content/en/posts', 'site/static/images'],
  ['hugo', 'elsewhere', 'elsewhere/images'],
  ['jekyll', 'docs', 'docs/images'],
  ['astro', 'src/content/blog', 'public/images'],
  ['eleventy', 'content/posts', 'content/posts/images'],
  ['hexo', 'source/_posts', 'source/images'],
  ['zola', 'content', 'static/images'],
  ['pelican', 'content', 'content/images'],
  ['docusaurus', 'blog', 'static/images'],
  ['vitepress', 'blog', 'blog/images'],
];
const listed = (folder: string) => readdir(folder).catch(() => []);

test.each(PRESETS)(
  '%s in %s: a picture lies in %s while its post is shown, and nowhere on the site while it is held',
  async (preset, out, folder) => {
    const { out: base } = await makePublisher();
    const cwd = dirname(base);
    const made = await makePublisher({ out: join(cwd, out), cwd, preset, images: 'card' });
    const held = await made.publisher.publish(pictured({ held: true, title: '항구의 아침' }), never);
    const shown = join(cwd, folder);
    const places = picturePlaces(made.options);
    expect(await listed(shown)).toEqual([]);
    const [name = ''] = await listed(places.waiting);
    expect(name).toMatch(/^항구의-아침-[0-9a-f]{10}\.png$/);

    const decision = { reviewer: 'Ann', at: '2026-01-01T00:00:00Z' };
    const path = join(out, held.file);
    const outcome = await reviewPost(path, cwd, { verdict: 'approve', ...decision }, preset, places);
    expect([await listed(shown), await listed(places.waiting)]).toEqual([[name], []]);
    const text = await readFile(join(cwd, outcome?.movedTo ?? path), 'utf8');
    const asked: string[] = [];
    const { document } = await readDocument(text, {
      file: 'x.md',
      name: 'x',
      place: 'x',
      urlOf: () => undefined,
      async pathOf(src) {
        asked.push(decodeURI(src));
        return join(shown, name);
      },
    });
    expect(document).toMatchObject({
      pictures: [{ type: 'image/png' }],
      cover: expect.stringContaining('images/') as string,
    });
    expect(asked[0]).toMatch(new RegExp(`^(?:/|(?:\\.\\./)*)images/${name}$`));

    await reviewPost(outcome?.movedTo ?? path, cwd, { verdict: 'reject', ...decision }, preset, places);
    expect([await listed(shown), await listed(places.waiting)]).toEqual([[], [name]]);
  },
);

test('a new picture takes the place of the old one; one that a person changed stays; that of a deleted post goes', async () => {
  const made = await makePublisher({ images: 'card' });
  const { shown } = picturePlaces(made.options);
  await made.publisher.publish(pictured(), never);
  const [first = ''] = await listed(shown);
  await made.publisher.publish(pictured({ key: 'k2' }, Buffer.concat([BYTES, Buffer.from('new')])), never);
  expect(await listed(shown)).toHaveLength(1);
  expect(await listed(shown)).not.toContain(first);

  const post = await made.publisher.publish(pictured({ key: 'o', sourceKey: 'o', title: 'Other' }), never);
  const name = (await listed(shown)).find((one) => one.startsWith('other')) ?? '';
  await writeFile(join(shown, name), 'by hand');
  await made.publisher.publish(
    pictured({ key: 'o2', sourceKey: 'o', title: 'Other' }, Buffer.from('another picture')),
    never,
  );
  expect(await readFile(join(shown, name), 'utf8')).toBe('by hand');

  await mkdir(join(made.out, 'x'), { recursive: true });
  const { rm } = await import('node:fs/promises');
  await rm(join(made.out, post.file));
  await made.publisher.finish();
  expect((await listed(shown)).filter((one) => one.startsWith('other'))).toEqual([name]);
});

test('a page names its picture by its whole address, and says what it shows', async () => {
  const made = await makePublisher({ format: 'html', siteUrl: 'https://blog.example/posts', images: 'card' });
  const post = await made.publisher.publish(pictured(), never);

  const html = await readFile(join(made.out, post.file), 'utf8');
  expect(html).toMatch(
    /<meta property="og:image" content="https:\/\/blog\.example\/posts\/images\/a-title-[0-9a-f]{10}\.png">/,
  );
  expect(html).toContain('<meta property="og:image:alt" content="A card: &quot;x&quot;">');
  expect(html).toContain('summary_large_image');
});

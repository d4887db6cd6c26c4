import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reviewPost } from '../../src/api/review.ts';
import type { Post } from '../../src/core/types.ts';
import { openSiteIndex } from '../../src/services/site/site-index.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { type FrontMatterPreset, presetOf } from '../../src/stages/publish/render/presets/presets.ts';
import { FakeClock } from './fakes.ts';
import { fuzzedDrafts, HELD_TEXT } from './fuzzed-posts.ts';
import { makeCheckedDraft, makePublisher } from './make-publisher.ts';

/** A blog that a run adds to and that a person changes between the runs. */
export interface LivingBlog {
  /** One run: new and changed posts are saved, links of the others are checked. Answers the titles that readers must find. */
  run(): Promise<readonly string[]>;
  /** Between two runs: some posts are rejected, deleted, scheduled and given an end. */
  change(): Promise<void>;
  /** Texts that stand on no page of the built site. */
  hidden(): readonly string[];
}

export interface LivingBlogOptions {
  readonly out: string;
  readonly preset: FrontMatterPreset;
  readonly siteUrl: string;
  /** Folder of the state. */
  readonly state: string;
  /** @default 200 */
  readonly posts?: number;
}

const never = new AbortController().signal;

export async function createLivingBlog({ out, preset, siteUrl, state, posts }: LivingBlogOptions): Promise<LivingBlog> {
  const clock = new FakeClock(Date.UTC(2026, 0, 1));
  const made = await makePublisher({ out, preset, clock, siteUrl });
  const drafts = fuzzedDrafts(posts);
  const saved: Post[] = [];
  const gone = new Set<number>();
  /** Dates that a person set: which generator heeds them is its own. */
  const dated = new Set<number>();
  let runs = 0;

  async function openPages() {
    using file = openStateFile(join(state, `run-${runs}`));
    const index = await openSiteIndex({
      site: undefined,
      out,
      db: file.db,
      now: clock.now(),
      addressOf: presetOf(preset).address,
    });
    const addresses = saved.map(({ address = '' }) => address);
    const shown = new Set(addresses.filter((address) => index.isShown(address)));
    return { fileAt: () => undefined, isShown: (address: string) => runs === 1 || shown.has(address) };
  }

  async function write(index: number, members: object = {}) {
    const { categories, ...content } = drafts[index] ?? {};
    const related = [index - 1, index - 2].flatMap((one) => {
      const other = saved[one];
      if (other === undefined || gone.has(one) || dated.has(one)) return [];
      return [{ path: other.file, address: other.address ?? other.file, title: other.title, draft: false, terms: [] }];
    });
    const checked = makeCheckedDraft({
      ...content,
      ...(categories === undefined ? {} : { categories }),
      key: `k${index}`,
      sourceKey: `s${index}`,
      ...members,
    });
    saved[index] = await made.again({ pages: await pages }).publish({ ...checked, related }, never);
  }
  let pages = openPages();

  return {
    async run() {
      runs += 1;
      pages = openPages();
      if (runs === 1) {
        for (const index of drafts.keys()) await write(index);
        const held = makeCheckedDraft({ key: 'h', sourceKey: 'h', title: HELD_TEXT, body: HELD_TEXT, held: true });
        await made.publisher.publish(held, never);
      }
      if (runs === 3)
        for (let index = 5; index < drafts.length; index += 9)
          if (!gone.has(index) && !dated.has(index))
            await write(index, { key: `k${index}b`, body: `${drafts[index]?.body}\n\nA new last paragraph.` });
      await made.again({ pages: await pages }).finish();
      return saved.filter((_, index) => !gone.has(index) && !dated.has(index)).map(({ title }) => title);
    },
    async change() {
      for (let index = 10; index < drafts.length; index += 10) {
        const path = join(out, saved[index]?.file ?? '');
        if (index % 40 === 0) await setDate(path, '2099-01-01T00:00:00Z');
        else if (index % 40 === 10) await rm(path);
        else if (index % 40 === 20)
          await reviewPost(path, out, { verdict: 'reject', reviewer: 'Ann', at: '2026-01-01T00:00:00Z' }, preset);
        else await setEnd(path);
        (index % 40 === 0 || index % 40 === 30 ? dated : gone).add(index);
      }
    },
    hidden: () => [HELD_TEXT],
  };
}

/** As a person schedules a post. */
async function setDate(path: string, date: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace(/^(date|pubDate|Date): .*$/m, (_, name: string) => `${name}: ${date}`),
  );
}

/** As a person lets a post end, where the front matter has room for it. */
async function setEnd(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^---\n(?=title)/, '---\nexpiryDate: 2025-06-01T00:00:00Z\n'));
}

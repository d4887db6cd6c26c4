import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSiteIndex } from '../../src/services/site/site-index.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { makeCheckedDraft, makePublisher } from '../helpers/make-publisher.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';

const post = (title: string, tags: readonly string[], draft = true) =>
  `---\ntitle: '${title}'\ndescription: 'About ${title}.'\ntags:\n${tags.map((tag) => `  - ${tag}`).join('\n')}\ndraft: ${draft}\nprovenance:\n  provider: test\n  review: none\n---\n\n## Body\n\nText: with colons — and "quotes".\n`;

test('links go to existing posts that share distinctive words, best first, never to the post itself', async () => {
  await using project = await newProject();
  const site = join(project.folder, 'content');
  const out = join(project.folder, 'posts');
  await mkdir(join(site, 'old'), { recursive: true });
  await writeFile(
    join(site, 'old', 'turbine.md'),
    post('A tidal turbine for the harbour', ['tidal', 'turbine', 'energy']),
  );
  await writeFile(join(site, 'bread.md'), post('How to bake bread', ['bread', 'flour']));
  await writeFile(join(site, '태양광.md'), post('햇빛 마을의 태양광 협동조합', ['태양광', '협동조합']));
  using state = openStateFile(join(project.folder, 'state'));
  const index = await openSiteIndex({ now: 0, site, out, db: state.db });
  const paths = (text: string, except = '') => index.related(text, except).map(({ path }) => path);

  expect(index.related('Tidal turbine power in Port Selby', '')).toEqual([
    {
      path: '../content/old/turbine.md',
      address: '../content/old/turbine.md',
      title: 'A tidal turbine for the harbour',
      draft: true,
      terms: ['tidal', 'turbine'],
    },
  ]);
  expect(paths('태양광을 파는 협동조합')).toEqual(['../content/태양광.md']);
  expect(paths('What the year has been for the town')).toEqual([]);
  index.add({ path: 'new.md', title: 'Tidal energy and its turbine', text: '', draft: false });
  expect(paths('Tidal turbine energy', 'new.md')).toEqual(['../content/old/turbine.md']);
  expect(index.twinOf('The tidal turbine of the harbour', '')?.path).toBe('../content/old/turbine.md');
  expect(index.twinOf('The tidal turbine of the harbour', '../content/old/turbine.md')).toBeUndefined();
  expect(index.twinOf('A tidal barrage for the river', '')).toBeUndefined();
  index.add({ path: 'नदी.md', title: 'नदी किनारे बिजली', text: '', draft: false });
  expect(paths('बिजली और नदी')).toEqual(['नदी.md']);
  expect(paths('बिजली और नदि')).toEqual([]); // one sign makes another word
  index.add({ path: 'new.md', title: 'How to bake', text: 'bread', draft: false });
  expect(paths('Tidal energy and its turbine')).toEqual(['../content/old/turbine.md']);
  expect(paths('How to bake bread')).toContain('new.md');
});

test('a file of the blog is read once, again when it changed, and forgotten when it is gone', async () => {
  await using project = await newProject();
  const out = join(project.folder, 'posts');
  const file = join(out, 'a.md');
  await mkdir(out);
  await writeFile(file, post('Old turbine harbour', ['tidal']));
  const first = new Date('2026-01-01T00:00:00Z');
  await utimes(file, first, first);
  using state = openStateFile(join(project.folder, 'state'));
  const titles = async () =>
    (await openSiteIndex({ now: 0, site: undefined, out, db: state.db }))
      .related('turbine harbour tidal', '')
      .map(({ title }) => title);
  expect(await titles()).toEqual(['Old turbine harbour']);

  await writeFile(file, post('New turbine harbour', ['tidal']));
  await utimes(file, first, first);
  // Same size, same time: the proof that it was not read.
  expect(await titles()).toEqual(['Old turbine harbour']);
  await utimes(file, first, new Date('2026-01-02T00:00:00Z'));
  expect(await titles()).toEqual(['New turbine harbour']);
  await rm(file);
  expect(await titles()).toEqual([]);
  await writeFile(join(out, 'b.md'), post('How to bake bread', ['flour']));
  expect(await titles()).toEqual([]); // its words do not stay for the next one
  await rm(join(out, 'b.md'));
  await titles();
  expect(state.db.prepare('SELECT file FROM site_pages').all()).toEqual([]);
});

test('two output folders of one state file are kept apart, and neither is read again when the other was asked', async () => {
  await using project = await newProject();
  const at = (...names: string[]) => join(project.folder, ...names);
  const time = new Date('2026-01-01T00:00:00Z');
  const save = async (file: string, title: string) => {
    await writeFile(file, post(title, ['tidal']));
    await utimes(file, time, time);
  };
  for (const folder of ['content', 'one', 'two']) await mkdir(at(folder));
  await save(at('content', 'a.md'), 'Turbine in the blog');
  await save(at('one', 'a.md'), 'Turbine number one');
  await save(at('two', 'a.md'), 'Turbine number two');
  await save(at('two', 'b.md'), 'Turbine by the way');
  using state = openStateFile(at('state'));
  const titles = async (out: string, site?: string) =>
    (await openSiteIndex({ now: 0, site, out, db: state.db }))
      .related('tidal turbine', '')
      .map(({ path, title }) => `${path} ${title}`)
      .sort();

  expect(await titles(at('one'), at('content'))).toEqual([
    '../content/a.md Turbine in the blog',
    'a.md Turbine number one',
  ]);
  expect(await titles(at('two'))).toEqual(['a.md Turbine number two', 'b.md Turbine by the way']);
  await save(at('one', 'a.md'), 'Turbine number six');
  await rm(at('two', 'b.md'));
  // Same size, same time: the proof that it was not read.
  expect(await titles(at('one'), at('content'))).toEqual([
    '../content/a.md Turbine in the blog',
    'a.md Turbine number one',
  ]);
  expect(await titles(at('two'))).toEqual(['a.md Turbine number two']);
  // A folder within the other: each file once.
  expect(await titles(at('two'), project.folder)).toEqual([
    '../content/a.md Turbine in the blog',
    '../one/a.md Turbine number one',
    'a.md Turbine number two',
  ]);
});

test('the next run indexes what a killed run left out, and the file of a post overrides its index entry', async () => {
  await using project = await newProject();
  const out = join(project.folder, 'posts');
  await mkdir(out);
  using state = openStateFile(join(project.folder, 'state'));
  const remembered = [{ path: 'page.html', title: 'Turbine page', text: '', draft: false }];
  const open = (posts: Parameters<typeof openSiteIndex>[0]['posts'] = []) =>
    openSiteIndex({ now: 0, site: undefined, out, db: state.db, posts });
  const first = await open();
  await writeFile(join(out, 'saved.md'), post('Turbine saved', ['tidal']));
  await writeFile(join(out, 'page.html'), '');
  first.add({ path: 'saved-too.md', title: 'Turbine told', text: 'tidal', draft: false });
  await writeFile(join(out, 'saved-too.md'), post('Turbine read', ['tidal', 'barrage']));
  first.add({ path: 'never-saved.md', title: 'Turbine lost', text: 'tidal', draft: false });
  const titles = ({ related }: typeof first, text: string) =>
    related(text, '')
      .map(({ title }) => title)
      .sort();

  expect(titles(await open(remembered), 'tidal turbine')).toEqual(['Turbine read', 'Turbine saved']);
  expect(titles(await open(remembered), 'turbine page')).toEqual(['Turbine page']);
  const second = await open(remembered);
  second.add({ path: 'page.html', title: 'Turbine page', text: 'tidal', draft: false });
  // The record of it has no text, but is of the same post.
  expect(titles(await open(remembered), 'tidal page')).toEqual(['Turbine page']);
  expect(
    titles(await open([{ path: 'page.html', title: 'Turbine side', text: '', draft: false }]), 'turbine side'),
  ).toEqual(['Turbine side']);
  expect(titles(await open(), 'turbine side')).toEqual([]);
});

test('a page whose words were indexed in another way is indexed again, and nothing of the old ones stays', async () => {
  await using project = await newProject();
  const out = join(project.folder, 'posts');
  await mkdir(out);
  await writeFile(join(out, 'a.md'), post('Turbine harbour', ['tidal']));
  using state = openStateFile(join(project.folder, 'state'));
  const related = async (text: string) =>
    (await openSiteIndex({ now: 0, site: undefined, out, db: state.db })).related(text, '').map(({ title }) => title);
  expect(await related('turbine harbour')).toEqual(['Turbine harbour']);

  state.db.exec("UPDATE site_pages SET title_words = 'river barrage', stamp = '1' || substr(stamp, instr(stamp, ' '))");
  expect(await related('turbine harbour')).toEqual(['Turbine harbour']);
  expect(await related('river barrage')).toEqual([]);
});

test('a search uses only its rarest words, so that its cost does not grow with the blog', async () => {
  await using project = await newProject();
  const out = join(project.folder, 'posts');
  using state = openStateFile(join(project.folder, 'state'));
  const posts = Array.from({ length: 2001 }, (_, at) => ({
    path: `${at}.html`,
    title: at % 1000 === 0 ? 'Harbour tidal turbine' : 'Harbour',
    text: '',
    draft: false,
  }));
  const { related } = await openSiteIndex({ now: 0, site: undefined, out, db: state.db, posts });

  expect(related('harbour turbine tidal', '0.html').map(({ path, terms }) => ({ path, terms }))).toEqual([
    { path: '1000.html', terms: ['turbine', 'tidal'] },
    { path: '2000.html', terms: ['turbine', 'tidal'] },
  ]);
});

test('review lists pending drafts, approves and rejects them, and changes no text and no other file', async () => {
  await using project = await newProject();
  const { out, publisher } = await makePublisher({ out: join(project.folder, 'posts') });
  await publisher.publish(
    makeCheckedDraft({ title: 'One: a "title"', slug: 'a', held: true }),
    new AbortController().signal,
  );
  const file = join(out, 'a.md');
  const before = await readFile(file, 'utf8');
  const run = (...args: string[]) => blogger(['review', ...args], { cwd: project.folder });

  await writeFile(join(out, 'notes.md'), '---\ntitle: Mine\ndraft: true\n---\n');
  expect(await run()).toMatchObject({
    stdout: expect.stringMatching(/^draft +posts\/a\.md +One: a "title"$/) as string,
    stderr: expect.stringContaining('posts/notes.md') as string,
  });
  expect(
    (await run('approve', 'posts/a.md', 'posts/notes.md', '--by', 'Ann Lee', '--note', 'checked')).stderr,
  ).toContain('left alone posts/notes.md');
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/draft: false\n/);
  expect(text).toMatch(/review: "?approved by Ann Lee at \d{4}-[^\n]+: checked"?\n/);
  expect(before.split('---\n').slice(2).join('---\n')).toContain(text.split('---\n').slice(2).join('---\n').trimEnd());
  expect((await run()).stdout).toBe('');
  await run('reject', 'posts/a.md', '--by', 'Bo');
  expect((await run()).stdout).toBe('');
  expect(JSON.parse((await run('--all', '--json')).stdout)).toMatchObject({
    draft: true,
    review: expect.stringContaining('rejected by Bo') as string,
  });
  expect(await readFile(join(out, 'notes.md'), 'utf8')).toBe('---\ntitle: Mine\ndraft: true\n---\n');
  expect((await run('approve', 'nothing.md')).exitCode).toBe(2);
  expect((await run('approve')).exitCode).toBe(2);
});

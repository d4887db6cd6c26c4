import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EmulatedForge, FORGE_TOKEN, startForge } from '../../helpers/forge-server.ts';
import { handWritten, publishProject } from '../../helpers/publish-project.ts';

const NOON = Date.UTC(2026, 10, 29, 12);
const DAY = 24 * 60 * 60_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const WHO = 'a <a@b> 1764417600 +0000';

/** Made once and copied, because each start of git costs more than a copy. */
let template: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'blogger-bare-'));
  await execa('git', ['init', '-q', '--bare', '-b', 'main', '--template=', template]);
  const config = '[receive]\n\tdenyNonFastForwards = true\n\tdenyDeletes = true\n';
  await appendFile(join(template, 'config'), config);
  await commitInto(template, { 'README.md': 'A blog.\n' });
});
afterAll(() => rm(template, { recursive: true, force: true }));

/** Empty text deletes a file. */
async function commitInto(folder: string, files: Readonly<Record<string, string>>, isFirst = true): Promise<void> {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = Object.entries(files).map(([path, text]) =>
    text === '' ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`,
  );
  const from = isFirst ? '' : 'from refs/heads/main^0\n';
  const input = `commit refs/heads/main\ncommitter ${WHO}\n${data('by hand')}${from}${changes.join('')}`;
  await execa('git', ['-C', folder, 'fast-import', '--quiet'], { input });
}

/** A bare repository with one commit, and what is asked of it. */
async function bareRepository() {
  const folder = await mkdtemp(join(tmpdir(), 'blogger-bare-'));
  await cp(template, folder, { recursive: true });
  const git = async (args: string[]) => (await execa('git', ['-C', folder, ...args])).stdout;
  return {
    folder,
    git,
    put: (files: Readonly<Record<string, string>>) => commitInto(folder, files, false),
    branches: async () =>
      (await git(['for-each-ref', '--format=%(refname:short)', 'refs/heads/blogger/'])).split('\n').filter(Boolean),
    filesOf: async (branch: string) =>
      (await git(['ls-tree', '-rz', '--name-only', branch])).split('\0').filter(Boolean),
    merge: (branch: string) => git(['update-ref', 'refs/heads/main', branch]),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

type Bare = Awaited<ReturnType<typeof bareRepository>>;

const settingsFor = (bare: Bare, forge?: { readonly url: string }, kind: EmulatedForge = 'github') => ({
  publish: ['git' as const],
  gitUrl: bare.folder,
  timezone: 'UTC',
  ...(forge === undefined ? {} : { gitForge: kind, gitApi: forge.url, gitProject: 'ann/blog' }),
});
const secrets = { GIT_TOKEN: FORGE_TOKEN };
const shaIn = (bare: Bare) => (branch: string) => bare.git(['rev-parse', branch]);

test.each(['github', 'gitlab', 'forgejo'] as const)(
  'three runs leave three branches with one open request each at %s, and a run without news leaves none',
  async (kind) => {
    await using bare = await bareRepository();
    await using forge = await startForge(kind, shaIn(bare));
    await using project = await publishProject();
    const settings = settingsFor(bare, forge, kind);
    for (const [run, name] of ['one', 'two', 'three'].entries()) {
      await project.write(`posts/${name}.md`, handWritten(name));
      const names = ['one', 'two', 'three'].slice(0, run + 1).map((one) => `posts/${one}.md`);
      const results = await project.publish(names, { settings, secrets, now: NOON + run });
      expect(results.map(({ outcome }) => outcome)).toEqual([...Array(run).fill('unchanged'), 'created']);
      expect(await project.publish(names, { settings, secrets, now: NOON + run })).toEqual(
        names.map((file) =>
          expect.objectContaining({ file, outcome: 'unchanged', detail: expect.stringContaining(forge.url) }),
        ),
      );
    }

    expect(await bare.branches()).toEqual(['blogger/2026-11-29', 'blogger/2026-11-29-2', 'blogger/2026-11-29-3']);
    expect(forge.requests).toMatchObject([
      { head: 'blogger/2026-11-29', base: 'main', state: 'open', title: 'Publish “one”' },
      { head: 'blogger/2026-11-29-2', base: 'main', state: 'open' },
      { head: 'blogger/2026-11-29-3', base: 'main', state: 'open' },
    ]);
    expect(await bare.filesOf('blogger/2026-11-29-2')).toEqual(['README.md', 'posts/two.md']);
    expect(await bare.git(['show', 'blogger/2026-11-29:posts/one.md'])).toBe(
      (await readFile(join(project.cwd, 'posts/one.md'), 'utf8')).trimEnd(),
    );
  },
);

test.each(['lost', 'refused'] as const)('a request whose answer is %s is opened once', async (fault) => {
  await using bare = await bareRepository();
  await using forge = await startForge('github', shaIn(bare));
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  let call = 0;
  forge.fault = () => (call++ < 2 ? fault : undefined);

  await project.publish(['posts/a.md'], { settings: settingsFor(bare, forge), secrets, now: NOON });

  expect(forge.requests).toHaveLength(1);
  expect(await bare.branches()).toHaveLength(1);
});

test.each(['state kept', 'state lost'])(
  'a run that died between the push and the request opens it later: %s',
  async (state) => {
    await using bare = await bareRepository();
    await using forge = await startForge('forgejo', shaIn(bare));
    await using project = await publishProject({ 'posts/a.md': handWritten('a') });
    const settings = settingsFor(bare, forge, 'forgejo');
    const death = new AbortController();
    forge.fault = () => {
      death.abort(new DOMException('killed', 'AbortError'));
      return 'refused';
    };
    await project.publish(['posts/a.md'], { settings, secrets, now: NOON, signal: death.signal }).catch(() => {});
    forge.fault = () => undefined;
    expect(forge.requests).toEqual([]);
    if (state === 'state lost') await rm(join(project.cwd, '.blogger'), { recursive: true });

    await project.publish(['posts/a.md'], { settings, secrets, now: NOON + DAY });

    expect(await bare.branches()).toEqual(['blogger/2026-11-29']);
    expect(forge.requests).toMatchObject([{ head: 'blogger/2026-11-29', state: 'open' }]);
  },
);

test('two machines at once leave one branch for a post, or two that hold different posts', async () => {
  await using bare = await bareRepository();
  await using a = await publishProject({ 'posts/a.md': handWritten('a') });
  await using b = await publishProject({ 'posts/b.md': handWritten('b') });
  const settings = settingsFor(bare);

  await Promise.all([
    a.publish(['posts/a.md'], { settings, now: NOON }),
    b.publish(['posts/b.md'], { settings, now: NOON }),
  ]);

  const names = await bare.branches();
  expect(names).toEqual(['blogger/2026-11-29', 'blogger/2026-11-29-2']);
  const held = await Promise.all(names.map((name) => bare.filesOf(name)));
  expect(held.map((files) => files.length)).toEqual([2, 2]);
});

test('what was merged is unchanged; a new version becomes a new branch; what a person changed, deleted or turned down stays', async () => {
  await using bare = await bareRepository();
  await using project = await publishProject({ 'posts/a.md': handWritten('a'), 'posts/b.md': handWritten('b') });
  const settings = settingsFor(bare);
  const publish = (force = false) =>
    project
      .publish(['posts/a.md', 'posts/b.md'], { settings, force, now: NOON })
      .then((all) => all.sort((x, y) => x.file.localeCompare(y.file)).map(({ outcome }) => outcome));
  expect(await publish()).toEqual(['created', 'created']);
  await bare.merge('blogger/2026-11-29');
  expect(await publish()).toEqual(['unchanged', 'unchanged']);

  await project.write('posts/a.md', handWritten('a', 'Newer.'));
  expect(await publish()).toEqual(['updated', 'unchanged']);
  expect(await bare.branches()).toEqual(['blogger/2026-11-29', 'blogger/2026-11-29-2']);

  await bare.put({ 'posts/a.md': 'By hand.\n', 'posts/b.md': '' });
  await project.write('posts/a.md', handWritten('a', 'Newest.'));
  await project.write('posts/b.md', handWritten('b', 'Newest.'));
  await bare.git(['update-ref', '-d', 'refs/heads/blogger/2026-11-29']);
  await bare.git(['update-ref', '-d', 'refs/heads/blogger/2026-11-29-2']);
  expect(await publish()).toEqual(['kept', 'kept']);
  expect(await bare.branches()).toEqual([]);
  expect(await publish(true)).toEqual(['updated', 'created']);
});

test('pictures beside a post go with it, and a draft goes nowhere', async () => {
  await using bare = await bareRepository();
  await using project = await publishProject({
    'posts/a.md': handWritten(
      'a',
      '![A boat](images/a%20b.png)\n\n![A sail](images/%22c%22.png)\n\n![Out](../../out.png)',
    ),
    'posts/images/a b.png': PNG,
    'posts/images/"c".png': PNG,
    'posts/held.md': '---\ntitle: Held\ndraft: true\n---\n\nSecret.\n',
  });

  const results = await project.publish(['posts/a.md', 'posts/held.md'], {
    settings: { ...settingsFor(bare), gitFolder: 'content/blog' },
    now: NOON,
  });

  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['created', 'held']);
  expect(await bare.filesOf('blogger/2026-11-29')).toEqual([
    'README.md',
    'content/blog/a.md',
    'content/blog/images/"c".png',
    'content/blog/images/a b.png',
  ]);
});

test('a picture that the site serves at its root goes where the project has it', async () => {
  await using bare = await bareRepository();
  await using project = await publishProject({
    'posts/a.md': '---\ntitle: A\nimage: /images/card.png\n---\n\nText.\n',
    'static/images/card.png': PNG,
  });

  await project.publish(['posts/a.md'], { settings: settingsFor(bare), now: NOON });

  expect(await bare.filesOf('blogger/2026-11-29')).toEqual(['README.md', 'posts/a.md', 'static/images/card.png']);
});

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('a post keeps the line ends that it has in the repository: %s', async (_name, end) => {
  await using bare = await bareRepository();
  const [old = '', text = ''] = [handWritten('a', 'Old.'), handWritten('a', 'New.')].map((one) =>
    one.replaceAll('\n', end),
  );
  await bare.put({ 'posts/a.md': text, 'posts/b.md': old });
  for (const here of ['\n', '\r\n']) {
    await using project = await publishProject({
      'posts/a.md': text.replaceAll(end, here),
      'posts/b.md': text.replaceAll(end, here),
      'posts/c.md': text.replaceAll(end, here),
    });
    const call = { settings: settingsFor(bare), now: NOON, force: true };
    const results = await project.publish(['posts/a.md', 'posts/b.md', 'posts/c.md'], call);

    expect(results.map(({ outcome }) => outcome).sort()).toEqual(
      here === '\n' ? ['created', 'unchanged', 'updated'] : ['unchanged', 'unchanged', 'unchanged'],
    );
  }
  const diff = await bare.git(['diff', '--numstat', 'main', 'blogger/2026-11-29', '--', 'posts/b.md']);
  expect(diff).toBe('1\t1\tposts/b.md');
  expect(await bare.git(['show', 'blogger/2026-11-29:posts/c.md'])).not.toContain('\r');
});

test('a post that is the index of its folder keeps the folder, wherever it lies', async () => {
  await using bare = await bareRepository();
  await using project = await publishProject({
    'content/one/index.md': handWritten('One'),
    'content/two/index.md': handWritten('Two', '![A boat](boat.png)'),
    'content/two/boat.png': PNG,
  });

  await project.publish(['content/one/index.md', 'content/two/index.md'], { settings: settingsFor(bare), now: NOON });

  expect(await bare.filesOf('blogger/2026-11-29')).toEqual([
    'README.md',
    'posts/one/index.md',
    'posts/two/boat.png',
    'posts/two/index.md',
  ]);
});

test('an empty repository, a wrong address and a wrong token are named, and no token is in the words', async () => {
  await using bare = await bareRepository();
  await using forge = await startForge('github', shaIn(bare));
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  const outcomeOf = async (settings: object, token = FORGE_TOKEN) =>
    (
      await project.publish(['posts/a.md'], {
        settings: { ...settingsFor(bare, forge), ...settings },
        secrets: { GIT_TOKEN: token },
        now: NOON,
      })
    )[0];

  expect(await outcomeOf({ gitBranch: 'nowhere' })).toMatchObject({ outcome: 'failed', code: 'TARGET_REFUSED' });
  expect(await outcomeOf({ gitUrl: '/nowhere.git' })).toMatchObject({ outcome: 'failed', code: 'TARGET_UNREACHABLE' });
  const refused = await outcomeOf({}, 'wrong-token');
  expect(refused).toMatchObject({ outcome: 'failed', code: 'TARGET_AUTH' });
  expect(JSON.stringify(refused)).not.toContain('wrong-token');
});

/** A program that git runs at this place. */
async function putHook(path: string, script: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

test.each([
  ['christiangalsterer/stash-filehooks-plugin#27', 'echo "The file is too large"'],
  ['git-lfs/git-lfs#6330', 'echo "error: GH001: Large files detected."'],
  ['dyad-sh/dyad#4616', 'echo "GitLab: Commit message does not follow the pattern"'],
])('%s: a rule that refuses a push is told, and asked once', async (_report, words) => {
  await using bare = await bareRepository();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  const pushes = join(bare.folder, 'pushes');
  await putHook(join(bare.folder, 'hooks', 'pre-receive'), `echo x >> ${pushes}\n${words} >&2\nexit 1`);

  const [result] = await project.publish(['posts/a.md'], { settings: settingsFor(bare), secrets });

  expect(result).toMatchObject({ outcome: 'failed', code: 'TARGET_REFUSED' });
  expect(result?.detail).toContain(/"(?:error: )?(.*)"/.exec(words)?.[1]);
  expect(await readFile(pushes, 'utf8')).toBe('x\n');
});

test('evilmartians/lefthook#1264: run by a hook of another repository, it works on its own', async () => {
  await using bare = await bareRepository();
  await using other = await bareRepository();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  const before = await other.git(['for-each-ref']);
  vi.stubEnv('GIT_DIR', other.folder);
  vi.stubEnv('GIT_INDEX_FILE', join(other.folder, 'index'));
  vi.stubEnv('GIT_OBJECT_DIRECTORY', join(other.folder, 'objects'));
  vi.stubEnv('GIT_WORK_TREE', project.cwd);

  const results = await project.publish(['posts/a.md'], { settings: settingsFor(bare), secrets });
  vi.unstubAllEnvs();

  expect(results).toMatchObject([{ outcome: 'created' }]);
  expect(await bare.branches()).toHaveLength(1);
  expect([await other.git(['for-each-ref']), await other.git(['count-objects'])]).toEqual([
    before,
    expect.stringMatching(/^3 objects/),
  ]);
});

test('hooks of a person for all of their repositories do not run', async () => {
  await using bare = await bareRepository();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  await putHook(join(project.cwd, 'hooks', 'pre-push'), 'exit 1');
  await writeFile(join(project.cwd, 'gitconfig'), `[core]\n\thooksPath = ${join(project.cwd, 'hooks')}\n`);
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(project.cwd, 'gitconfig'));

  const results = await project.publish(['posts/a.md'], { settings: settingsFor(bare), secrets });
  vi.unstubAllEnvs();

  expect(results).toMatchObject([{ outcome: 'created' }]);
});

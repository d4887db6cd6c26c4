import { expect, test } from 'vitest';
import { FEEDS, feedSite } from '../helpers/hostile-feeds.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { status, TestSite } from '../helpers/test-site.ts';

test('feeds on the command line: what is new is written, `sources` lists them, and a forgotten one starts over', async () => {
  await using site = await TestSite.open();
  await using project = await newProject();
  site.routes.set('*', feedSite({ round: () => 0, origin: () => site.url('') }));
  const plain = site.url(`/feed/${Object.keys(FEEDS).indexOf('plain')}`);
  const dead = site.url('/dead.xml');
  site.routes.set('/dead.xml', status(410));
  const run = (...args: string[]) => blogger([...args, '--allow-private', '--plain'], { cwd: project.folder });
  const list = (...args: string[]) => blogger(['sources', ...args], { cwd: project.folder });

  const first = await run('generate', plain, '--newest', '2', '--provider', 'extractive');
  expect(first.stderr).toMatch(/Posts +2 written/);
  expect(first.stderr).toMatch(/Feeds +1 read · 2 new items/);
  expect(first.exitCode).toBe(0);

  const second = await run('generate', plain, dead, '--provider', 'extractive');
  expect(second.stderr).toMatch(/Feeds +1 read · 1 failed · 0 new items/);
  expect(second.stderr).toContain(`${dead} (<command line>:1)`);
  expect(second.exitCode).toBe(3);

  const shown = await list();
  expect(shown.stdout).toMatch(/\/feed\/0\n {2}A feed · feed · last read .* ago · 0 new · 8 seen$/m);
  expect(shown.stdout).toMatch(/dead\.xml\n.*\n {2}HTTP_STATUS: .*410.* \(1 failed look\)/);
  const rows = (await list('--json')).stdout.split('\n').map((line) => JSON.parse(line) as { url: string });
  expect(rows.map(({ url }) => url).sort()).toEqual([dead, plain].sort());

  expect((await list('forget', plain)).exitCode).toBe(0);
  expect((await list('forget', plain)).exitCode).toBe(2);
  expect((await list('forget')).exitCode).toBe(2);
  const third = await run('generate', `${plain} newest=1`, '--provider', 'extractive');
  expect(third.stderr).toMatch(/Feeds +1 read · 1 new item\b/);
  expect(third.stderr).toMatch(/0 written · 1 unchanged/);
});

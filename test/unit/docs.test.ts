import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('every page of the documentation is in the menu of its site', () => {
  const config = readFileSync(`${ROOT}docs/.vitepress/config.js`, 'utf8');
  const listed = [...config.matchAll(/page\('[^']+', '([^']+)'\)/g)].map(([, name]) => `${name}.md`);
  const pages = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith('.md') && name !== 'index.md');

  expect(listed.toSorted()).toEqual(pages.toSorted());
});

test('the index of decisions lists each record with its title', () => {
  const rows = [
    ...readFileSync(`${ROOT}docs/adr/README.md`, 'utf8').matchAll(/^\| \[(\d+)\]\((.+?)\) \| (.+?) \| .+ \|$/gm),
  ];
  const records = readdirSync(`${ROOT}docs/adr`)
    .filter((name) => name !== 'README.md')
    .map((name) => [name, readFileSync(`${ROOT}docs/adr/${name}`, 'utf8').split('\n')[0]]);

  expect(rows.map(([, number, file, title]) => [file, `# ${number}. ${title}`])).toEqual(records);
});

test.each([
  [
    'nothing found',
    '{"metadata":{"vulnerabilities":{"low":0,"moderate":0,"high":0,"critical":0,"total":0}}}',
    0,
    'nothing found',
  ],
  [
    'only moderate ones',
    '{"metadata":{"vulnerabilities":{"moderate":2,"high":0,"critical":0,"total":2}}}',
    0,
    '2 moderate',
  ],
  ['a high one', '{"metadata":{"vulnerabilities":{"high":1,"critical":0,"total":1}}}', 1, '1 high'],
  ['a critical one', '{"metadata":{"vulnerabilities":{"high":0,"critical":1,"total":1}}}', 1, '1 critical'],
  [
    'a registry without an audit',
    '{"message":"405 Method Not Allowed","error":{"summary":""}}',
    0,
    'not judged, the registry gave none (405 Method Not Allowed)',
  ],
  ['nothing', '', 0, 'not judged'],
])('the dependency audit: %s', (_what, report, exitCode, said) => {
  const { status, stdout } = spawnSync(process.execPath, [`${ROOT}scripts/judge-audit.js`], {
    input: report,
    encoding: 'utf8',
  });

  expect([status, stdout]).toEqual([exitCode, expect.stringContaining(said)]);
});

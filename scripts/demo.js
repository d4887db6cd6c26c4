// The demo: the sample site on a loopback port, the real command over it with the built-in writer, posts in demo-posts/.

import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startSiteServer } from './site-server.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const site = await startSiteServer({ port: 4173 }).catch(() => startSiteServer());
await rm(`${root}.demo`, { recursive: true, force: true });
await rm(`${root}demo-posts`, { recursive: true, force: true });
const list = site.port === 4173 ? 'fixtures/urls.txt' : await movedList(site.port);

const args = [
  'bin/blogger.js',
  'generate',
  list,
  '--allow-private',
  '--provider',
  'extractive',
  '--out',
  'demo-posts',
  '--state',
  '.demo',
];
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.on('SIGINT', () => {}); // the child hears it too and ends kindly
const code = await new Promise((resolve) => child.once('exit', resolve));
await site.close();

// One page of the sample site is dead on purpose, so 3 (some failed) is what must come.
if (code === 3)
  console.error(`The demo went as it should: one page of the sample site is dead on purpose. Look into demo-posts/.
Your own pages next: npm link && mkdir ../my-blog && cd ../my-blog && blogger init`);
process.exitCode = code === 3 ? 0 : 1;

/** The list for a site on another port, because somebody has 4173. */
async function movedList(port) {
  await mkdir(`${root}.demo`, { recursive: true });
  const text = await readFile(`${root}fixtures/urls.txt`, 'utf8');
  await writeFile(`${root}.demo/urls.txt`, text.replaceAll(':4173', `:${port}`));
  return '.demo/urls.txt';
}

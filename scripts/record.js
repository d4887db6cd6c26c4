// `npm run record`: types a command into a real shell on a real pseudo-terminal and keeps what was on the screen as docs/recording.svg.
// The sample site answers after 300 ms, as hosts far away do; nothing is cut, and no time is changed.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import headless from '@xterm/headless';
import { readScreen } from './recording/read-screen.js';
import { renderSvg } from './recording/render-svg.js';
import { startSiteServer } from './site-server.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZE = { columns: 104, rows: 32 };
const COMMANDS = ['blogger generate urls.txt --allow-private', 'ls posts'];
const PROMPT = '$ ';
const KEY_MS = 45;

const site = await startSiteServer({ port: 4173, latencyMs: 300 }).catch(() => startSiteServer({ latencyMs: 300 }));
const folder = await mkdtemp(join(tmpdir(), 'blogger-recording-'));
try {
  const list = await readFile(join(ROOT, 'fixtures/urls.txt'), 'utf8');
  await writeFile(join(folder, 'urls.txt'), list.replaceAll(':4173', `:${site.port}`));
  await symlink(join(ROOT, 'bin/blogger.js'), join(folder, 'blogger'));
  const frames = await record();
  const title =
    'blogger reads 17 addresses of a sample site and writes 12 posts; what it left out is named with its reason.';
  await writeFile(join(ROOT, 'docs/recording.svg'), renderSvg(frames, { ...SIZE, title }));
  console.log(`docs/recording.svg: ${frames.length} screens, ${(frames.at(-1).atMs / 1000).toFixed(1)} s`);
} finally {
  await rm(folder, { recursive: true, force: true });
  await site.close();
}

async function record() {
  const terminal = new headless.Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });
  const shell = spawn(
    'script',
    ['-qefc', `stty cols ${SIZE.columns} rows ${SIZE.rows}; exec bash --norc --noprofile -i`, '/dev/null'],
    {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        HOME: folder,
        TERM: 'xterm-256color',
        PS1: PROMPT,
        LANG: 'C.UTF-8',
      },
    },
  );
  const ended = new Promise((resolve) => shell.once('exit', resolve));
  const frames = [];
  let startedAt;
  shell.stdout.on('data', (chunk) => {
    terminal.write(chunk, () => {
      if (startedAt === undefined) return;
      const rows = readScreen(terminal);
      const atMs = Math.round(performance.now() - startedAt);
      if (JSON.stringify(frames.at(-1)?.rows) === JSON.stringify(rows)) return;
      if (frames.length > 1 && atMs - frames.at(-1).atMs < 20) frames.pop(); // one drawing that came in pieces
      frames.push({ atMs, rows });
    });
  });
  await promptComes(terminal);
  startedAt = performance.now();
  frames.push({ atMs: 0, rows: readScreen(terminal) });
  for (const command of COMMANDS) {
    for (const key of command) {
      shell.stdin.write(key);
      await sleep(KEY_MS);
    }
    shell.stdin.write('\r');
    await sleep(500);
    await promptComes(terminal);
    await sleep(2500);
  }
  const seen = [...frames];
  shell.stdin.write('exit\r');
  await ended;
  return seen;
}

/** Until the line of the cursor is an empty prompt. */
async function promptComes(terminal) {
  for (;;) {
    const { active } = terminal.buffer;
    if (
      active
        .getLine(active.baseY + active.cursorY)
        ?.translateToString(true)
        .trimEnd() === PROMPT.trimEnd()
    )
      return;
    await sleep(50);
  }
}

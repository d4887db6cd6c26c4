// `blogger score` on 1,000 posts, process start included, beside reading files of the same kind and parsing each once as Markdown; both a post, because parsing takes long.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../tools/median.js';
import { printPromise } from '../tools/promise.js';

const POSTS = Number(process.argv[2] ?? 1000);
const PARSED = Math.min(100, POSTS);
const ROUNDS = 3;
const LIMIT_SECONDS = 5;

const bin = fileURLToPath(new URL('../../bin/blogger.js', import.meta.url));
const reader = fileURLToPath(new URL('./parse-only.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'blogger-bench-score-'));
const files = Array.from({ length: POSTS }, (_, number) => `post-${number}.md`);
for (const [number, file] of files.entries()) await writeFile(join(folder, file), makePost(number));

const times = { score: [], parse: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  times.parse.push(secondsOf(reader, files.slice(0, PARSED)));
  times.score.push(secondsOf(bin, files, 'score', '--json'));
}
await rm(folder, { recursive: true });

const [score, parse] = [median(times.score), (median(times.parse) / PARSED) * POSTS];
console.log(
  `${POSTS} posts of ${makePost(1).length.toLocaleString('en')} characters: scored in ${score.toFixed(2)} s, read and parsed they take ${parse.toFixed(2)} s`,
);
printPromise('score', {
  figure: `${score.toFixed(2)} s, ${(score / parse).toFixed(2)} of reading and parsing them once`,
  holds: score < LIMIT_SECONDS && score <= parse,
});

function secondsOf(script, posts, ...args) {
  const startedAt = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [script, ...args, ...posts], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const lines = stdout.trim().split('\n').length;
  if (status !== 0 || lines !== posts.length) throw new Error(`${script} exited ${status} with ${lines} lines`);
  return (performance.now() - startedAt) / 1000;
}

/** As long as posts usually are, with everything that a rule looks at. */
function makePost(number) {
  const words = (count, seed) =>
    Array.from({ length: count }, (_, at) => `word${(at * seed + number) % 997}`).join(' ');
  const paragraph = (seed) =>
    `Tidal power ${words(60, seed)}. It ${words(20, seed + 1)}. See [the next one](./post-${(number + seed) % POSTS}.md).`;
  const section = (seed) =>
    `## Tidal power ${words(3, seed)}\n\n${paragraph(seed)}\n\n![A turbine](https://example.org/${seed}.jpg)\n\n- ${words(8, seed)}\n- ${words(9, seed)}`;
  const body = [3, 5, 7, 11, 13].map(section).join('\n\n');
  return `---\ntitle: "Post ${number}: what tidal power taught the town"\ndescription: "${words(14, 17)}"\nlang: en\nkeywords: [tidal power]\ncanonical: https://example.org/${number}\n---\n\n${body}\n`;
}

/**
 * The newcomer's walk: README.md, then (with `npm run test:walk`) docs/recipes.md, from top to bottom in a fresh checkout, each block as it stands there, in one shell.
 * What a newcomer has and a test has not is put in place of it: example.com is the sample site, the vendor and Ollama are the vendor test server,
 * Redis is one of our own; private addresses are allowed because all of them are on loopback. npm takes the packages and the build that are here.
 * `npm run test:walk` runs a real `npm ci`, and `npm link` puts the packed project on the PATH, so that every command runs as it is published;
 * `BLOGGER_WALK=recipes` walks through both documents without that.
 */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startSiteServer } from '../../scripts/site-server.js';
import { Disposer } from '../../src/util/disposer.ts';
import { commandsOf, type ReadmeBlock, readBlocks } from '../helpers/readme-blocks.ts';
import { openRedisServer } from '../helpers/redis-server.ts';
import { startVendorServer } from '../helpers/vendor-server/start.js';
import { startWordPress } from '../helpers/wordpress-server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const walk = process.env['BLOGGER_WALK'] ?? '';
/** With the recipes. */
const isWhole = walk === 'whole' || walk === 'recipes';
/** A real `npm ci`, which takes minutes and needs the network. */
const isInstalled = walk === 'whole';
const LIMIT_MS = isWhole ? 1_800_000 : 580_000;
const hasRedis = inject('redisServer') !== '';
const DOCUMENTS = isWhole ? ['README.md', 'docs/recipes.md'] : ['README.md'];
const documents = await Promise.all(DOCUMENTS.map((file) => readFile(join(ROOT, file), 'utf8')));
/** Lines count on from one document to the next. */
const blocks = readBlocks(documents.join(''));
const commands = blocks.flatMap((block) =>
  isShell(block) ? commandsIn(block).map((command) => ({ ...command, isSkipped: !isRun(block) })) : [],
);
const things = new Disposer();
let home = '';
let said = new Map<number, { readonly exitCode: number; readonly output: string }>();

/** Where Redis is left out on purpose, its blocks are: the variable would stay set for the rest. */
function isRun(block: ReadmeBlock): boolean {
  return isShell(block) && (hasRedis || !/redis/i.test(block.text));
}

function isShell({ language }: ReadmeBlock): boolean {
  return language === 'sh' || language === 'crontab';
}

/** What works until it is stopped is stopped by SIGTERM when the walk is over. */
function commandsIn(block: ReadmeBlock) {
  return commandsOf(block).map((command) => {
    const isLong = block.note === 'background' && !command.command.startsWith('export ');
    return { ...command, isLong, exitCode: isLong ? 143 : command.exitCode };
  });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'blogger-walk-'));
  things.defer(() => rm(home, { recursive: true, force: true }));
  const site = await startSiteServer();
  things.defer(() => site.close());
  const vendor = things.use(await startVendorServer({ batch: { durationMs: 300 } }));
  const redis = hasRedis ? things.use(await openRedisServer(inject('redisServer'))) : undefined;
  // Its password is the one that the README writes in place of a person's own.
  const wordpress = things.use(await startWordPress({ password: 'xxxx xxxx xxxx xxxx xxxx xxxx' }));
  await checkOut();
  await writeNpm();
  const inPlaceOf = [
    ['https://example.com', site.url],
    ['http://localhost:11434/v1', vendor.openaiBaseUrl],
    ['http://127.0.0.1:8080', wordpress.url],
    ['redis://cache.example:6379', redis?.url ?? ''],
    ['/srv/blog', join(home, 'my-blog')],
  ] as const;
  const script = inPlaceOf.reduce((text, [name, here]) => text.replaceAll(name, here), writeScript());
  await writeFile(join(home, 'walk.sh'), script);
  await execa('bash', ['../walk.sh'], {
    cwd: join(home, 'blogger'),
    env: {
      PATH: `${join(home, 'bin')}:${join(home, 'prefix/bin')}:${process.env['PATH'] ?? ''}`,
      HOME: process.env['HOME'] ?? '',
      ...(isInstalled ? wayToRegistry() : {}),
      npm_config_prefix: join(home, 'prefix'),
      OPENAI_BASE_URL: vendor.openaiBaseUrl,
      BLOGGER_ALLOW_PRIVATE: 'true',
      BLOGGER_BATCH_POLL: '100',
    },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: LIMIT_MS,
  });
  said = await readSaid();
}, LIMIT_MS + 20_000);
afterAll(() => things[Symbol.asyncDispose]());

describe('each command of the README does what it says', () => {
  test.for(commands)('line $line: $command', ({ line, exitCode, isSkipped }, { skip }) => {
    if (isSkipped) skip('it needs redis-server, which is left out');
    const { exitCode: came, output } = said.get(line) ?? { exitCode: undefined, output: 'It was never run.' };
    expect(came, output).toBe(exitCode);
  });
});

test('the walk leaves what the README promises: posts, a report, articles, posts in the site', async () => {
  const blog = join(home, 'my-blog');
  expect((await readdir(join(home, 'blogger/demo-posts'))).length).toBeGreaterThan(10);
  expect((await readdir(join(blog, 'posts'))).length).toBeGreaterThanOrEqual(3);
  expect(await readdir(join(blog, 'content/posts'))).not.toEqual([]);
  if (!isWhole) return; // the recipes leave the rest
  expect((await readdir(join(blog, 'posts'))).length).toBeGreaterThan(3);
  expect(await readdir(join(blog, '.blogger/review'))).not.toEqual([]);
  expect(await readFile(join(blog, 'report.html'), 'utf8')).toContain('<svg');
  expect((await readFile(join(blog, 'articles.ndjson'), 'utf8')).trim().split('\n')).toHaveLength(2);
});

/** Proxy, certificates and registry of this machine, without which `npm ci` may reach nothing. */
function wayToRegistry(): Record<string, string> {
  const isMeant = (name: string) =>
    /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|npm_config_(?:registry|cafile|cache))$/i.test(name);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && isMeant(name) ? [[name, value]] : [],
    ),
  );
}

/** What git would give a newcomer if everything here were committed now. */
async function checkOut(): Promise<void> {
  const clone = join(home, 'blogger');
  const git = (...args: string[]) => execa('git', args, { cwd: ROOT });
  await git('init', '--quiet', clone);
  await git('--git-dir', join(clone, '.git'), '--work-tree', ROOT, 'add', '--all', '.');
  await execa('git', ['checkout-index', '--all'], { cwd: clone });
}

async function writeNpm(): Promise<void> {
  await mkdir(join(home, 'bin'));
  const { stdout: npm } = await execa('sh', ['-c', 'command -v npm']);
  const cases = isInstalled
    ? `link) packed=$("${npm}" pack --silent --pack-destination "${home}"); exec "${npm}" install --global "${home}/$packed" ;;`
    : `ci) cp -a "${join(ROOT, 'dist')}" dist; exec ln -sfn "${join(ROOT, 'node_modules')}" node_modules ;;
link) exec "${npm}" link --ignore-scripts ;;
'run --silent build') exit 0 ;;`;
  const script = `#!/bin/sh\ncase "$*" in\n${cases}\n*) exec "${npm}" "$@" ;;\nesac\n`;
  await writeFile(join(home, 'bin/npm'), script, { mode: 0o755 });
}

/** All blocks as one script; each command leaves its exit code and what it said. */
function writeScript(): string {
  const said = join(home, 'said');
  const run = ({ line, command }: { readonly line: number; readonly command: string }) =>
    `{ ${command}\n} >"${said}/${line}.txt" 2>&1; echo $? >"${said}/${line}.exit"\n`;
  const begin = ({ line, command }: { readonly line: number; readonly command: string }) =>
    `mkdir ../machine-${line}; (cd ../machine-${line} && exec ${command}) >"${said}/${line}.txt" 2>&1 & pid_${line}=$!\n`;
  const end = ({ line }: { readonly line: number }) =>
    `kill -TERM $pid_${line}; wait $pid_${line}; echo $? >"${said}/${line}.exit"\n`;
  const parts = blocks.map((block) => {
    if (block.file !== '') return `cat >${block.file} <<'END_OF_FILE'\n${block.text}END_OF_FILE\n`;
    if (!isRun(block)) return '';
    const lines = commandsIn(block).map((command) => (command.isLong ? begin(command) : run(command)));
    return [...lines, ...(/--detach/.test(block.text) ? [UNTIL_THE_BACKGROUND_IS_DONE] : [])].join('');
  });
  const ends = commands.filter(({ isLong, isSkipped }) => isLong && !isSkipped).map(end);
  return [`mkdir "${said}"\n`, ...parts, ...ends].join('');
}

/** `--detach` names its process on stderr; the next command of a newcomer comes later than ours. */
const UNTIL_THE_BACKGROUND_IS_DONE =
  'for pid in $(cat ../said/*.txt | sed -n "s/^The run goes on in the background (process \\([0-9]*\\)).*/\\1/p"); do while kill -0 $pid 2>/dev/null; do sleep 0.1; done; done\n';

async function readSaid(): Promise<typeof said> {
  const folder = join(home, 'said');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.exit'));
  const read = async (name: string) =>
    [
      Number(name.replace('.exit', '')),
      {
        exitCode: Number(await readFile(join(folder, name), 'utf8')),
        output: await readFile(join(folder, name.replace('.exit', '.txt')), 'utf8'),
      },
    ] as const;
  return new Map(await Promise.all(names.map(read)));
}

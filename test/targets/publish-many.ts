import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { execa } from 'execa';
import { BIN } from '../helpers/run-bin.ts';

export const POSTS = 100;
export const KILLS = 100;
export const PICTURES = 3;

export interface Machine {
  readonly cwd: string;
}

/** A folder of 100 posts with links between them and three pictures. */
export async function openMachine(): Promise<Machine & AsyncDisposable> {
  const cwd = await mkdtemp(join(tmpdir(), 'blogger-machine-'));
  await mkdir(join(cwd, 'posts/images'), { recursive: true });
  for (let number = 0; number < PICTURES; number += 1)
    await writeFile(join(cwd, `posts/images/${number}.png`), pngOf(number));
  for (let number = 0; number < POSTS; number += 1) await writeFile(join(cwd, fileOf(number)), postOf(number));
  return { cwd, [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }) };
}

export function fileOf(number: number): string {
  return `posts/post-${number}.md`;
}

export function postOf(
  number: number,
  text = `Text ${number} of the harbour, with [gallery] and a price of $5.`,
): string {
  return `---
title: "Post ${number} & <more>"
description: What post ${number} is about.
slug: post-${number}
tags: [harbour, "Reef & sea", "tag ${number % 7}"]
categories: [News]
---

${text}

See [the next one](post-${(number + 1) % POSTS}.md).

![Picture ${number % PICTURES}](images/${number % PICTURES}.png)
`;
}

export interface Published {
  readonly file: string;
  readonly outcome: string;
  readonly detail: string;
}

/** Runs the command to its end, or kills it with SIGKILL as soon as `isTime`. */
export async function publishFrom(
  { cwd }: Machine,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isTime?: () => boolean,
) {
  const running = execa(process.execPath, [BIN, 'publish', ...args, '--yes', '--json'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  const watch = setInterval(() => {
    if (isTime?.() === true) running.kill('SIGKILL');
  }, 3);
  const result = await running;
  clearInterval(watch);
  const results = result.stdout
    .split('\n')
    .flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as Published] : []));
  return { exitCode: result.exitCode, wasKilled: result.signal === 'SIGKILL', results, stderr: result.stderr };
}

export function allFiles(): string[] {
  return Array.from({ length: POSTS }, (_, number) => fileOf(number));
}

/** Thirty in a row, from any of them on. */
function someFiles(): string[] {
  const from = Math.floor(Math.random() * POSTS);
  return Array.from({ length: 30 }, (_, number) => fileOf((from + number) % POSTS));
}

/** Two machines publish the same posts at once and are killed again and again; then both run to their end, until one has nothing left to do. */
export async function publishThroughKills(
  machines: readonly Machine[],
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { figures }: { readonly figures: { readonly calls: number } },
): Promise<{ readonly kills: number; readonly runs: number }> {
  let kills = 0;
  let runs = 0;
  while (kills < KILLS && runs < 3 * KILLS) {
    const ended = await Promise.all(
      machines.map((machine) => {
        // Some calls after it has begun, and some milliseconds: in the middle of a call, after it, or while it waits.
        const calls = figures.calls + 1 + Math.floor(Math.random() * 25);
        let at: number | undefined;
        return publishFrom(machine, [...someFiles(), ...args], env, () => {
          if (figures.calls >= calls) at ??= Date.now() + Math.random() * 150;
          return at !== undefined && Date.now() >= at;
        });
      }),
    );
    runs += ended.length;
    kills += ended.filter(({ wasKilled }) => wasKilled).length;
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const ended = await Promise.all(machines.map((machine) => publishFrom(machine, [...allFiles(), ...args], env)));
    runs += ended.length;
    if (ended.every(({ exitCode }) => exitCode === 0)) break;
  }
  return { kills, runs };
}

/** A picture of one pixel whose colour is the number. */
function pngOf(number: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const pixel = deflateSync(Buffer.from([0, number, 80, 120]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixel), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

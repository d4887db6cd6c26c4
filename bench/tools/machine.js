/** What a reader must know to compare figures: the machine, and the version of everything that was measured. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export function describeMachine() {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`;
}

export function describeVersions() {
  const own = readJson('../../package.json');
  const peers = readJson('../peers/package.json');
  const used = ['openai', 'bullmq', 'libsql', 'undici'].map((name) => [name, own.dependencies[name]]);
  return [
    ['blogger', own.version],
    ['Node', process.versions.node],
    ['redis-server', redisVersion()],
    ...Object.entries(peers.dependencies),
    ...used.filter(([, version]) => version !== undefined),
  ]
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function redisVersion() {
  try {
    return /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown';
  } catch {
    return 'not there';
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

/** Runs once before all tests: makes sure that a redis-server is there, or that its tests are left out on purpose. Tests start their own servers. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of redis-server; empty where its tests are left out. */
    redisServer: string;
  }
}

const COMMAND = 'apt-get update && apt-get install -y redis-server';

export default function setup(project: TestProject): void {
  project.provide('redisServer', redisServer());
}

function redisServer(): string {
  if ((process.env['BLOGGER_TEST_WITHOUT'] ?? '').split(',').includes('redis')) {
    console.warn('BLOGGER_TEST_WITHOUT=redis: every test that needs a Redis is left out.');
    return '';
  }
  const found = which('redis-server');
  if (found !== undefined) return found;
  if (!canInstall())
    throw new Error(
      `The tests need a redis-server on PATH. On Debian or Ubuntu: sudo sh -c '${COMMAND}'. To leave them out: BLOGGER_TEST_WITHOUT=redis npm test`,
    );
  console.warn(`No redis-server on PATH, installing it: ${COMMAND}`);
  try {
    execFileSync('sh', ['-c', COMMAND], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  } catch (cause) {
    throw new Error(`redis-server could not be installed. Run: ${COMMAND}. To leave its tests out: BLOGGER_TEST_WITHOUT=redis npm test`, { cause });
  }
  const installed = which('redis-server');
  if (installed === undefined) throw new Error('redis-server was installed but is not on PATH');
  return installed;
}

function which(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

function canInstall(): boolean {
  try {
    const debian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
    return debian && process.getuid?.() === 0 && which('apt-get') !== undefined;
  } catch {
    return false;
  }
}

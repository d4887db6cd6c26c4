/** Runs once before all tests: makes sure that a redis-server is there, or that its tests are left out on purpose. Tests start their own servers. */

import type { TestProject } from 'vitest/node';
import { installPackage } from './install-package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of redis-server; empty where its tests are left out. */
    redisServer: string;
  }
}

export default function setup(project: TestProject): void {
  project.provide('redisServer', installPackage('redis-server', { skip: 'redis' }) ?? '');
}

/** A site, a vendor and a project folder for benchmarks that run the whole program; all on loopback, all the tests' own helpers. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startVendorServer } from '../../test/helpers/vendor-server/start.js';
import './typescript.js';

const { articleRoutes } = await import('../../test/helpers/make-articles.ts');
const { TestSite } = await import('../../test/helpers/test-site.ts');
export const { spawnBlogger: blogger, newProject } = await import('../../test/helpers/run-bin.ts');
export const { openRedisServer } = await import('../../test/helpers/redis-server.ts');

export const FAST = ['--allow-private', '--crawl-concurrency', '20', '--per-host', '20', '--batch-interval', '50'];

export async function openScene({ entries, vendor = {}, env = {} }) {
  const site = await TestSite.open(articleRoutes(entries));
  const server = await startVendorServer(vendor);
  const list = Array.from({ length: entries }, (_, index) => site.url(`/article-${index + 1}`)).join('\n');
  const projects = [];
  const scene = {
    site,
    server,
    env: { OPENAI_API_KEY: 'sk-bench', OPENAI_BASE_URL: server.openaiBaseUrl, ...env },
    /** A project of its own, with the list in it. */
    async project() {
      const project = await newProject({ 'urls.txt': list });
      projects.push(project);
      return project;
    },
    run: (project, args, more = {}) =>
      blogger(args, { cwd: project.folder, env: { ...scene.env, ...more }, timeoutMs: 900_000 }),
    posts: (project) => postsIn(project.folder),
    async close() {
      for (const project of projects) await project[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
      await server.close();
    },
  };
  return scene;
}

export function postsIn(folder) {
  const posts = join(folder, 'posts');
  return existsSync(posts) ? readdirSync(posts).filter((name) => name.endsWith('.md')).length : 0;
}

/** Summary of a run's NDJSON; undefined where the run did not get to its end. */
export function summaryOf(stdout) {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1)).summary;
  } catch {
    return undefined;
  }
}

export async function until(condition, timeoutMs = 120_000) {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${timeoutMs} ms in vain for: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

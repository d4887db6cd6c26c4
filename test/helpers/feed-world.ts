import { generate } from '../../src/api/generate.ts';
import type { RuntimeOptions } from '../../src/run/runtime-options.ts';
import { openSourceTable } from '../../src/services/sources/source-table.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { makeArticle } from './make-articles.ts';
import { newProject } from './run-bin.ts';
import { html, type SiteHandler, TestSite } from './test-site.ts';
import { startVendorServer } from './vendor-server/start.js';

const QUICK = {
  allowPrivate: true,
  provider: 'openai',
  price: { input: 0.2, output: 1.2 },
  batch: { size: 10, intervalMs: 10 },
  crawl: { perHost: 20, maxConcurrent: 40, attempts: 1 },
} as const;

/** A site, a vendor and a project whose list is read by each run. */
export async function openFeedWorld() {
  const site = await TestSite.open();
  const server = await startVendorServer();
  const project = await newProject();
  const run = (lines: readonly string[], options: RuntimeOptions = {}) =>
    project.write('urls.txt', lines.join('\n')).then(() =>
      generate([], {
        cwd: project.folder,
        secrets: { OPENAI_API_KEY: 'sk-test-0123456789' },
        ...options,
        settings: { ...QUICK, baseUrl: server.openaiBaseUrl, ...options.settings },
      }),
    );
  return {
    site,
    server,
    project,
    run,
    async [Symbol.asyncDispose]() {
      await Promise.all([site[Symbol.asyncDispose](), server[Symbol.asyncDispose](), project[Symbol.asyncDispose]()]);
    },
  };
}

/** The same with articles, where each look tells what it requested and of what it warned. */
export async function openLookingWorld() {
  const world = await openFeedWorld();
  const { site, project } = world;
  site.routes.set('*', (request, response) => {
    if (request.url?.startsWith('/post/') === true) html(makeArticle(Number(request.url.slice(6))))(request, response);
    else response.writeHead(404).end();
  });
  return {
    ...world,
    /** A run with its warnings. */
    async look(lines: readonly string[], options: RuntimeOptions = {}) {
      const notes: string[] = [];
      const before = site.paths().length;
      const outcome = await world
        .run(lines, {
          ...options,
          onEvent(event) {
            if (event.type === 'run:warning') notes.push(event.message.replaceAll(site.url(''), ''));
          },
        })
        .catch((error: unknown) => error as Error);
      const asked = site
        .paths()
        .slice(before)
        .filter((path) => path !== '/robots.txt' && !path.startsWith('/.well'));
      return { outcome, notes, asked };
    },
    sources() {
      const state = openStateFile(`${project.folder}/.blogger`);
      const rows = openSourceTable(state.db, { now: () => Date.now() }).list();
      state[Symbol.dispose]();
      return rows;
    },
  };
}

/** Addresses of articles. */
export const postPaths = (...numbers: readonly number[]) => numbers.map((n) => `/post/${n}`);
/** A feed of articles. */
export function rssOf(site: { url(path: string): string }, paths: readonly string[], head = ''): SiteHandler {
  const items = paths.map((path) => `<item><title>T ${path}</title><link>${site.url(path)}</link></item>`);
  return (_request, response) =>
    response.writeHead(200).end(`<rss version="2.0"><channel><title>T</title>${head}${items.join('')}</channel></rss>`);
}
export const nextLink = (href: string, rel = 'next') =>
  `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="${rel}" href="${href}"/>`;
/** The articles among what was requested. */
export const postsIn = (asked: readonly string[]) => asked.filter((path) => path.startsWith('/post/')).toSorted();

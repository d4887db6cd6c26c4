import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { articleRoutes } from './make-articles.ts';
import { blogger, newProject, spawnBlogger } from './run-bin.ts';
import { TestSite } from './test-site.ts';
import { startVendorServer, type VendorServer, type VendorServerOptions } from './vendor-server/start.js';

/** The vendors that make batches, and how a project is told of their test server. */
export const BATCH_VENDORS = [
  [
    'openai',
    (server: VendorServer) => ({ OPENAI_API_KEY: 'sk-test-0123456789', OPENAI_BASE_URL: server.openaiBaseUrl }),
  ],
  [
    'gemini',
    (server: VendorServer) => ({
      GEMINI_API_KEY: 'AIza-test-0123456789',
      GOOGLE_GEMINI_BASE_URL: server.geminiBaseUrl,
    }),
  ],
] as const;

const FLAGS = ['--allow-private', '--tier', 'batch', '--plain'];

/** A project of so many articles with the real command, a site and a vendor. */
export async function openBatchProject(
  count: number,
  envOf: (server: VendorServer) => Record<string, string>,
  serverOptions: VendorServerOptions = {},
) {
  const site = await TestSite.open(articleRoutes(count));
  const server = await startVendorServer({ batch: { durationMs: 300 }, ...serverOptions });
  const urls = Array.from({ length: count }, (_, index) => site.url(`/article-${index + 1}`));
  const project = await newProject({ 'urls.txt': urls.join('\n') });
  const options = {
    cwd: project.folder,
    env: { ...envOf(server), BLOGGER_BATCH_POLL: '100', BLOGGER_PER_HOST: '20', BLOGGER_CRAWL_CONCURRENCY: '20' },
  };
  return {
    server,
    urls,
    folder: project.folder,
    run: (...args: string[]) => blogger([...args], options),
    generate: (...args: string[]) => blogger(['generate', ...FLAGS, ...args], options),
    /** The same in a process of its own, which can be killed. */
    spawnGenerate: (...args: string[]) => spawnBlogger(['generate', ...FLAGS, ...args], options),
    posts: async () =>
      (await readdir(join(project.folder, 'posts')).catch(() => [])).filter((name) => name.endsWith('.md')).length,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

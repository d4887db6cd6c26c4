import { collect } from '../../src/api/collect.ts';
import { generate } from '../../src/api/generate.ts';
import type { RuntimeOptions } from '../../src/run/runtime-options.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { articleRoutes } from './make-articles.ts';
import { newProject } from './run-bin.ts';
import { TestSite } from './test-site.ts';
import { startVendorServer, type VendorServerOptions } from './vendor-server/start.js';

/** Runs of the batch tier in the test's own process, with a site of so many articles and a vendor. */
export async function openBatches(
  count: number,
  serverOptions: VendorServerOptions = {},
  provider: 'openai' | 'gemini' = 'openai',
) {
  const site = await TestSite.open(articleRoutes(count));
  const server = await startVendorServer(serverOptions);
  const project = await newProject();
  const options = {
    cwd: project.folder,
    secrets: { OPENAI_API_KEY: 'sk-test-0123456789', GEMINI_API_KEY: 'AIza-test-0123456789' },
    settings: {
      allowPrivate: true,
      provider,
      baseUrl: server.openaiBaseUrl,
      geminiBaseUrl: server.geminiBaseUrl,
      tier: 'batch',
      price: { input: 0.2, output: 1.2 },
      batch: { pollMs: 100 },
      crawl: { perHost: 20 },
    },
  } as const satisfies RuntimeOptions;
  const urls = Array.from({ length: count }, (_, index) => site.url(`/article-${index + 1}`));
  return {
    server,
    urls,
    settings: options.settings,
    generate: (more: RuntimeOptions = {}, list: readonly string[] = urls) => generate(list, { ...options, ...more }),
    collect: (more: RuntimeOptions = {}) => collect({ ...options, ...more }),
    openState: () => openStateFile(`${project.folder}/.blogger`, { checkpoint: false }),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

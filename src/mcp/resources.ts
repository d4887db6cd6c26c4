/** Resources: the posts of the output folder, and the figures of the last run. */

import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { ProjectContext } from './project-context.ts';
import { status } from './tools/status.ts';

const TYPES: Readonly<Record<string, string>> = { md: 'text/markdown', html: 'text/html', json: 'application/json' };
const MAX_POSTS = 1000;

export function addResources(server: McpServer, project: ProjectContext): void {
  const out = resolve(project.cwd, project.settings.out);
  server.registerResource(
    'post',
    new ResourceTemplate('blogger://posts/{+path}', { list: async () => ({ resources: await postsIn(out) }) }),
    { title: 'A post', description: 'A file of the output folder' },
    async (uri, { path }) => {
      const file = await fileIn(out, decodeURIComponent(String(path)));
      if (file === undefined) throw new ResourceNotFoundError(uri.href);
      return { contents: [{ uri: uri.href, mimeType: typeOf(file), text: await readFile(file, 'utf8') }] };
    },
  );
  server.registerResource(
    'report',
    'blogger://report',
    { title: 'Report', description: 'Runs, jobs and spending', mimeType: 'application/json' },
    async (uri) => {
      const report = await status.run({ runs: 20 }, project, project.stop);
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(report) }] };
    },
  );
}

async function postsIn(out: string) {
  const names = await readdir(out, { recursive: true }).catch((): string[] => []);
  const posts = names.filter((name) => typeOf(name) !== undefined && !isHidden(name));
  return posts
    .sort()
    .slice(0, MAX_POSTS)
    .map((name) => ({
      uri: `blogger://posts/${name.split(sep).map(encodeURIComponent).join('/')}`,
      name,
      mimeType: typeOf(name),
    }));
}

/** The real path of a post in `out`; undefined for anything else, links that lead out of the folder included. */
async function fileIn(out: string, path: string): Promise<string | undefined> {
  const [folder, file] = await Promise.all([out, join(out, path)].map((one) => realpath(one).catch(() => undefined)));
  if (folder === undefined || file === undefined) return undefined;
  const name = relative(folder, file);
  return name.startsWith('..') || isHidden(name) || typeOf(name) === undefined ? undefined : file;
}

const isHidden = (name: string) => name.split(sep).some((part) => part.startsWith('.'));

const typeOf = (name: string) => TYPES[name.slice(name.lastIndexOf('.') + 1)];

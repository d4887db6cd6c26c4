import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexedPost } from '../../stages/publish/render/pages/render-index.ts';
import { hashText } from '../../util/stable-hash.ts';
import type { FileTargetOptions } from './file-options.ts';
import { readIfThere, saveFile } from './own-files.ts';
import { readOwn } from './read-own.ts';

/** Saves what lists the finished posts: an index, and a feed where the blog's own address is known. One that somebody else wrote is left alone. */
export async function saveLists(options: FileTargetOptions): Promise<void> {
  const { out } = options;
  const entries = await readdir(out, { withFileTypes: true }).catch(() => []);
  await saveListsOf(options);
  // Each language has a folder with lists of its own.
  for (const entry of entries)
    if (entry.isDirectory() && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(entry.name))
      await saveListsOf({
        ...options,
        lang: entry.name,
        out: join(out, entry.name),
        ...(options.siteUrl === undefined ? {} : { siteUrl: `${options.siteUrl.replace(/\/$/, '')}/${entry.name}/` }),
      });
}

async function saveListsOf(options: FileTargetOptions): Promise<void> {
  const { siteUrl, out } = options;
  const names = await readdir(out).catch(() => []);
  const pages = names.filter((name) => name.endsWith('.html') && name !== 'index.html').sort();
  const found = await Promise.all(pages.map((name) => readListed(out, name)));
  if (!found.some((one) => one?.isOwn === true)) return; // no post of ours: nothing to list
  const posts = found.flatMap((one) => one?.post ?? []);
  const { renderFeed, renderIndex } = await import('../../stages/publish/render/pages/render-index.ts');
  await saveList('index.html', renderIndex(posts, options), options);
  // A feed names its posts by absolute addresses; without the blog's own there is none to name.
  if (siteUrl !== undefined) await saveList('feed.xml', renderFeed(posts, siteUrl, options), options);
}

/** What the page says of itself: also where a person finished it by hand, or the state folder was lost. */
async function readListed(
  out: string,
  name: string,
): Promise<{ readonly isOwn: boolean; readonly post: IndexedPost | undefined } | undefined> {
  const text = await readIfThere(join(out, name)).catch(() => undefined); // a folder of that name
  const own = text === undefined ? undefined : readOwn(text, name);
  if (own?.sourceKey === undefined) return undefined;
  const { title = name, description = '', date, modified, hidden, sourceKey } = own;
  if (hidden || date === undefined) return { isOwn: true, post: undefined };
  return {
    isOwn: true,
    post: {
      title,
      description,
      file: name,
      date,
      modified: modified ?? date,
      id: idOf(sourceKey),
      alternates: alternatesIn(text ?? ''),
    },
  };
}

/** What the page says of the others. */
function alternatesIn(html: string) {
  return [...html.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g)].map(
    ([, lang = '', url = '']) => ({
      lang,
      url: url.replaceAll('&amp;', '&'),
    }),
  );
}

/** The same for the same sources, whatever becomes of the post's name and of the blog's address. */
function idOf(sourceKey: string): string {
  const hash = hashText(sourceKey);
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

async function saveList(name: string, text: string, { out, force, emit }: FileTargetOptions): Promise<void> {
  const { isOurList } = await import('../../stages/publish/render/pages/render-index.ts');
  const path = join(out, name);
  const current = await readIfThere(path);
  if (current === text) return;
  if (current === undefined || isOurList(current) || force) return await saveFile(path, text);
  emit({
    type: 'run:warning',
    code: 'FILE_KEPT',
    message: `${path} is not blogger's: it is left alone and does not list the posts`,
    hint: 'Name a folder for the posts alone with --out, or move the file elsewhere; --force replaces it.',
  });
}

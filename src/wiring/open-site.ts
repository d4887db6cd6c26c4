import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import type { Emit } from '../core/ports.ts';
import type { PostRecord } from '../core/post-records.ts';
import type { SiteIndex } from '../services/site/site-index.ts';
import type { StateFile } from '../services/sqlite/open-state-file.ts';
import { presetOf } from '../stages/publish/render/presets/presets.ts';

/** Index of existing posts: Markdown by file contents, other formats by stored records. Undefined when neither links nor repeats are needed. */
export async function openSite(
  { internalLinks, site, format, frontMatter }: Settings,
  cwd: string,
  {
    out,
    db,
    posts,
    now,
    emit,
  }: {
    readonly out: string;
    readonly db: StateFile['db'];
    readonly posts: () => readonly PostRecord[];
    readonly now: number;
    readonly emit: Emit;
  },
): Promise<SiteIndex | undefined> {
  if (internalLinks === 'off' && site === undefined) return undefined;
  if (site !== undefined && !existsSync(resolve(cwd, site)))
    emit({
      type: 'run:warning',
      code: 'NOT_FOUND',
      message: `The site's folder ${site} does not exist, so existing posts are not known`,
      hint: 'Set site (--site) to the folder of the existing posts.',
    });
  const { openSiteIndex } = await import('../services/site/site-index.ts'); // not needed by a crawl
  const remembered =
    format === 'md'
      ? []
      : posts().filter(({ post }) => post.file.endsWith(`.${format}`) && existsSync(join(out, post.file)));
  return await openSiteIndex({
    site: site === undefined ? undefined : resolve(cwd, site),
    out,
    db,
    now,
    ...(format === 'md' ? { addressOf: presetOf(frontMatter).address } : {}),
    posts: remembered.map(({ post: { file, title, draft } }) => ({
      path: file,
      address: file,
      title,
      text: '',
      draft,
    })),
  });
}

import { join, posix } from 'node:path';
import type { PostRecord } from '../../core/post-records.ts';
import { type Preset, plain } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { zonedTime } from '../../stages/publish/render/zoned-time.ts';
import { readFrontMatter } from '../../util/front/front-matter.ts';
import type { FileTargetOptions } from './file-options.ts';
import { layoutOf } from './file-options.ts';
import { isEdited, readIfThere, saveOwn } from './own-files.ts';

/** Removes links to pages that are no longer shown from saved posts. Posts that a person edited are not changed. */
export async function updateSavedLinks(options: FileTargetOptions): Promise<void> {
  const { pages, records } = options;
  if (pages === undefined || options.format === 'json') return;
  const layout = layoutOf(options);
  for (const record of records.list()) {
    const { links = [] } = record;
    if (record.layout !== layout || links.every((address) => pages.isShown(address))) continue;
    await updatePost(record, options, (address) => !links.includes(address) || pages.isShown(address));
    records.save({ ...record, links: links.filter((address) => pages.isShown(address)) });
  }
}

async function updatePost(
  { post, sourceKey, date, categories = [] }: PostRecord,
  { out, files, format, preset, timeZone, siteUrl }: FileTargetOptions,
  isAlive: (address: string) => boolean,
): Promise<void> {
  const path = join(out, post.file);
  const text = await readIfThere(path);
  if (text === undefined || isEdited(path, text, sourceKey, files)) return;
  const form: Preset = format === 'md' ? presetOf(preset) : plain;
  const address = form.address(post.file, { slug: post.slug, date: zonedTime(date, timeZone), categories });
  const { dropDeadHtmlLinks, dropDeadLinks, homeOf } = await import(
    '../../stages/publish/render/markdown/update-links.ts'
  );
  const home = homeOf(siteUrl);
  const leadsToLife = (link: string) => isAlive(resolveLink(address, link, home));
  if (format === 'html') return await saveOwn(path, dropDeadHtmlLinks(text, leadsToLife), sourceKey, files);
  const { body } = readFrontMatter(text);
  await saveOwn(
    path,
    text.slice(0, text.length - body.length) + dropDeadLinks(body, leadsToLife, home),
    sourceKey,
    files,
  );
}

/** The address that a link leads to, seen as the page's own is. */
export function resolveLink(from: string, link: string, home?: string): string {
  if (home !== undefined && link.startsWith(home)) return link.slice(home.length);
  if (link.startsWith('/')) return link;
  const resolved = posix.join(from.endsWith('/') ? from : posix.dirname(from), link);
  return resolved.replace(/^\.\//, '');
}

import { join, posix } from 'node:path';
import type { PostRecord } from '../../core/post-records.ts';
import { type Preset, plain } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { zonedTime } from '../../stages/publish/render/zoned-time.ts';
import { readFrontMatter } from '../../util/text/front-matter.ts';
import type { FileTargetOptions } from './file-options.ts';
import { layoutOf } from './file-options.ts';
import { isEdited, readIfThere, saveOwn } from './own-files.ts';

/** Takes links out of saved posts where the page that they led to is not shown any more. What a person edited stays. */
export async function mendSaved(options: FileTargetOptions): Promise<void> {
  const { pages, records } = options;
  if (pages === undefined || options.format === 'json') return;
  const layout = layoutOf(options);
  for (const record of records.list()) {
    const { links = [] } = record;
    if (record.layout !== layout || links.every((address) => pages.isShown(address))) continue;
    await mendOne(record, options, (address) => !links.includes(address) || pages.isShown(address));
    records.save({ ...record, links: links.filter((address) => pages.isShown(address)) });
  }
}

async function mendOne(
  { post, sourceKey, date, categories = [] }: PostRecord,
  { out, files, format, preset, timeZone }: FileTargetOptions,
  isAlive: (address: string) => boolean,
): Promise<void> {
  const path = join(out, post.file);
  const text = await readIfThere(path);
  if (text === undefined || isEdited(path, text, sourceKey, files)) return;
  const form: Preset = format === 'md' ? presetOf(preset) : plain;
  const address = form.address(post.file, { slug: post.slug, date: zonedTime(date, timeZone), categories });
  const leadsToLife = (link: string) => isAlive(resolveLink(address, link));
  const { mendLinks, mendHtmlLinks } = await import('../../stages/publish/render/markdown/mend-links.ts');
  if (format === 'html') return await saveOwn(path, mendHtmlLinks(text, leadsToLife), sourceKey, files);
  const { body } = readFrontMatter(text);
  await saveOwn(path, text.slice(0, text.length - body.length) + mendLinks(body, leadsToLife), sourceKey, files);
}

/** The address that a link leads to, seen as the page's own is. */
export function resolveLink(from: string, link: string): string {
  if (link.startsWith('/')) return link;
  const resolved = posix.join(from.endsWith('/') ? from : posix.dirname(from), link);
  return resolved.replace(/^\.\//, '');
}

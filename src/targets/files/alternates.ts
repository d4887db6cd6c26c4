/** The posts of one source in several languages name each other, and none that readers cannot find. */

import { join } from 'node:path';
import type { PostRecord } from '../../core/post-records.ts';
import type { Alternate } from '../../stages/publish/render/alternates.ts';
import { alternateLinks, alternatesLine } from '../../stages/publish/render/alternates.ts';
import { relativeAddress } from '../../stages/publish/render/presets/preset.ts';
import { presetOf } from '../../stages/publish/render/presets/presets.ts';
import { type FileTargetOptions, layoutOf, ownUrlOf } from './file-options.ts';
import { isEdited, readIfThere, saveOwn } from './own-files.ts';
import { readOwn } from './read-own.ts';

interface Member {
  readonly record: PostRecord;
  readonly text: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** Writes into each post of several languages where the others are. What a person edited stays. */
export async function linkLanguages(options: FileTargetOptions): Promise<void> {
  const { records, out, files } = options;
  const layout = layoutOf(options);
  for (const group of groupsOf(records.list().filter((record) => record.layout === layout))) {
    const members = (await Promise.all(group.map((record) => readMember(record, out)))).flatMap((one) => one ?? []);
    const shown = members.filter(({ isHidden }) => !isHidden);
    for (const { record, text, path } of members) {
      if (isEdited(path, text, record.sourceKey, files)) continue;
      const linked = withAlternates(text, alternatesOf(record, shown, options), options);
      if (linked !== text) await saveOwn(path, linked, record.sourceKey, files);
    }
  }
}

function groupsOf(records: readonly PostRecord[]): PostRecord[][] {
  const groups = new Map<string, PostRecord[]>();
  for (const record of records) {
    if (record.translation === undefined) continue;
    groups.set(record.translation.key, [...(groups.get(record.translation.key) ?? []), record]);
  }
  return [...groups.values()];
}

async function readMember(record: PostRecord, out: string): Promise<Member | undefined> {
  const name = record.post.file.replace(/\.draft$/, '');
  for (const file of [name, `${name}.draft`]) {
    const path = join(out, file);
    const text = await readIfThere(path);
    if (text !== undefined) return { record, text, path, isHidden: file !== name || readOwn(text, file).hidden };
  }
  return undefined;
}

/** Each language with itself, as `hreflang` wants it; none where there is no other. */
function alternatesOf(
  self: PostRecord,
  shown: readonly Member[],
  { siteUrl, preset, format }: FileTargetOptions,
): Alternate[] {
  if (shown.length < 2 || !shown.some(({ record }) => record.sourceKey === self.sourceKey)) return [];
  const from = self.post.address ?? self.post.file;
  const isDated = format === 'md' && 'isDated' in presetOf(preset);
  return shown
    .map(({ record: { post, translation } }) => {
      const address = post.address ?? post.file;
      return {
        lang: translation?.lang ?? '',
        url: ownUrlOf(address, siteUrl) ?? encodeURI(relativeAddress(from, address, isDated)),
      };
    })
    .sort((a, b) => (a.lang < b.lang ? -1 : 1));
}

function withAlternates(text: string, alternates: readonly Alternate[], { format }: FileTargetOptions): string {
  if (format === 'html') return withHtmlAlternates(text, alternates);
  if (format === 'json') return withJsonAlternates(text, alternates);
  return text.replace(
    /^( *)(alternates|Alternates): .*$/m,
    (_, indent: string, name: string) => indent + alternatesLine(name, alternates),
  );
}

/** The links stand above `og:type`; those of an earlier run are taken out. */
function withHtmlAlternates(text: string, alternates: readonly Alternate[]): string {
  const at = text.indexOf('<meta property="og:type"');
  if (at === -1) return text;
  const lines = text.slice(0, at).split('\n');
  const rest = lines.pop() ?? '';
  while (rest === '' && lines.at(-1)?.startsWith('<link rel="alternate" hreflang="') === true) lines.pop();
  return [...lines, rest].join('\n') + alternateLinks(alternates) + text.slice(at);
}

/** The list as `JSON.stringify` writes it with an indent of two. */
function withJsonAlternates(text: string, alternates: readonly Alternate[]): string {
  const start = text.indexOf('\n  "alternates": [');
  if (start === -1) return text;
  const list = text.indexOf('[', start);
  const end = text[list + 1] === ']' ? list + 2 : text.indexOf('\n  ]', list) + '\n  ]'.length;
  return text.slice(0, list) + JSON.stringify(alternates, null, 2).replaceAll('\n', '\n  ') + text.slice(end);
}

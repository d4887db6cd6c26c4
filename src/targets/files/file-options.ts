import { relative } from 'node:path';
import type { Clock, Emit } from '../../core/ports.ts';
import type { OwnFiles, PostRecords, SourceTexts } from '../../core/post-records.ts';
import type { CheckedDraft, Post } from '../../core/types.ts';
import { cleanLine } from '../../stages/publish/render/clean-text.ts';
import type { NamedPicture, PostFacts } from '../../stages/publish/render/front-matter.ts';
import type { LinkStyle } from '../../stages/publish/render/markdown/render-markdown.ts';
import type { FrontMatterPreset } from '../../stages/publish/render/presets/presets.ts';
import { webAddress } from '../../stages/publish/render/public-address.ts';
import type { PostFormat } from '../../stages/publish/render/render-post.ts';
import type { SlugForm } from '../../stages/publish/render/slug.ts';
import { hashText } from '../../util/stable-hash.ts';

/** The pages that the blog has, by the addresses that its generator gives them. */
export interface BlogPages {
  /** The file whose page has this address, if it is another one. */
  fileAt(address: string, except: string): string | undefined;
  /** True where a reader finds a page. */
  isShown(address: string): boolean;
}

export interface FileTargetOptions {
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Absolute path of the project's folder. */
  readonly cwd: string;
  readonly format: PostFormat;
  readonly preset: FrontMatterPreset;
  readonly slug: SlugForm;
  readonly internalLinks: LinkStyle;
  /** With `html`: where the pages go that show each post next to its sources. They hold the sources' whole text, so they lie outside of the site. */
  readonly reviewFolder?: string;
  /** Where the pictures of held posts wait: outside of the site. */
  readonly pictureFolder: string;
  /** Where posts get their pictures from: part of their form. */
  readonly images: string;
  /** Public address of the blog; canonical links go there, else to the source. */
  readonly siteUrl?: string;
  readonly siteName?: string;
  readonly author?: string;
  readonly disclosure: 'auto' | 'always' | 'off';
  /** IANA zone of the dates that readers see. */
  readonly timeZone: string;
  /** Takes new texts for posts that a person edited, and replaces an index or a feed of somebody else's. */
  readonly force: boolean;
  /** Takes new texts for posts that a person approved. */
  readonly updateApproved: boolean;
  /** Language of the index and the feed. */
  readonly lang: string;
  readonly generator: string;
  readonly runId: string;
  readonly records: PostRecords;
  readonly files: OwnFiles;
  readonly texts?: SourceTexts | undefined;
  readonly pages?: BlogPages | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Which files the posts become and where: what is of another layout is another post. The folder is named as seen from the project, which may be moved. */
export function layoutOf({ cwd, out, format, preset, slug }: FileTargetOptions): string {
  return [relative(cwd, out).replaceAll('\\', '/') || '.', format, preset, slug].join(' ');
}

/** Everything of the settings that a file's text depends on. */
export function formOf(options: FileTargetOptions): string {
  const { internalLinks, siteUrl, siteName, author, disclosure, timeZone, images } = options;
  const pictured = images === 'none' ? [] : [images];
  const parts = [layoutOf(options), internalLinks, siteUrl, siteName, author, disclosure, timeZone, ...pictured];
  return hashText(JSON.stringify(parts.map((part) => part ?? null))).slice(0, 16);
}

export interface Dated {
  readonly slug: string;
  readonly address: string;
  /** Times in the site's zone. */
  readonly date: string;
  readonly lastmod: string;
  readonly isHeld: boolean;
}

export function factsOf(
  { draft: { brief } }: CheckedDraft,
  { address, isHeld, picture, ...dates }: Dated & { readonly picture?: NamedPicture | undefined },
  options: FileTargetOptions,
): PostFacts {
  const [source] = brief.articles;
  const ownUrl = ownUrlOf(address, options.siteUrl);
  const canonicalUrl = ownUrl ?? webAddress(source.canonicalUrl ?? source.finalUrl);
  const { generator, runId, disclosure } = options;
  return {
    ...dates,
    draft: isHeld,
    ...(picture === undefined ? {} : { picture }),
    ...(ownUrl === undefined ? {} : { ownUrl }),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    generator,
    runId,
    form: formOf(options),
    disclosure,
  };
}

export function ownUrlOf(address: string, siteUrl: string | undefined): string | undefined {
  if (siteUrl === undefined) return undefined;
  const home = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`;
  return new URL(`./${encodeURI(address.replace(/^\/+/, '').replace(/\.md$/, ''))}`, home).href;
}

export function toPost(
  { draft, score }: CheckedDraft,
  { slug, file, address, isHeld }: { readonly file: string } & Omit<Dated, 'date' | 'lastmod'>,
): Post {
  return {
    key: draft.brief.key,
    slug,
    title: cleanLine(draft.content.title),
    file,
    address,
    urls: draft.brief.entries.map(({ url }) => url),
    draft: isHeld,
    costUsd: draft.provenance.costUsd,
    ...(score === undefined ? {} : { score }),
  };
}

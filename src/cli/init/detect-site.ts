/** Detects the site generator of a folder by its files. Pure: takes a listing of the folder. */

import type { FrontMatterPreset } from '../../stages/publish/render/presets/presets.ts';

export interface FolderListing {
  /** Names of files and folders at the top level. */
  readonly names: readonly string[];
  /** Text of a file in the folder; empty if it does not exist. */
  readonly read: (name: string) => string;
}

export interface DetectedSite {
  readonly frontMatter: FrontMatterPreset;
  /** The file that identifies the generator. */
  readonly sign: string;
  /** Default folder of this generator's posts. */
  readonly out: string;
  /** Folder of the existing posts and pages. */
  readonly site: string;
}

interface Generator extends Pick<DetectedSite, 'frontMatter' | 'out' | 'site'> {
  /** The npm package that builds the site. */
  readonly package?: string;
  /** File names that only this generator uses. */
  readonly files?: RegExp;
  /** A file that several generators use, with content specific to this one. */
  readonly shared?: { readonly files: RegExp; readonly text: RegExp };
}

const GENERATORS: readonly Generator[] = [
  {
    frontMatter: 'astro',
    package: 'astro',
    files: /^astro\.config\.\w+$/,
    out: 'src/content/blog',
    site: 'src/content',
  },
  {
    frontMatter: 'docusaurus',
    package: '@docusaurus/core',
    files: /^docusaurus\.config\.\w+$/,
    out: 'blog',
    site: 'blog',
  },
  { frontMatter: 'vitepress', package: 'vitepress', files: /^\.vitepress$/, out: 'posts', site: 'posts' },
  {
    frontMatter: 'eleventy',
    package: '@11ty/eleventy',
    files: /^(?:\.eleventy|eleventy\.config)\.\w+$/,
    out: 'posts',
    site: 'posts',
  },
  { frontMatter: 'hexo', package: 'hexo', out: 'source/_posts', site: 'source' },
  { frontMatter: 'pelican', files: /^pelicanconf\.py$/, out: 'content', site: 'content' },
  {
    frontMatter: 'hugo',
    files: /^hugo\.(?:toml|ya?ml|json)$/,
    shared: { files: /^config\.(?:toml|ya?ml|json)$/, text: /^[ \t"]*baseurl\b/im },
    out: 'content/posts',
    site: 'content',
  },
  {
    frontMatter: 'zola',
    shared: { files: /^(?:config|zola)\.toml$/, text: /^[ \t]*base_url[ \t]*=/m },
    out: 'content',
    site: 'content',
  },
  { frontMatter: 'jekyll', files: /^_config\.ya?ml$/, out: '_posts', site: '.' },
];

/** The detected generator, or undefined. */
export function detectSite({ names, read }: FolderListing): DetectedSite | undefined {
  const packages = packagesOf(read('package.json'));
  for (const { frontMatter, out, site, package: name, files, shared } of GENERATORS) {
    const sign =
      names.find((file) => files?.test(file) === true) ??
      names.find((file) => shared?.files.test(file) === true && shared.text.test(read(file))) ??
      (name !== undefined && packages.has(name) ? 'package.json' : undefined);
    if (sign !== undefined) return { frontMatter, out, site, sign };
  }
  return undefined;
}

function packagesOf(manifest: string): ReadonlySet<string> {
  try {
    const { dependencies, devDependencies } = JSON.parse(manifest) as Readonly<Record<string, object | undefined>>;
    return new Set(Object.keys({ ...dependencies, ...devDependencies }));
  } catch {
    return new Set(); // package.json is missing or unreadable
  }
}

import { stringify } from 'yaml';
import type { CheckedDraft } from '../../core/types.ts';

export const PRESETS = ['generic', 'hugo', 'jekyll', 'astro', 'eleventy', 'none'] as const;
export type FrontMatterPreset = (typeof PRESETS)[number];

export interface PostFacts {
  readonly slug: string;
  /** ISO times. */
  readonly date: string;
  readonly lastmod: string;
  readonly draft: boolean;
  readonly canonicalUrl: string;
  readonly generator: string;
  readonly runId: string;
}

/** What stands above a post, as data; the preset only names and shapes it as its generator expects. */
export function frontMatterOf({ draft: { brief, content, provenance, digest } }: CheckedDraft, facts: PostFacts): Record<string, unknown> {
  return {
    title: content.title,
    description: content.description,
    date: facts.date,
    lastmod: facts.lastmod,
    slug: facts.slug,
    tags: [...content.tags],
    categories: [],
    draft: facts.draft,
    lang: brief.lang,
    canonical: facts.canonicalUrl,
    sources: [
      ...brief.articles.map(({ url, title, author, siteName, publishedAt, fetchedAt, policy }) => ({
        url,
        title,
        author,
        site: siteName,
        published: publishedAt,
        accessed: fetchedAt,
        aiPolicy: policy.source,
      })),
      ...brief.copies.map(({ url }) => ({ url, copyOf: brief.articles[0].url })),
    ],
    provenance: {
      generator: facts.generator,
      provider: provenance.provider,
      model: provenance.model,
      promptVersion: provenance.promptVersion,
      sourceHashes: brief.articles.map(({ contentHash }) => contentHash),
      tier: provenance.tier,
      costUsd: provenance.costUsd ?? null,
      runId: facts.runId,
      digest,
      review: 'none',
    },
  };
}

const SHAPES = {
  generic: (data) => data,
  hugo: ({ lang, canonical, ...data }) => ({ ...data, language: lang, canonicalURL: canonical }),
  jekyll: ({ lastmod, draft, slug, canonical, ...data }) => ({
    layout: 'post',
    ...data,
    last_modified_at: lastmod,
    published: draft !== true,
    slug,
    canonical_url: canonical,
  }),
  astro: ({ date, lastmod, ...data }) => ({ ...data, pubDate: date, updatedDate: lastmod }),
  eleventy: ({ draft, ...data }) => ({ ...data, draft, permalink: `/${String(data['slug'])}/` }),
  none: () => ({}),
} as const satisfies Record<FrontMatterPreset, (data: Record<string, unknown>) => Record<string, unknown>>;

/** The block between `---` lines, or nothing for the preset `none`. */
export function renderFrontMatter(data: Record<string, unknown>, preset: FrontMatterPreset): string {
  if (preset === 'none') return '';
  // Undefined members are left out; every string that YAML could misread is quoted by the serialiser.
  return `---\n${stringify(withoutUndefined(SHAPES[preset](data)), { lineWidth: 0, version: '1.1' })}---\n\n`;
}

/** Path of the file below the output folder, as each generator expects it. */
export function layoutOf(preset: FrontMatterPreset, slug: string, date: string, extension: string): string {
  return preset === 'jekyll' ? `_posts/${date.slice(0, 10)}-${slug}.${extension}` : `${slug}.${extension}`;
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

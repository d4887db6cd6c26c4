import { describeVerdict } from '../../../core/policy.ts';
import type { CheckedDraft } from '../../../core/types.ts';
import { cleanLine } from './clean-text.ts';
import { publicAddress } from './public-address.ts';
import { SEAL_BLANK } from './seal.ts';

export interface PostFacts {
  readonly slug: string;
  /** Times in the site's zone. */
  readonly date: string;
  readonly lastmod: string;
  readonly draft: boolean;
  /** Absent where the post has no address yet and its source none on the web. */
  readonly canonicalUrl?: string;
  /** The address of its own page, where the blog's is known. */
  readonly ownUrl?: string;
  readonly generator: string;
  readonly runId: string;
  /** Hash of all settings that shape the file. */
  readonly form: string;
  /** Whether the text says that it is a machine's, until a person approves it or for good. */
  readonly disclosure: 'auto' | 'always' | 'off';
}

/** Sites make a folder of each tag; longer ones are sentences. */
const LONGEST_TAG = 60;

/** What stands above a post, as data; the preset only names and shapes it as its generator expects. */
export function frontMatterOf(
  { draft: { brief, content, provenance, digest } }: CheckedDraft,
  facts: PostFacts,
): Record<string, unknown> {
  return {
    title: cleanLine(content.title),
    description: cleanLine(content.description),
    date: facts.date,
    lastmod: facts.lastmod,
    slug: facts.slug,
    tags: termsOf(content.tags),
    categories: brief.categories === undefined ? undefined : termsOf(brief.categories),
    draft: facts.draft,
    lang: brief.lang,
    ...(brief.translation === undefined ? {} : { translationKey: brief.translation.key, alternates: [] }),
    canonical: facts.canonicalUrl,
    sources: [
      ...brief.articles.map(({ url, title, author, siteName, publishedAt, fetchedAt, policy }) => ({
        url: publicAddress(url),
        title,
        author,
        site: siteName,
        published: publishedAt,
        accessed: fetchedAt,
        aiPolicy: describeVerdict(policy),
      })),
      ...brief.copies.map(({ url }) => ({ url: publicAddress(url), copyOf: publicAddress(brief.articles[0].url) })),
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
      // Without the state folder the post is known by these.
      source: brief.sourceKey,
      brief: brief.key,
      form: facts.form,
      disclosure: facts.disclosure,
      review: 'none',
      seal: SEAL_BLANK,
    },
  };
}

/** Sites make a folder of each: one whose name leads upwards ends Hugo's build. */
function termsOf(names: readonly string[]): string[] {
  const terms = names
    .map((name) => cleanLine(name).replace(/^#+\s*/, '')) // a hashtag
    .map((name) => (/[/\\]/.test(name) ? name.replace(/\.{2,}/g, '').replace(/^[/\\\s]+/, '') : name));
  return [...new Set(terms)].filter((term) => /[\p{L}\p{Nd}]/u.test(term) && term.length <= LONGEST_TAG);
}

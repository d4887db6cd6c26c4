import { describeVerdict } from '../../../core/policy.ts';
import type { CheckedDraft, PictureCredit } from '../../../core/types.ts';
import { cleanLine } from './clean-text.ts';
import { publicAddress } from './public-address.ts';
import { SEAL_BLANK } from './seal.ts';

/** The picture of a post, where a reader finds it. */
export interface NamedPicture {
  readonly address: string;
  readonly alt: string;
  readonly credit?: PictureCredit | undefined;
}

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
  readonly picture?: NamedPicture;
  /** Hash of all settings that shape the file. */
  readonly form: string;
  /** Whether the text says that it is a machine's, until a person approves it or for good. */
  readonly disclosure: 'auto' | 'always' | 'off';
}

/** Longer tags are left out: they are sentences, and site generators create a folder for each tag. */
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
    image: facts.picture?.address,
    imageAlt: facts.picture?.alt,
    imageCredit: creditLine(facts.picture?.credit),
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

/** One line, as people write it below a picture. */
function creditLine(credit: PictureCredit | undefined): string | undefined {
  if (credit === undefined) return undefined;
  const { creator, licence, licenceUrl, pageUrl } = credit;
  return cleanLine(
    [creator, `${licence} (${licenceUrl})`, publicAddress(pageUrl)].filter((part) => part !== undefined).join(', '),
  );
}

/** Sites make a folder of each: one whose name leads upwards ends Hugo's build. */
function termsOf(names: readonly string[]): string[] {
  const terms = names
    .map((name) => cleanLine(name).replace(/^#+\s*/, '')) // a hashtag
    .map((name) => (/[/\\]/.test(name) ? name.replace(/\.{2,}/g, '').replace(/^[/\\\s]+/, '') : name));
  // Generators make one page of `AI` and `ai`, or stop at the second.
  const first = new Map(terms.toReversed().map((term) => [term.normalize('NFC').toLowerCase(), term]));
  return [...new Set(terms)]
    .filter((term) => first.get(term.normalize('NFC').toLowerCase()) === term)
    .filter((term) => /[\p{L}\p{Nd}]/u.test(term) && term.length <= LONGEST_TAG);
}

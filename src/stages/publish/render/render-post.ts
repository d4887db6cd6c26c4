import type { CheckedDraft } from '../../../core/types.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { frontMatterOf, type PostFacts } from './front-matter.ts';
import { asText, type LinkStyle, type MarkdownBody, renderMarkdown } from './markdown/render-markdown.ts';
import { type Preset, plain } from './presets/preset.ts';
import { type FrontMatterPreset, presetOf } from './presets/presets.ts';
import { publicAddress, webAddress } from './public-address.ts';

export const POST_FORMATS = ['md', 'html', 'json'] as const;
export type PostFormat = (typeof POST_FORMATS)[number];

export interface RenderOptions {
  readonly format: PostFormat;
  readonly preset: FrontMatterPreset;
  readonly internalLinks: LinkStyle;
  readonly siteUrl?: string;
  readonly siteName?: string;
  readonly author?: string;
}

/** The whole text of a post's file; `address` is that of its page, seen from the output folder's. */
export function renderPost(
  checked: CheckedDraft,
  facts: PostFacts,
  address: string,
  options: RenderOptions,
): Promise<string> {
  return RENDERERS[options.format](checked, facts, address, options);
}

type Renderer = (checked: CheckedDraft, facts: PostFacts, address: string, options: RenderOptions) => Promise<string>;

const RENDERERS: Readonly<Record<PostFormat, Renderer>> = {
  async md(checked, facts, address, options) {
    const preset: Preset = presetOf(options.preset);
    const body = await renderMarkdown(bodyOf(checked, facts, address, options), preset);
    const { title } = checked.draft.content;
    const heading = preset.needsHeading === true ? `# ${await asText(title, preset)}\n\n` : '';
    return `${preset.front(preset.shape(cleaned(frontMatterOf(checked, facts))))}${heading}${body}\n`;
  },
  async html(checked, facts, address, options) {
    const { brief, content } = checked.draft;
    // Half of the start-up time of the whole program, needed for this format only.
    const { renderHtml } = await import('./pages/render-html.ts');
    return renderHtml({
      title: cleanLine(content.title),
      description: cleanLine(content.description),
      lang: brief.lang,
      ...facts,
      sourceKey: brief.sourceKey,
      briefKey: brief.key,
      ...(brief.translation === undefined ? {} : { translationKey: brief.translation.key }),
      tags: content.tags.map(cleanLine),
      categories: (brief.categories ?? []).map(cleanLine),
      sources: sourcesOf(checked),
      namesSources: checked.draft.digest,
      isDisclosed: isDisclosed(checked, facts),
      // The page names its sources and its writer in its own foot.
      body: await renderMarkdown(
        { ...bodyOf(checked, facts, address, options), isDisclosed: false, isFramed: false },
        plain,
      ),
      ...(options.siteName === undefined ? {} : { siteName: options.siteName }),
      ...(options.author === undefined ? {} : { author: options.author }),
    });
  },
  async json(checked, facts, address, options) {
    const { score, findings, related = [] } = checked;
    const links = related.map(({ path, title }) => ({ path, title }));
    const body = await renderMarkdown(
      { ...bodyOf(checked, facts, address, options), related: [], isFramed: false },
      plain,
    );
    return `${JSON.stringify(cleaned({ ...frontMatterOf(checked, facts), score, findings, related: links, body }), null, 2)}\n`;
  },
};

function bodyOf(
  checked: CheckedDraft,
  facts: PostFacts,
  address: string,
  { internalLinks, siteUrl }: RenderOptions,
): MarkdownBody {
  const { brief, content, digest } = checked.draft;
  return {
    body: content.body,
    // A digest names each source below its quotations.
    sources: digest ? [] : sourcesOf(checked),
    hasCitations: brief.articles.length > 1 && !digest,
    isDisclosed: isDisclosed(checked, facts),
    isFramed: true,
    related: checked.related ?? [],
    ...(facts.picture?.credit === undefined ? {} : { pictureCredit: facts.picture.credit }),
    internalLinks,
    lang: brief.lang,
    address,
    ...(siteUrl === undefined ? {} : { siteUrl }),
  };
}

function sourcesOf({ draft: { brief } }: CheckedDraft) {
  return brief.articles.map(({ url, finalUrl, title }) => {
    const web = webAddress(finalUrl);
    const name = cleanLine(title) || publicAddress(url);
    return { url: web, title: web === undefined ? `${name} (${publicAddress(url)})` : name };
  });
}

/** The built-in writer quotes; what it makes is nobody's invention. */
function isDisclosed({ draft }: CheckedDraft, { disclosure }: PostFacts): boolean {
  return disclosure !== 'off' && !draft.digest;
}

/** Strings of a tree without control characters. */
function cleaned(data: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? cleanText(value) : value)),
  ) as Record<string, unknown>;
}

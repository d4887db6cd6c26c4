import type { CheckedDraft } from '../../../core/types.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { frontMatterOf, type PostFacts, renderFrontMatter } from './front-matter.ts';
import { type LinkStyle, renderMarkdown } from './markdown/render-markdown.ts';
import { type FrontMatterPreset, PRESET_TABLE } from './presets.ts';
import { publicAddress, webAddress } from './public-address.ts';

export const POST_FORMATS = ['md', 'html', 'json'] as const;
export type PostFormat = (typeof POST_FORMATS)[number];

export interface RenderOptions {
  readonly format: PostFormat;
  readonly preset: FrontMatterPreset;
  readonly internalLinks: LinkStyle;
}

/** The whole text of a post's file; `file` is its path below the output folder. */
export function renderPost(
  checked: CheckedDraft,
  facts: PostFacts,
  file: string,
  options: RenderOptions,
): Promise<string> {
  return RENDERERS[options.format](checked, facts, file, options);
}

type Renderer = (checked: CheckedDraft, facts: PostFacts, file: string, options: RenderOptions) => Promise<string>;

const RENDERERS: Readonly<Record<PostFormat, Renderer>> = {
  async md(checked, facts, file, { preset, internalLinks }) {
    const body = await renderMarkdown(bodyOf(checked, file, internalLinks), PRESET_TABLE[preset]);
    // Without front matter nothing else says the title.
    const title = preset === 'none' ? `# ${cleanLine(checked.draft.content.title)}\n\n` : '';
    return `${renderFrontMatter(cleaned(frontMatterOf(checked, facts)), preset)}${title}${body}\n`;
  },
  async html(checked, facts, file, { internalLinks }) {
    const { brief, content } = checked.draft;
    // Half of the start-up time of the whole program, needed for this format only.
    const { renderHtml } = await import('./pages/render-html.ts');
    return renderHtml({
      title: cleanLine(content.title),
      description: cleanLine(content.description),
      lang: brief.lang,
      ...(facts.canonicalUrl === undefined ? {} : { canonicalUrl: facts.canonicalUrl }),
      date: facts.date,
      lastmod: facts.lastmod,
      draft: facts.draft,
      tags: content.tags.map(cleanLine),
      categories: (brief.categories ?? []).map(cleanLine),
      sources: brief.articles.map(({ url, title }) => ({ url: publicAddress(url), title: cleanLine(title) })),
      body: await renderMarkdown(bodyOf(checked, file, internalLinks), PRESET_TABLE.none),
      ...(brief.articles[0].leadImage === undefined ? {} : { image: brief.articles[0].leadImage }),
    });
  },
  async json(checked, facts) {
    const { draft, score, findings, related = [] } = checked;
    const links = related.map(({ path, title }) => ({ path, title }));
    return `${JSON.stringify(cleaned({ ...frontMatterOf(checked, facts), score, findings, related: links, body: draft.content.body }), null, 2)}\n`;
  },
};

function bodyOf(
  { draft: { brief, content, digest }, related = [] }: CheckedDraft,
  file: string,
  internalLinks: LinkStyle,
) {
  const namesSources = brief.articles.length > 1 && !digest;
  const sources = namesSources ? brief.articles.map(({ finalUrl }) => webAddress(finalUrl)) : [];
  return { body: content.body, sources, related, internalLinks, lang: brief.lang, file };
}

/** Strings of a tree without control characters. */
function cleaned(data: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? cleanText(value) : value)),
  ) as Record<string, unknown>;
}

import type { RelatedPost } from '../../../../core/types.ts';
import { cleanText } from '../clean-text.ts';
import type { Preset } from '../presets.ts';

export const LINK_STYLES = ['related', 'inline', 'off'] as const;
/** Where links to the blog's own posts go: a list below the text, words within it, nowhere. */
export type LinkStyle = (typeof LINK_STYLES)[number];

export interface MarkdownBody {
  readonly body: string;
  /** Addresses of the sources that the text names by number; empty where it names none. */
  readonly sources: readonly (string | undefined)[];
  readonly related: readonly RelatedPost[];
  readonly internalLinks: LinkStyle;
  /** BCP 47. */
  readonly lang: string;
  /** Path of the post, relative to the output folder. */
  readonly file: string;
}

const MOST_LINKS = 5;
const HEADINGS: Readonly<Record<string, string>> = {
  ko: '함께 읽을 글',
  ja: '関連記事',
  de: 'Zum Weiterlesen',
  fr: 'À lire aussi',
  es: 'Para seguir leyendo',
};

/** The body of a post without raw HTML and without commands to the site generator, with its links to other posts. */
export async function renderMarkdown(post: MarkdownBody, preset: Preset): Promise<string> {
  const text = await tame(await cited(cleanText(post.body).trim(), post.sources), preset);
  const links = linksOf(post, preset);
  if (links.length === 0 || post.internalLinks === 'off') return text;
  if (post.internalLinks === 'inline') {
    const { placeLinks } = await import('./markdown-text.ts');
    return placeLinks(text, links);
  }
  const heading = HEADINGS[post.lang.split('-')[0] ?? ''] ?? 'Related';
  const list = links.map(({ title, destination }) => `- [${title}](${destination})`).join('\n');
  return `${text}\n\n## ${heading}\n\n${list}`;
}

async function cited(text: string, sources: readonly (string | undefined)[]): Promise<string> {
  if (sources.length === 0) return text;
  const { linkCitations } = await import('./markdown-text.ts');
  return linkCitations(text, sources);
}

async function tame(text: string, preset: Preset): Promise<string> {
  // The parser costs more to load than most posts need: they hold none of these signs.
  if (!/[<{[`]/.test(text)) return preset.everywhere(text);
  const { rewriteText, withoutHtml, withoutUnsafeLinks } = await import('./markdown-text.ts');
  return preset.everywhere(
    rewriteText(withoutUnsafeLinks(text), (part) => preset.text(withoutHtml(part)), preset.code),
  );
}

function linksOf({ related, file }: MarkdownBody, preset: Preset) {
  return related
    .filter((other) => !other.draft || !preset.hidesDrafts)
    .flatMap(({ path, title, terms }) => {
      const destination = preset.link(file, path);
      return destination === undefined
        ? []
        : [{ title: preset.everywhere(preset.text(asLinkText(title))), destination, terms }];
    })
    .slice(0, MOST_LINKS);
}

/** A title as the text of a link: none of its signs is Markdown. */
function asLinkText(title: string): string {
  return cleanText(title)
    .replace(/\s+/g, ' ')
    .replace(/[[\]\\`*_<>]/g, '\\$&');
}

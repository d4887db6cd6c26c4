import type { PictureCredit, RelatedPost } from '../../../../core/types.ts';
import { cleanLine, cleanText, hasCjk } from '../clean-text.ts';
import { type Preset, plain, relativeAddress } from '../presets/preset.ts';
import { webAddress } from '../public-address.ts';
import { wordsOf } from '../words.ts';

export const LINK_STYLES = ['related', 'inline', 'off'] as const;
/** Where links to the blog's own posts go: a list below the text, words within it, nowhere. */
export type LinkStyle = (typeof LINK_STYLES)[number];

export interface NamedSource {
  readonly title: string;
  /** Absent where the web cannot reach it. */
  readonly url: string | undefined;
}

export interface MarkdownBody {
  readonly body: string;
  /** What the post was written from. */
  readonly sources: readonly NamedSource[];
  /** The text names its sources by number. */
  readonly hasCitations: boolean;
  /** Whether a reader is told that the text is a machine's. */
  readonly isDisclosed: boolean;
  /** The text itself says what stands around it: its sources and who wrote it. */
  readonly isFramed: boolean;
  readonly related: readonly RelatedPost[];
  /** Of the picture that stands for the post, where somebody else made it. */
  readonly pictureCredit?: PictureCredit;
  readonly internalLinks: LinkStyle;
  /** BCP 47. */
  readonly lang: string;
  /** Of the post's page, seen from the output folder's. */
  readonly address: string;
  /** Public address of the output folder, where it is known. */
  readonly siteUrl?: string;
}

const MAX_LINKS = 5;

/** The body of a post without raw HTML and without commands to the site generator, with what it was written from and its links to other posts. */
export async function renderMarkdown(post: MarkdownBody, preset: Preset): Promise<string> {
  const text = await tame(await cited(await bounded(cleanText(post.body).trim()), post), preset);
  const links = await linksOf(post, preset);
  const isInline = post.internalLinks === 'inline' && links.length > 0;
  const linked = isInline ? (await import('./markdown-text.ts')).placeLinks(text, links) : text;
  const list = links.map(({ title, destination }) => `- [${title}](${destination})`).join('\n');
  const related = isInline || list === '' ? [] : [`## ${wordsOf(post.lang).related}\n\n${list}`];
  return [linked, ...(await frame(post, preset)), ...related].join('\n\n');
}

/** What stands below each post: its sources, and who wrote it. */
async function frame(
  { sources, lang, isDisclosed, isFramed, pictureCredit }: MarkdownBody,
  preset: Preset,
): Promise<string[]> {
  if (!isFramed) return [];
  const words = wordsOf(lang);
  const named = await Promise.all(sources.map((source) => sourceLink(source, preset)));
  const list =
    named.length > 1
      ? [`${words.sources}:`, named.map((link, index) => `${index + 1}. ${link}`).join('\n')]
      : named.map((link) => `${words.source}: ${link}`);
  const credit = pictureCredit === undefined ? [] : [`${words.picture}: ${await creditLinks(pictureCredit, preset)}`];
  return [...list, ...credit, ...(isDisclosed ? [`*${words.disclosure}*`] : [])];
}

/** The picture's author with the page where it was found, and the licence. */
async function creditLinks({ creator, licence, licenceUrl, pageUrl }: PictureCredit, preset: Preset): Promise<string> {
  const links = [
    { title: creator ?? new URL(pageUrl).host, url: webAddress(pageUrl) },
    { title: licence, url: licenceUrl },
  ];
  return (await Promise.all(links.map((link) => sourceLink(link, preset)))).join(', ');
}

async function sourceLink({ title, url }: NamedSource, preset: Preset): Promise<string> {
  const text = await asText(title, preset);
  return url === undefined ? text : `[${text}](<${preset.everywhere(url.replace(/[<>\s]/g, encodeURIComponent))}>)`;
}

async function bounded(text: string): Promise<string> {
  // Markdown that a person or a model would write is shorter, and its lines are.
  return (await import('../../../../util/text/markdown.ts')).boundedMarkdown(text);
}

async function cited(text: string, { sources, hasCitations }: MarkdownBody): Promise<string> {
  if (!hasCitations) return text;
  const { linkCitations } = await import('./markdown-text.ts');
  return linkCitations(
    text,
    sources.map(({ url }) => url),
  );
}

async function tame(text: string, preset: Preset): Promise<string> {
  // The parser costs more to load than most posts need: they hold none of these signs, and nothing of theirs is the generator's.
  const hasMarks = /[<{[`~]|^(?: {4}|\t)/m.test(text) || (/[*_]/.test(text) && hasCjk(text));
  if (!hasMarks && (preset.text === plain.text || preset.textSigns?.test(text) === false))
    return preset.everywhere(text);
  const { settleBody } = await import('./settle-body.ts');
  return settleBody(text, preset);
}

interface PlacedLink {
  readonly title: string;
  readonly destination: string;
  readonly terms: readonly string[];
}

async function linksOf(
  { related, internalLinks, address, siteUrl }: MarkdownBody,
  preset: Preset,
): Promise<PlacedLink[]> {
  if (internalLinks === 'off') return [];
  const links = related
    .filter(({ draft }) => !draft)
    .flatMap((other) => {
      const destination = destinationOf(other.address ?? other.path, { address, siteUrl }, preset);
      return destination === undefined ? [] : [{ ...other, destination }];
    })
    .slice(0, MAX_LINKS);
  return await Promise.all(
    links.map(async ({ title, destination, terms }) => ({ title: await asText(title, preset), destination, terms })),
  );
}

/** A plain address, never a command to the generator: what becomes of the other post cannot end a build. */
function destinationOf(
  to: string,
  { address, siteUrl }: { readonly address: string; readonly siteUrl: string | undefined },
  preset: Preset,
): string | undefined {
  if (preset.checksLinks !== true)
    return `<${encodeURI(relativeAddress(address, to, preset.isDated)).replace(/[<>]/g, encodeURIComponent)}>`;
  return siteUrl === undefined ? undefined : new URL(to, siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).href;
}

/** A title as it stands in a text: none of its signs is Markdown, HTML or a command. */
export async function asText(title: string, preset: Preset): Promise<string> {
  const { asPlainMarkdown } = await import('./markdown-text.ts');
  return preset.everywhere(preset.text(asPlainMarkdown(cleanLine(title))));
}

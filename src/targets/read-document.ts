/** A post, written by blogger or by hand, as a document that any target takes. */

import { decodeHTML } from 'entities';
import { BloggerError } from '../core/errors.ts';
import { describeFront, type PostFront } from '../core/post-front.ts';
import type { PostDocument, RemotePost, Target } from '../core/publishing.ts';
import { cleanLine } from '../stages/publish/render/clean-text.ts';
import { markdownToHtml } from '../stages/publish/render/markdown/markdown-to-html.ts';
import { dropDeadLinks, replaceOwnLinks } from '../stages/publish/render/markdown/update-links.ts';
import { settleWritten } from '../stages/publish/render/written/settle-written.ts';
import { settleWrittenLinks, withoutLostPictures } from '../stages/publish/render/written/written-text.ts';
import { frontMatterFault, readFrontMatter } from '../util/front/front-matter.ts';
import { hashText, stableHash } from '../util/stable-hash.ts';
import { boundedMarkdown, headingsOf, parseBounded } from '../util/text/markdown.ts';
import { provenanceOf, readOwn } from './files/read-own.ts';
import { picturesIn } from './post-pictures.ts';

export interface ReadDocumentOptions {
  /** The file's own name: says in which form it is. */
  readonly file: string;
  /** What the post is called where nothing in it says so. */
  readonly name: string;
  /** By what a post is known that blogger did not write. */
  readonly place: string;
  /** Address at the target of the page that a link leads to; undefined where it has none there. */
  readonly urlOf: (link: string) => string | undefined;
  /** Absolute path of the file that a picture's address leads to; undefined where there is none in the project. */
  readonly pathOf: (src: string) => Promise<string | undefined>;
}

export interface ReadDocument {
  readonly document: PostDocument;
  readonly front: PostFront;
  /** Of the sources; absent in what a person wrote. */
  readonly sourceKey?: string;
  /** A draft, or one that is not to be built: it is not published, whatever is asked for. */
  readonly isHeld: boolean;
  /** What has no place in the document: pictures that are not there, calls of a generator. As it is written. */
  readonly lost: readonly string[];
  /** What the file says that a target has of it. */
  readonly written: (target: Pick<Target, 'name' | 'place'>) => RemotePost | undefined;
}

/** Throws `NOT_FOUND` where the file cannot be told from a draft: nothing of it is known. */
export async function readDocument(text: string, options: ReadDocumentOptions): Promise<ReadDocument> {
  const { front, data, html, cover, coverAlt, sourceKey } = await contentOf(text, options);
  const { name, place, pathOf } = options;
  const { html: body, heading, lost } = await html();
  const { pictures, missing } = await picturesIn(
    body,
    cover === undefined ? undefined : { src: cover, alt: coverAlt },
    pathOf,
  );
  const isOurCover = pictures.some(({ src }) => src === cover);
  const content = {
    title: cleanLine(front.title ?? heading ?? titleOf(name)),
    description: cleanLine(front.description ?? ''),
    slug: lastName(front.slug ?? front.permalink) ?? name,
    tags: front.tags,
    categories: front.categories,
    lang: front.lang ?? 'en',
    html: withoutLostPictures(body, (src) => pictures.some((one) => one.src === decodeHTML(src))),
    ...(front.canonical === undefined ? {} : { canonical: front.canonical }),
    ...(cover !== undefined && (isOurCover || /^https?:\/\//.test(cover)) ? { cover } : {}),
  };
  const seen = pictures.map(({ src, hash, alt }) => ({ src, hash, alt }));
  return {
    front,
    isHeld: front.hidden,
    lost: [...new Set([...lost, ...missing])],
    ...(sourceKey === undefined ? {} : { sourceKey }),
    written: ({ name: target, place: at }) => remoteIn(provenanceOf(data)[target] ?? data[target], at),
    document: {
      ...content,
      pictures,
      key: publicationKey(sourceKey ?? `file ${place}`),
      hash: stableHash({ ...content, seen }).slice(0, 24),
    },
  };
}

interface Shown {
  readonly html: string;
  readonly lost: readonly string[];
}

interface Content {
  readonly front: PostFront;
  readonly data: Readonly<Record<string, unknown>>;
  readonly sourceKey: string | undefined;
  readonly cover: string | undefined;
  /** What the picture shows; empty where nothing says so. */
  readonly coverAlt: string;
  readonly html: () => Promise<Shown & { readonly heading?: string | undefined }>;
}

async function contentOf(text: string, { file, urlOf }: ReadDocumentOptions): Promise<Content> {
  if (/\.x?html?(?:\.draft)?$/i.test(file)) {
    const own = readOwn(text, file);
    if (own.sourceKey === undefined) throw unreadable(file, 'blogger did not write this page');
    return {
      front: own,
      data: {},
      sourceKey: own.sourceKey,
      cover: metaOf(text, 'name="blogger-image"'),
      coverAlt: metaOf(text, 'property="og:image:alt"') ?? '',
      html: async () => ({ html: bodyOfPage(text), lost: [] }),
    };
  }
  if (!/\.(?:md|markdown|mdown|mkdn?|mdx|[qr]md|txt|json)(?:\.draft)?$/i.test(file))
    throw unreadable(file, 'it is not Markdown');
  const { data, body: written } = readFrontMatter(text);
  const problem = frontMatterFault(text);
  if (problem !== undefined) throw unreadable(file, `its front matter is not understood: ${problem}`);
  const front = describeFront(data);
  const { sourceKey } = readOwn(text, file);
  const source = provenanceOf(data)['source'];
  const isJson = /\.json(?:\.draft)?$/i.test(file);
  const body = boundedMarkdown((isJson ? String(data['body'] ?? '') : written).replace(/\r\n?/g, '\n'));
  const isOwn = sourceKey !== undefined || typeof source === 'string';
  return {
    front,
    data,
    sourceKey: sourceKey ?? (typeof source === 'string' ? source : undefined),
    cover: coverIn(data),
    coverAlt: altIn(data),
    async html() {
      const first = headingsOf(parseBounded(body)).find(({ depth }) => depth === 1);
      // The title stands above the post at every target: a heading that says it again goes.
      const isTitle =
        first !== undefined && (front.title === undefined || wordsOf(first.text) === wordsOf(front.title));
      const text = isTitle ? withoutHeading(body, first.line) : body;
      const options = { lang: front.lang ?? 'en', urlOf, file };
      return { ...(await (isOwn ? ownHtml : writtenHtml)(text, options)), heading: first?.text };
    },
  };
}

interface TextOptions extends Pick<ReadDocumentOptions, 'urlOf' | 'file'> {
  readonly lang: string;
}

async function ownHtml(text: string, { lang, urlOf }: TextOptions): Promise<Shown> {
  const living = dropDeadLinks(text, (link) => urlOf(link) !== undefined);
  return { html: await markdownToHtml(replaceOwnLinks(living, urlOf), { lang }), lost: [] };
}

/** What a person wrote is theirs: no word of it is left out without a word about it. */
async function writtenHtml(text: string, { lang, urlOf, file }: TextOptions): Promise<Shown> {
  const settled = settleWritten(text, { file });
  const lost = [...settled.lost];
  const html = await markdownToHtml(settled.text, {
    lang,
    isWritten: true,
    rewrite: (tree) => lost.push(...settleWrittenLinks(tree, urlOf)),
  });
  return { html, lost };
}

/** By what a target knows a post: the same for the same sources. */
export function publicationKey(sourceKey: string): string {
  return hashText(sourceKey).slice(0, 24);
}

/** Names that site generators and people give to the picture of a post. */
const COVERS = [
  'image',
  'cover',
  'ogImage',
  'images',
  'Image',
  'featured_image',
  'header',
  'og_image',
  'resources',
  'featuredImage',
  'feature_image',
  'thumbnail',
  'hero',
  'heroImage',
  'banner',
];

/** As it is read aloud: a heading is parsed, a title is not. */
function wordsOf(title: string): string {
  return cleanLine(title.replace(/[*_`\\]/g, ''));
}

/** A name of hyphens as words. */
function titleOf(name: string): string {
  if (/\s/.test(name) || !/[-_]/.test(name)) return name;
  const words = name.replace(/[-_]+/g, ' ').trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The last name in an address; undefined in a pattern of one, such as `/:year/:title/`. */
function lastName(address: string | undefined): string | undefined {
  const name = address
    ?.split(/[?#]/, 1)[0]
    ?.split('/')
    .findLast((part) => part !== '' && !/^index\.\w+$/.test(part));
  return name === undefined || /[:{}]/.test(address ?? '') ? undefined : name.replace(/\.x?html?$/i, '');
}

function metaOf(page: string, name: string): string | undefined {
  const at = page.indexOf(`<meta ${name} content="`);
  const [, value] = at === -1 ? [] : (/content="([^"<>]*)"/.exec(page.slice(at, at + 2000)) ?? []);
  return value === undefined ? undefined : decodeHTML(value);
}

function altIn(data: Readonly<Record<string, unknown>>): string {
  const inner = COVERS.map((name) => data[name]).find((value) => typeof value === 'object' && value !== null);
  const alts = [data['imageAlt'], data['Imagealt'], asMember(data['extra'], 'imageAlt'), asMember(inner, 'alt')];
  return alts.find((alt) => typeof alt === 'string') ?? '';
}

function asMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function coverIn(data: Readonly<Record<string, unknown>>): string | undefined {
  const named = [...COVERS.map((name) => data[name]), asMember(data['extra'], 'image')].find(
    (value) => value !== undefined && value !== null,
  );
  const one: unknown = Array.isArray(named) ? named[0] : named;
  const inner =
    typeof one === 'object' && one !== null
      ? Object.entries(one).find(([name]) =>
          /^(?:image|src|url|path|relative|feature|teaser|overlay_image)$/.test(name),
        )?.[1]
      : one;
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

function remoteIn(value: unknown, at: string): RemotePost | undefined {
  const parsed = typeof value === 'string' && value.startsWith('{') ? orUndefined(value) : value;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { place, id, url, slug, revision, textHash } = parsed as Readonly<Record<string, unknown>>;
  if (place !== at || typeof id !== 'string' || typeof url !== 'string' || typeof revision !== 'string')
    return undefined;
  return {
    id,
    url,
    revision,
    ...(typeof slug === 'string' ? { slug } : {}),
    ...(typeof textHash === 'string' ? { textHash } : {}),
  };
}

function orUndefined(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Between the head of the article and its end, as blogger writes a page. */
function bodyOfPage(html: string): string {
  const start = html.indexOf('</header>');
  const end = html.lastIndexOf('</article>');
  return start === -1 || end < start ? '' : html.slice(start + '</header>'.length, end).trim();
}

/** A heading of one line, or of a line and the marks below it. */
function withoutHeading(text: string, line: number): string {
  const lines = text.split('\n');
  const isUnderlined = !/^ {0,3}#/.test(lines[line - 1] ?? '') && /^ {0,3}=+\s*$/.test(lines[line] ?? '');
  return lines.map((one, index) => (index === line - 1 || (isUnderlined && index === line) ? '' : one)).join('\n');
}

function unreadable(file: string, why: string): BloggerError {
  return new BloggerError(`${file} cannot be published: ${why}`, {
    code: 'NOT_FOUND',
    hint: 'Mend its front matter, or name a Markdown file.',
  });
}

/** What the shortcodes, tags and components of site generators show, as Markdown that every target takes. Pure. */

import { escapeHtml } from '../../../../util/text/escape-html.ts';
import type { Call } from './calls.ts';

export interface Use extends Pick<Call, 'name' | 'words' | 'named'> {
  /** What stands between its two tags; undefined where it has one. */
  readonly between?: string;
}

/** What stands in place of a call, or around what it holds. */
export type Meaning = { readonly instead: string } | { readonly before: string; readonly after: string };

/** Undefined where only the generator knows. */
export function meaningOf(written: Use): Meaning | undefined {
  const use = included(written);
  return code(use) ?? picture(use) ?? film(use) ?? link(use) ?? quotation(use) ?? named(use) ?? around(use);
}

/** `{% include youtube.html id="x" %}` is what the file is called. */
function included(use: Use): Use {
  const [file = '', ...words] = use.words;
  if (!/^(?:include|include_cached|render|partial)$/.test(use.name)) return use;
  return { ...use, name: (file.split('/').at(-1) ?? '').replace(/\.\w+$/, ''), words };
}

function code({ name, words, named, between }: Use): Meaning | undefined {
  if (between === undefined || !/^(?:highlight|codeblock|code|prism|sourcecode|mermaid|plantuml|graphviz)$/i.test(name))
    return undefined;
  const own = /^(?:mermaid|plantuml|graphviz)$/i.test(name) ? name.toLowerCase() : words[0];
  const language = named['lang'] ?? named['language'] ?? (/^codeblock$/i.test(name) ? '' : own) ?? '';
  const runs = [...between.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(2, ...runs) + 1);
  const info = /^[\w#+.-]+$/.test(language) ? language : '';
  return { instead: `\n\n${fence}${info}\n${between.replace(/^[ \t]*\n/, '').trimEnd()}\n${fence}\n\n` };
}

function isPicture(value: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(value.split(/[?#]/, 1)[0] ?? '') && !/[\s"<>]/.test(value);
}

function picture({ words, named, between }: Use): Meaning | undefined {
  const src = [named['src'], named['image_path'], named['image'], ...words, ...Object.values(named)].find(
    (value) => value !== undefined && isPicture(value),
  );
  if (src === undefined) return undefined;
  const rest = words.slice(words.indexOf(src) + 1).filter((word) => !/^[\d.%x]+(?:px)?$/.test(word));
  const alt = named['alt'] ?? (rest.join(' ') || named['title']) ?? named['caption'] ?? '';
  const image = `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">`;
  const caption = named['caption'] ?? between?.trim() ?? '';
  if (caption === '') return { instead: image };
  return { instead: `\n\n<figure>\n${image}\n<figcaption>\n\n${caption}\n\n</figcaption>\n</figure>\n\n` };
}

const FRAMES: Readonly<Record<string, (id: string) => string>> = {
  youtube: (id) => `https://www.youtube.com/embed/${id}`,
  vimeo: (id) => `https://player.vimeo.com/video/${id}`,
  bilibili: (id) => `https://player.bilibili.com/player.html?bvid=${id}`,
  codepen: (id) => `https://codepen.io/${id}`,
};
const PAGES: Readonly<Record<string, (parts: readonly string[]) => string>> = {
  gist: (parts) => `https://gist.github.com/${parts.slice(0, 2).join('/')}`,
  tweet: ([user = 'i', id = user]) => `https://x.com/${id === user ? 'i' : user}/status/${id}`,
  instagram: ([id = '']) => `https://www.instagram.com/p/${id}/`,
};
const SAME: Readonly<Record<string, string>> = {
  x: 'tweet',
  twitter: 'tweet',
  x_simple: 'tweet',
  youtubeembed: 'youtube',
};

/** What is shown from elsewhere: a film in a frame, a page by a link. */
function film({ name, words, named }: Use): Meaning | undefined {
  const written = name.toLowerCase().replace(/[-_]?(?:simple|lite|embed|video|player)$/, '');
  const kind = SAME[written] ?? written;
  const own = [named['user'], named['id'] ?? named['videoid'] ?? named['video'] ?? named['tweet'], ...words];
  const parts = own.filter((part) => part !== undefined && /^[\w/-]+$/.test(part)) as string[];
  const id = named['id'] ?? named['videoid'] ?? parts[0];
  if (id === undefined || !/^[\w/-]+$/.test(id)) return undefined;
  const frame = FRAMES[kind]?.(id);
  if (frame !== undefined) return { instead: `\n\n<iframe src="${frame}" allowfullscreen></iframe>\n\n` };
  const page = Object.hasOwn(PAGES, kind) ? PAGES[kind]?.(parts) : undefined;
  return page === undefined ? undefined : { instead: `<${page}>` };
}

/** The path of a file, where the generator would write the address of its page. */
function link({ name, words, named, between }: Use): Meaning | undefined {
  const address = named['href'] ?? named['url'] ?? named['link'];
  const label = between?.trim() ?? named['text'] ?? named['label'] ?? named['title'];
  if (address !== undefined && label !== undefined && label !== '' && !/[\n<>]/.test(label + address))
    return { instead: `[${label}](<${address}>)` };
  const target = named['path'] ?? words[0];
  if (target === undefined) return undefined;
  if (/^(?:post_link|internal_link)$/.test(name))
    return { instead: `[${words.slice(1).join(' ') || target}](<${asFile(target)}>)` };
  return /^(?:(?:rel)?ref|post_url|link|doc|post_path|asset_path|get_url)$/.test(name)
    ? { instead: asFile(target) }
    : undefined;
}

/** Seen from the post: where its generator begins at the root of the site, nothing is known to be there. */
function asFile(target: string): string {
  const [path = '', anchor] = target.replace(/^(?:@\/|\/+)/, '').split('#', 2);
  const file = path === '' || /\.\w+$/.test(path) ? path : `${path}.md`;
  return anchor === undefined ? file : `${file}#${anchor}`;
}

function quotation({ name, words, named, between }: Use): Meaning | undefined {
  if (between === undefined || !/^(?:blockquote|quote|pullquote|epigraph)$/i.test(name)) return undefined;
  const author = [named['author'] ?? '', ...words].filter((part) => part !== '' && part !== '%}').join(' ');
  return {
    before: '\n\n<blockquote>\n\n',
    after: `${author === '' ? '' : `\n\n— ${author}`}\n\n</blockquote>\n\n`,
  };
}

const KINDS =
  /^(?:note|notice|tip|hint|info|warning|warn|caution|danger|important|attention|success|failure|error|question|bug|example|abstract|summary|tldr|todo|admonition|callout|alert|aside)$/i;

/** A box with a mark, as a quotation that begins with its title. */
export function boxed(kind: string, title: string): { readonly before: string; readonly after: string } {
  if (kind.toLowerCase() === 'details')
    return {
      before: `\n\n<details>\n<summary>${escapeHtml(title || 'Details')}</summary>\n\n`,
      after: '\n\n</details>\n\n',
    };
  const words = title || `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).toLowerCase()}`;
  return { before: `\n\n<blockquote>\n\n**${words}**\n\n`, after: '\n\n</blockquote>\n\n' };
}

/** Whether it is a box of this kind, by the names that generators and editors give to them. */
export function isBox(kind: string): boolean {
  return KINDS.test(kind) || /^details$/i.test(kind);
}

function named({ name, words, named, between }: Use): Meaning | undefined {
  if (/^(?:more|toc|br|clear|else|elsif|elif|set|assign|break|continue)$/i.test(name)) return { instead: '' };
  if (between === undefined || !isBox(name)) return undefined;
  const own = [named['type'], words[0]].find((word) => word !== undefined && isBox(word));
  const title = named['title'] ?? words.filter((word) => word !== own).join(' ');
  return boxed(own ?? name, title);
}

/** What stands between two tags is the author's text, whatever the tags make of it. */
function around({ between }: Use): Meaning | undefined {
  return between === undefined ? undefined : { before: '', after: '' };
}

/** What an expression between two braces stands for; undefined for text that only looks like one. */
export function shownValue({
  inner,
  name,
  ...rest
}: Pick<Call, 'inner' | 'name' | 'words' | 'named'>): Meaning | undefined {
  const [, literal] = /^["']([^"']*)["']\s*(?:\||$)/.exec(inner) ?? [];
  if (literal !== undefined) return { instead: literal };
  if (/^\$?\.?(?:site|config)\.(?:base_?url|url|root)(?:\s*\|[\s\S]*)?$|^base_?url$/i.test(inner))
    return { instead: '' };
  return /^\w+\(/.test(inner) ? meaningOf({ name, ...rest }) : undefined;
}

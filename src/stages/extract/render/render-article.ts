import type { Image, Link } from '../../../core/types.ts';
import { stripInvisible } from '../document/invisible-characters.ts';
import { type ElementNode, elementsInside } from '../document/nodes.ts';
import type { Block } from './block.ts';
import { renderBlocks } from './render-blocks.ts';

export interface RenderedArticle {
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  readonly images: readonly Image[];
}

const MAX_LINKS = 500;
const MAX_IMAGES = 200;
const MAX_ADDRESS = 2_000;

/** The article's blocks with absolute addresses, and the links and images in them. */
export function renderArticle(root: ElementNode, baseUrl: string): RenderedArticle {
  const resolve = createResolver(baseUrl);
  return {
    blocks: renderBlocks(root, { resolve }),
    links: readLinks(root, resolve),
    images: readImages(root, resolve),
  };
}

type Resolve = (href: string, kind: 'link' | 'image') => string | undefined;

function createResolver(baseUrl: string): Resolve {
  const known = new Map<string, string | undefined>();
  const page = withoutFragment(baseUrl);
  return (href, kind) => {
    const key = `${kind} ${href}`;
    if (!known.has(key)) known.set(key, resolveAddress(href, kind, baseUrl, page));
    return known.get(key);
  };
}

function resolveAddress(href: string, kind: 'link' | 'image', baseUrl: string, page: string): string | undefined {
  const plain = stripInvisible(href.trim());
  if (plain === '' || plain.startsWith('#') || plain.length > MAX_ADDRESS) return undefined;
  if (!URL.canParse(plain, baseUrl)) return undefined;
  const url = new URL(plain, baseUrl);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb && !(kind === 'link' && url.protocol === 'mailto:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  if (kind === 'link' && url.hash !== '' && withoutFragment(url.href) === page) return undefined;
  return url.href;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function readLinks(root: ElementNode, resolve: Resolve): Link[] {
  const links = new Map<string, Link>();
  for (const anchor of elementsInside(root, (element) => element.localName === 'a')) {
    if (links.size >= MAX_LINKS) break;
    const href = resolve(anchor.getAttribute('href') ?? '', 'link');
    const text = anchor.textContent.replace(/\s+/g, ' ').trim().slice(0, 500);
    if (href !== undefined && !href.startsWith('mailto:') && text !== '' && !links.has(href))
      links.set(href, { href, text });
  }
  return [...links.values()];
}

function readImages(root: ElementNode, resolve: Resolve): Image[] {
  const images = new Map<string, Image>();
  for (const image of elementsInside(root, (element) => element.localName === 'img')) {
    if (images.size >= MAX_IMAGES) break;
    const src = resolve(image.src, 'image');
    if (src !== undefined && !images.has(src))
      images.set(src, { src, alt: (image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim().slice(0, 250) });
  }
  return [...images.values()];
}

/** Text by blocks, a blank line between them. */
export function blocksToText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => block.text)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Text without code listings, for detecting the language. */
export function proseOf(blocks: readonly Block[]): string {
  return blocksToText(blocks.filter(({ kind }) => kind !== 'code'));
}

/** Markdown whose headings start at level 2 (the title is level 1 and stands elsewhere) and skip no level. */
export function blocksToMarkdown(blocks: readonly Block[]): string {
  const open: number[] = [];
  const parts = blocks.map((block) => {
    if (block.kind !== 'heading') return block.markdown;
    const level = block.level ?? 2;
    while (open.length > 0 && (open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return `${'#'.repeat(Math.min(open.length + 1, 6))} ${block.markdown}`;
  });
  return parts.filter((part) => part !== '').join('\n\n');
}

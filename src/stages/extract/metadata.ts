/** What a page says of itself: JSON-LD first, then OpenGraph, then plain meta, then what stands in the text. */

import { stripInvisible } from './document/invisible-characters.ts';
import type { HeadData } from './document/read-head.ts';
import { readLinkedData } from './linked-data.ts';

export interface Metadata {
  readonly title: string;
  readonly author?: string;
  /** ISO date or time. */
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  readonly siteName?: string;
  readonly leadImage?: string;
  readonly description?: string;
  readonly canonicalUrl?: string;
}

export interface TextHints {
  readonly heading: string | undefined;
  readonly byline: string | undefined;
  /** The first `<time datetime>` of the page. */
  readonly time: string | undefined;
}

export function readMetadata(head: HeadData, hints: TextHints): Metadata {
  const meta = (...names: string[]) =>
    names.map((name) => head.metas.get(name)?.[0]).find((value) => value !== undefined && value.trim() !== '');
  const linked = readLinkedData(head.jsonLd);
  const siteName = line(meta('og:site_name', 'application-name') ?? linked.siteName);
  const found = {
    author: authorOf(
      linked.author ??
        meta('article:author', 'author', 'byl', 'parsely-author', 'dc.creator', 'citation_author') ??
        hints.byline,
    ),
    publishedAt: isoDate(
      linked.publishedAt ??
        meta(
          'article:published_time',
          'og:article:published_time',
          'datepublished',
          'parsely-pub-date',
          'date',
          'dc.date',
          'dc.date.issued',
          'citation_publication_date',
          'pubdate',
        ) ??
        hints.time,
    ),
    modifiedAt: isoDate(
      linked.modifiedAt ?? meta('article:modified_time', 'og:updated_time', 'datemodified', 'last-modified'),
    ),
    siteName,
    leadImage: absolute(
      meta('og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ?? linked.image,
      head.baseUrl,
    ),
    description: line(meta('og:description', 'description', 'twitter:description') ?? linked.description),
    canonicalUrl: absolute(head.canonical ?? meta('og:url'), head.baseUrl),
  };
  const title =
    line(linked.headline) ??
    withoutSite(line(meta('og:title', 'twitter:title')), siteName) ??
    titleOf(head.title, siteName, hints.heading) ??
    '';
  return { title, ...withoutUndefined(found) };
}

/** The document's title without the site's name behind it; the page's own heading where the title says nothing. */
function titleOf(title: string, siteName: string | undefined, heading: string | undefined): string | undefined {
  const plain = line(title);
  const shown = line(heading);
  if (plain === undefined) return shown;
  const parts = plain.split(/\s+[|–—\-·»:]\s+/);
  if (parts.length < 2) return plain;
  if (shown !== undefined && plain.startsWith(shown)) return shown;
  const [first = plain] = parts;
  const last = parts.at(-1) ?? '';
  if (siteName !== undefined && last.toLowerCase() === siteName.toLowerCase()) return withoutSite(plain, siteName);
  return first.length >= 15 ? first : plain;
}

function withoutSite(title: string | undefined, siteName: string | undefined): string | undefined {
  if (title === undefined || siteName === undefined || !title.toLowerCase().endsWith(siteName.toLowerCase()))
    return title;
  const rest = title
    .slice(0, -siteName.length)
    .replace(/\s*[|–—\-·»:]\s*$/, '')
    .trim();
  return rest === '' ? title : rest;
}

function authorOf(value: string | undefined): string | undefined {
  const name = line(value)
    ?.replace(/^(?:by|von|par|por|글|기자)\s*[:.]?\s+/i, '')
    .replace(/\s*(?:기자|記者|记者)$/, '');
  return name === undefined || name === '' || name.length > 120 || /^https?:/.test(name) ? undefined : name;
}

function isoDate(value: string | undefined): string | undefined {
  const text = line(value);
  if (text === undefined) return undefined;
  const dateOnly = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?$/.exec(text);
  if (dateOnly !== null)
    return `${dateOnly[1]}-${(dateOnly[2] ?? '').padStart(2, '0')}-${(dateOnly[3] ?? '').padStart(2, '0')}`;
  const at = Date.parse(text);
  if (Number.isNaN(at) || at < 0) return undefined;
  return /\d{1,2}:\d{2}/.test(text)
    ? new Date(at).toISOString()
    : (/^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? localDate(at));
}

/** A date without a time was parsed as local midnight. */
function localDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function absolute(href: string | undefined, base: string): string | undefined {
  if (href === undefined || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}

function line(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = stripInvisible(value).replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text.slice(0, 500);
}

type WithoutUndefined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends Record<string, unknown>>(value: T): WithoutUndefined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as WithoutUndefined<T>;
}

/** What a page says of itself: JSON-LD, OpenGraph and plain meta, checked against what stands around its title. */

import type { TreeDocument } from './document/nodes.ts';
import type { HeadData } from './document/read-head.ts';
import { type LinkedData, readLinkedData } from './linked-data.ts';
import { bylineNear, findAuthor } from './metadata/find-authors.ts';
import { findDate } from './metadata/find-date.ts';
import { decoded, oneLine } from './metadata/one-line.ts';
import { readSurroundings, type Surroundings } from './metadata/surroundings.ts';
import { chooseTitle } from './metadata/title.ts';
import { readDate } from './metadata/written-date.ts';

export interface Metadata {
  readonly title: string;
  readonly author?: string;
  /** ISO date, or time with the zone that the page states. */
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  readonly siteName?: string;
  readonly leadImage?: string;
  readonly description?: string;
  readonly canonicalUrl?: string;
}

/** What has to be read before anything is cut out of the page. */
export interface PageHints {
  readonly linked: LinkedData;
  readonly surroundings: Surroundings;
}

export function readHints(document: TreeDocument, head: HeadData): PageHints {
  return { linked: readLinkedData(head.jsonLd), surroundings: readSurroundings(document) };
}

export interface MetadataOptions {
  readonly url: string;
  /** Language of the text: it tells how dates are written. */
  readonly lang: string;
}

const DATE_METAS = [
  'article:published_time',
  'og:article:published_time',
  'article:published',
  'og:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'citation_publication_date',
  'citation_date',
  'pubdate',
  'publish-date',
  'publish_date',
  'published_time',
];

export function readMetadata(
  head: HeadData,
  { linked, surroundings }: PageHints,
  { url, lang }: MetadataOptions,
): Metadata {
  const meta = (...names: string[]) =>
    names.map((name) => head.metas.get(name)?.[0]).find((value) => value !== undefined && value.trim() !== '');
  const siteName = oneLine(decodedOr(meta('og:site_name', 'application-name')) ?? linked.siteName, 200);
  const dateLang = lang === 'und' ? head.lang : regionOf(lang, head.lang);
  const title =
    chooseTitle({
      document: decodedOr(head.title),
      openGraph: decodedOr(meta('og:title', 'twitter:title')),
      headline: linked.headline,
      siteName,
      host: hostOf(url),
      headings: surroundings.headings,
    }) ?? '';
  const author = findAuthor(
    { head, linked, near: bylineNear(title, surroundings) },
    { lang: dateLang, siteName, host: hostOf(url) },
  );
  const modified =
    linked.modifiedAt ??
    meta('article:modified_time', 'og:updated_time', 'datemodified', 'last-modified', 'dcterms.modified');
  return {
    title,
    ...withoutUndefined({
      author,
      publishedAt: findDate({
        lang: dateLang,
        url,
        title,
        surroundings,
        stated: [linked.publishedAt, ...DATE_METAS.map((name) => meta(name)), publishedMeta(head)],
        modified,
      })?.iso,
      modifiedAt: readDate(modified, dateLang)?.iso,
      siteName,
      leadImage: absolute(
        meta('og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ?? linked.image,
        head.baseUrl,
      ),
      description: oneLine(
        decodedOr(meta('og:description', 'description', 'twitter:description')) ?? linked.description,
      ),
      canonicalUrl: absolute(head.canonical ?? meta('og:url'), head.baseUrl),
    }),
  };
}

/** Names of a site's own: `w-published-date`. */
function publishedMeta({ metas }: HeadData): string | undefined {
  for (const [name, [value]] of metas)
    if (/publish(?:ed)?[\w.:-]{0,3}(?:date|time|on|$)|pub_?date/.test(name)) return value;
  return undefined;
}

function decodedOr(value: string | undefined): string | undefined {
  return value === undefined ? undefined : decoded(value.slice(0, 2_000));
}

/** The text tells the language, the page its region: `en` on a page of `en-GB` writes the day first. */
function regionOf(lang: string, declared: string | undefined): string {
  return declared?.toLowerCase().startsWith(`${lang.toLowerCase()}-`) === true ? declared : lang;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function absolute(href: string | undefined, base: string): string | undefined {
  if (href === undefined || href.length > 4_000 || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}

type WithoutUndefined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends Record<string, unknown>>(value: T): WithoutUndefined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as WithoutUndefined<T>;
}

/** Metadata of a page: JSON-LD, OpenGraph and plain meta, checked against the text around its title. */

import { readDate, type WrittenDate } from '../../util/dates/written-date.ts';
import type { TreeDocument } from './document/nodes.ts';
import type { HeadData } from './document/read-head.ts';
import { type LinkedData, readLinkedData } from './linked-data.ts';
import { authorCandidates } from './metadata/authors/find-authors.ts';
import { dateCandidates } from './metadata/find-date.ts';
import { decoded, oneLine } from './metadata/one-line.ts';
import { readSurroundings, type Surroundings } from './metadata/surroundings.ts';
import { chooseTitle } from './metadata/title.ts';
import { type Candidate, likeliest } from './metadata/weigh.ts';

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

/** Data to read before parts of the page are removed. */
export interface PageHints {
  readonly linked: LinkedData;
  readonly surroundings: Surroundings;
}

export function readHints(document: TreeDocument, head: HeadData): PageHints {
  const surroundings = readSurroundings(document, head.lang);
  const title = [head.title ?? '', ...surroundings.headings.map(({ text }) => text)].join('\n');
  const addresses = [head.canonical, head.metas.get('og:url')?.[0], head.baseUrl].filter((one) => one !== undefined);
  return { linked: readLinkedData(head.jsonLd, { addresses, title }), surroundings };
}

export interface MetadataOptions {
  readonly url: string;
  /** Language of the text; it decides the format of dates. */
  readonly lang: string;
}

/** Meta names of the date of publication, by their kind of evidence. */
const DATE_METAS: ReadonlyMap<string, string> = new Map([
  ['article:published_time', 'metaArticle'],
  ['og:article:published_time', 'metaArticle'],
  ['article:published', 'metaArticle'],
  ['og:published_time', 'metaArticle'],
  ['datepublished', 'metaPublished'],
  ['parsely-pub-date', 'metaPublished'],
  ['sailthru.date', 'metaPublished'],
  ['date', 'metaDate'],
  ['dc.date', 'metaDate'],
  ['dc.date.issued', 'metaPublished'],
  ['dcterms.created', 'metaPublished'],
  ['dcterms.date', 'metaDate'],
  ['citation_publication_date', 'metaPublished'],
  ['citation_date', 'metaPublished'],
  ['pubdate', 'metaPublished'],
  ['publish-date', 'metaPublished'],
  ['publish_date', 'metaPublished'],
  ['published_time', 'metaPublished'],
]);

export function readMetadata(head: HeadData, hints: PageHints, options: MetadataOptions): Metadata {
  const { linked } = hints;
  const meta = metaReader(head);
  const { siteName, lang, modified } = readContext(head, hints, options);
  const title =
    chooseTitle({
      document: decodedOr(head.title),
      openGraph: decodedOr(meta('og:title', 'twitter:title')),
      headline: linked.headline,
      siteName,
      host: hostOf(options.url),
      headings: hints.surroundings.headings,
    }) ?? '';
  const about = { ...options, title };
  return {
    title,
    ...withoutUndefined({
      author: likeliest('author', authorCandidatesOf(head, hints, about)),
      publishedAt: likeliest('date', dateCandidatesOf(head, hints, about))?.iso,
      modifiedAt: readDate(modified, lang)?.iso,
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

type About = MetadataOptions & { readonly title: string };

/** @public Training reads the candidates too, as do those below. */
export function authorCandidatesOf(head: HeadData, hints: PageHints, about: About): Candidate<string>[] {
  const { siteName, lang } = readContext(head, hints, about);
  return authorCandidates({ head, ...hints, title: about.title, lang, siteName, host: hostOf(about.url) });
}

/** @public */
export function dateCandidatesOf(head: HeadData, hints: PageHints, about: About): Candidate<WrittenDate>[] {
  const { lang, modified } = readContext(head, hints, about);
  const meta = metaReader(head);
  const stated = [
    { source: 'linked', value: hints.linked.publishedAt },
    ...[...DATE_METAS].map(([name, source]) => ({ source, value: meta(name) })),
    { source: 'metaOther', value: publishedMeta(head) },
    { source: 'modified', value: modified },
  ];
  return dateCandidates({ lang, url: about.url, title: about.title, surroundings: hints.surroundings, stated });
}

function readContext(head: HeadData, { linked }: PageHints, { lang }: MetadataOptions) {
  const meta = metaReader(head);
  return {
    siteName: oneLine(decodedOr(meta('og:site_name', 'application-name')) ?? linked.siteName, 200),
    lang: lang === 'und' ? head.lang : regionOf(lang, head.lang),
    modified:
      linked.modifiedAt ??
      meta('article:modified_time', 'og:updated_time', 'datemodified', 'last-modified', 'dcterms.modified'),
  };
}

/** The first of some metas that is not empty. */
function metaReader(head: HeadData): (...names: string[]) => string | undefined {
  return (...names) =>
    names.map((name) => head.metas.get(name)?.[0]).find((value) => value !== undefined && value.trim() !== '');
}

/** Custom names: `w-published-date`. */
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

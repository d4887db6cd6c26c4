/** Who wrote an article: by what the head of the page states, else by the byline near the title. */

import type { HeadData } from '../document/read-head.ts';
import type { LinkedData } from '../linked-data.ts';
import { authorsOf } from './author.ts';
import { decoded } from './one-line.ts';
import type { Spot, Surroundings } from './surroundings.ts';
import { isSite, siteNames } from './title.ts';

const AUTHOR_METAS = [
  'author',
  'article:author',
  'byl',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'citation_author',
  'twitter:creator:name',
];
interface AuthorSources {
  readonly head: HeadData;
  readonly linked: LinkedData;
  /** Bylines near the title, the likeliest first. */
  readonly near: readonly (readonly string[])[];
}

interface AuthorOptions {
  readonly lang: string | undefined;
  readonly siteName: string | undefined;
  readonly host: string;
}

/** Where the head names the site itself, a person in the byline says more. */
export function findAuthor({ head, linked, near }: AuthorSources, options: AuthorOptions): string | undefined {
  const metas = AUTHOR_METAS.map((name) => namesIn(name, head));
  const read = (values: readonly string[] | undefined) => authorsOf(values, options);
  const stated = firstOf([linked.authors, ...metas, labelled(head)], read);
  const sites = new Set([...siteNames(options), ...siteNames({ siteName: linked.siteName, host: '' })]);
  const isPerson = stated !== undefined && !isSite(stated, sites);
  return isPerson ? stated : (firstOf(near, read) ?? stated);
}

function namesIn(meta: string, head: HeadData): string[] | undefined {
  const values = head.metas.get(meta)?.slice(0, MOST_NAMES).map(decoded);
  return meta.startsWith('citation') ? values?.map(givenNameFirst) : values;
}

const MOST_NAMES = 8;

/** Libraries write `Doe, Jane`. */
function givenNameFirst(name: string): string {
  const [family = '', given = '', ...rest] = name.split(',').map((part) => part.trim());
  return family === '' || given === '' || rest.length > 0 ? name : `${given} ${family}`;
}

/** `twitter:label1` says what `twitter:data1` is, in the page's language. */
function labelled({ metas }: HeadData): string[] | undefined {
  for (const number of [1, 2]) {
    const label = metas.get(`twitter:label${number}`)?.[0] ?? '';
    if (AUTHOR_LABEL.test(label)) return metas.get(`twitter:data${number}`)?.map(decoded);
  }
  return undefined;
}

const AUTHOR_LABEL =
  /^(?:written|posted|authored|published) by|^by$|author|autor|auteur|verfasst|geschrieben|escrito|écrit|scritto|geschreven|napisan|skrevet|skriven|yazan|автор|글쓴이|작성자|저자|작가|執筆|著者|作者/iu;

function firstOf<T, R>(values: readonly T[], read: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

const BEFORE = 400;
const AFTER = 600;

/** So many characters stand between the names of authors side by side. */
const MOST_BETWEEN = 80;

/** Elements that hold one name each. */
const STANDS_ALONE: ReadonlySet<Spot['kind']> = new Set(['author', 'profile']);

/** Statements that may name authors, the likeliest first. */
export function bylineNear(title: string, { spots, placeOf }: Surroundings): string[][] {
  const place = placeOf(title);
  const found = spots
    .map((spot) => ({ spot, weight: weightOf(spot, place) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const [best] = found;
  if (best === undefined) return [];
  // Several authors stand side by side, each in an element of its own.
  const beside = spots.filter(
    ({ kind, at }) => kind === best.spot.kind && STANDS_ALONE.has(kind) && Math.abs(at - best.spot.at) < MOST_BETWEEN,
  );
  return [
    beside.length > 1 ? beside.map(({ text }) => text) : [best.spot.text],
    ...found.slice(1, 6).map(({ spot }) => [spot.text]),
  ];
}

const LEAD =
  /^(?:(?:written|posted|words|text|story|article|reported|authored) (?:and \w+ )?by|by|authors?|author\(s\)|autor(?:in|es)?|auteurs?|von|par|por|di|door)[\s:|]+(?=\S)|^(?:글쓴이|글|작성자|作者|文|記者)\s*(?:[:：]\s*)?(?=\S)|^\p{Script=Hangul}{2,4}\s?기자/iu;

/** `By Jane Doe`, and not `By clicking …`: after the lead stands a capital, or a letter of a script without them. */
function isByline(text: string): boolean {
  const lead = LEAD.exec(text)?.[0];
  return lead !== undefined && !/^\p{Ll}/u.test(text.slice(lead.trimEnd().length).trimStart());
}

/** Far from the title, below the text. */
const FAR: Partial<Record<Spot['kind'], number>> = { author: 0.5, profile: 0.3 };

function weightOf({ kind, text, at, isElsewhere }: Spot, place: number | undefined): number {
  if (text.length > 160 || text.length < 2) return 0;
  const distance = place === undefined ? 1_000 : at - place;
  const leads = isByline(text) ? 1 : 0;
  if (distance < -BEFORE || distance > AFTER)
    return isElsewhere ? 0 : (FAR[kind] ?? (leads > 0 && text.length < 60 && kind === 'text' ? 0.2 : 0));
  const nearness = 1 - Math.abs(distance) / 1_000;
  if (kind === 'author') return 2 + nearness + leads;
  if (kind === 'profile') return isElsewhere ? 0 : 1.4 + nearness;
  if (kind === 'byline') return 1.2 + nearness + leads - (text.length > 80 ? 0.8 : 0);
  return leads > 0 && text.length < 60 && kind === 'text' ? 1 + nearness : 0;
}

/** Candidates for the author of an article: statements of the page's head, and bylines. */

import type { HeadData } from '../../document/read-head.ts';
import type { LinkedData } from '../../linked-data.ts';
import { decoded } from '../one-line.ts';
import type { Spot, Surroundings } from '../surroundings.ts';
import { isSite, siteNames } from '../title.ts';
import { type Candidate, type Evidence, gather } from '../weigh.ts';
import { authorsOf } from './author.ts';
import { creditIn } from './byline.ts';

/** Names of metas, by the evidence that they are. */
const AUTHOR_METAS: ReadonlyMap<string, string> = new Map([
  ['author', 'metaAuthor'],
  ['article:author', 'metaArticle'],
  ['byl', 'metaAuthor'],
  ['parsely-author', 'metaOther'],
  ['sailthru.author', 'metaOther'],
  ['dc.creator', 'metaOther'],
  ['dcterms.creator', 'metaOther'],
  ['citation_author', 'metaOther'],
  ['twitter:creator:name', 'metaOther'],
]);

export interface AuthorSources {
  readonly head: HeadData;
  readonly linked: LinkedData;
  readonly surroundings: Surroundings;
  readonly title: string;
  readonly lang: string | undefined;
  readonly siteName: string | undefined;
  readonly host: string;
}

interface Statement {
  readonly values: readonly string[];
  readonly evidence: Evidence;
}

/** Candidates for the author, with the evidence for each. */
export function authorCandidates(sources: AuthorSources): Candidate<string>[] {
  const { head, linked, surroundings, title, lang } = sources;
  const byOrganization = linked.isByOrganization === true;
  const isPersonLinked = linked.authors !== undefined && !byOrganization;
  const statements: Statement[] = [
    { values: linked.authors ?? [], evidence: { [byOrganization ? 'linkedOrganization' : 'linked']: 1 } },
    ...[...AUTHOR_METAS].map(([name, source]) => ({
      values: namesIn(name, head) ?? [],
      evidence: { [isPersonLinked ? 'metaBesideLinked' : source]: 1 },
    })),
    { values: labelled(head) ?? [], evidence: { labelled: 1 } },
    ...bylines(surroundings, { place: surroundings.placeOf(title), lang }),
  ];
  const read = statements.flatMap(({ values, evidence }) => {
    const names = values.length === 0 ? undefined : authorsOf(values, sources);
    return names === undefined ? [] : [{ names, key: wordsIn(names).sort().join(' '), evidence }];
  });
  const sites = new Set([...siteNames(sources), ...siteNames({ siteName: linked.siteName, host: '' })]);
  const groups = gather(read, ({ key }) => key);
  const hasPerson = groups.some(
    ({ statements: [first], evidence }) => isNearTitle(evidence) && first !== undefined && !isSite(first.names, sites),
  );
  return groups.flatMap(({ statements: [first], evidence }) =>
    first === undefined
      ? []
      : [{ value: first.names, evidence: { ...evidence, ...describeNames(first.names, { sites, hasPerson }) } }],
  );
}

/** By the markup of an element, or by words before a name. */
function isNearTitle(evidence: Evidence): boolean {
  return ['authorNear', 'bylineNear', 'profileNear', 'leadsNear'].some((name) => (evidence[name] ?? 0) > 0);
}

function wordsIn(names: string): string[] {
  return names.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function describeNames(
  names: string,
  { sites, hasPerson }: { readonly sites: ReadonlySet<string>; readonly hasPerson: boolean },
): Evidence {
  const words = wordsIn(names);
  return {
    [hasPerson ? 'isSiteBesidePerson' : 'isSite']: isSite(names, sites) ? 1 : 0,
    isOneWord: words.length === 1 ? 1 : 0,
    isLong: words.length > 4 && !names.includes(',') ? 1 : 0,
    areSeveral: names.includes(',') ? 1 : 0,
    isNameLike: names.split(/[\s,]+/).every((word) => !/^\p{Ll}/u.test(word)) ? 1 : 0,
  };
}

function namesIn(meta: string, head: HeadData): string[] | undefined {
  const values = head.metas.get(meta)?.slice(0, MAX_NAMES).map(decoded);
  return meta.startsWith('citation') ? values?.map(givenNameFirst) : values;
}

const MAX_NAMES = 8;

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

/** Maximum number of characters between two authors' names. */
const MAX_BETWEEN = 80;
/** Maximum distance of a byline from the date beside it. */
const BESIDE_DATE = 60;

/** Elements that hold one name each. */
const STANDS_ALONE: ReadonlySet<Spot['kind']> = new Set(['author', 'profile']);
const MAX_BYLINES = 40;
const LONGEST_BYLINE = 200;

/** Visible texts of the page that may name its authors. */
function bylines(
  { spots }: Surroundings,
  { place, lang }: { readonly place: number | undefined; readonly lang: string | undefined },
): Statement[] {
  const found: Statement[] = [];
  const dates = spots.filter(({ kind }) => kind === 'time' || kind === 'dated' || kind === 'published');
  for (const spot of spots) {
    if (found.length >= MAX_BYLINES || spot.text.length > LONGEST_BYLINE || spot.text.length < 2) continue;
    const credit = creditIn(spot.text, lang);
    const leads = credit !== undefined && (credit.isFirst || isNear(spot, place));
    if (!NAMES.has(spot.kind) && !leads) continue;
    const isBesideDate = dates.some(({ at }) => Math.abs(at - spot.at) < BESIDE_DATE);
    const evidence = describeByline(spot, { place, leads, isBesideDate });
    const beside = STANDS_ALONE.has(spot.kind) ? namesBeside(spot, spots) : [];
    found.push(
      beside.length > 1
        ? { values: beside, evidence: { ...evidence, beside: 1 } }
        : { values: [(leads ? credit?.names : undefined) ?? spot.text], evidence },
    );
  }
  return found;
}

const NAMES: ReadonlySet<Spot['kind']> = new Set(['author', 'byline', 'profile']);

/** Several authors stand side by side, each in an element of its own; two links to one profile are one author. */
function namesBeside(one: Spot, spots: readonly Spot[]): string[] {
  const names = new Map<string, string>();
  for (const { kind, at, text, value, isElsewhere } of spots)
    if (kind === one.kind && isElsewhere === one.isElsewhere && Math.abs(at - one.at) < MAX_BETWEEN)
      names.set(value ?? text, names.get(value ?? text) ?? text);
  return [...names.values()];
}

const NEAR = 700;

function isNear({ at }: Spot, place: number | undefined): boolean {
  return place !== undefined && Math.abs(at - place) < NEAR;
}

function describeByline(
  { kind, at, isElsewhere }: Spot,
  { place, leads, isBesideDate }: { place: number | undefined; leads: boolean; isBesideDate: boolean },
): Evidence {
  const distance = place === undefined ? Number.POSITIVE_INFINITY : at - place;
  const isNear = distance > -NEAR && distance < NEAR;
  const where = isElsewhere ? 'Elsewhere' : isNear ? 'Near' : 'Far';
  return {
    [`${kind}${where}`]: 1,
    [`leads${where}`]: leads ? 1 : 0,
    near: isNear ? 1 - Math.abs(distance) / NEAR : 0,
    isAfterTitle: isNear && distance >= 0 ? 1 : 0,
    isBesideDate: isBesideDate ? 1 : 0,
  };
}

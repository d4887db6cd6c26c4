/** The dates of a page, with the source of each and its distance to the title. */

import { readDate, type WrittenDate } from '../../../util/dates/written-date.ts';
import type { Spot, Surroundings } from './surroundings.ts';
import { type Candidate, type Evidence, gather } from './weigh.ts';

export interface DateSources {
  readonly lang: string | undefined;
  readonly url: string;
  readonly title: string;
  /** Dates in the page's head, by their source. */
  readonly stated: readonly { readonly source: string; readonly value: string | undefined }[];
  readonly surroundings: Surroundings;
}

interface Statement {
  readonly date: WrittenDate;
  readonly evidence: Evidence;
}

/** Candidates for the day of publication, with the evidence for each. */
export function dateCandidates(sources: DateSources): Candidate<WrittenDate>[] {
  const { lang, url, stated } = sources;
  const inAddress = dateOfAddress(url);
  const statements = [
    ...stated.flatMap(({ source, value }) => {
      const date = readDate(value, lang);
      return date === undefined ? [] : [{ date, evidence: { [source]: 1 } }];
    }),
    ...(inAddress === undefined ? [] : [{ date: inAddress, evidence: { address: 1 } }]),
    ...spotStatements(sources),
  ];
  const groups = gather(publications(statements), ({ date }) => date.day);
  const days = groups.map(({ statements: [first] }) => first?.date.day ?? '').sort();
  return groups.flatMap(({ statements: own, evidence }) => {
    const [first] = own;
    if (first === undefined) return [];
    const { day } = first.date;
    const group = {
      isFirst: day === days[0] ? 1 : 0,
      isLast: day === days.at(-1) ? 1 : 0,
      isOnly: days.length === 1 ? 1 : 0,
      mentions: Math.log2(Math.min(own.length, MAX_MENTIONS)),
      inAddress: inAddress !== undefined && day.startsWith(inAddress.day) ? 1 : 0,
    };
    return [{ value: mostExact(own), evidence: { ...evidence, ...group } }];
  });
}

const MAX_MENTIONS = 8;
/** Statements of the head about the publication only. */
const PUBLICATIONS = ['linked', 'metaArticle', 'metaPublished'];
const CHANGES = ['modified', 'modifiedHere', 'modifiedElsewhere', 'saysModified'];

/** The day of change is used only if the head does not state the day of publication. */
function publications(statements: readonly Statement[]): readonly Statement[] {
  const has = ({ evidence }: Statement, names: readonly string[]) => names.some((name) => (evidence[name] ?? 0) > 0);
  const published = new Set(statements.filter((one) => has(one, PUBLICATIONS)).map(({ date }) => date.day));
  if (published.size === 0) return statements;
  const changed = new Set(statements.filter((one) => has(one, CHANGES)).map(({ date }) => date.day));
  return statements.filter(({ date: { day } }) => published.has(day) || !changed.has(day));
}

/** The one with a time and a zone, if there is one. */
function mostExact(statements: readonly Statement[]): WrittenDate {
  const dates = statements.map(({ date }) => date);
  return dates.reduce((best, next) => (next.iso.length > best.iso.length ? next : best));
}

const MAX_SPOTS = 60;

function spotStatements({ lang, title, surroundings }: DateSources): Statement[] {
  const place = surroundings.placeOf(title);
  const known = new Map<string, WrittenDate | undefined>();
  const statements: Statement[] = [];
  for (const spot of surroundings.spots) {
    if (statements.length >= MAX_SPOTS || !mayDate(spot) || isOfOthers(spot, place)) continue;
    const key = `${spot.value ?? ''}\n${spot.text}`;
    if (!known.has(key)) known.set(key, dateOf(spot, lang));
    const date = known.get(key);
    if (date !== undefined) statements.push({ date, evidence: describeSpot(spot, place) });
  }
  return statements;
}

/** Maximum distance of a byline below the title. */
const BYLINE = 200;

/** In a ticker or beside other articles, unless it says what it is or follows the title closely. */
function isOfOthers({ isElsewhere, kind, text, at }: Spot, place: number | undefined): boolean {
  if (!isElsewhere || kind === 'published' || PUBLISHED.test(text)) return false;
  return place === undefined || at < place || at - place > BYLINE;
}

const LONGEST_LABEL = 60;

/** A date in running text belongs to the story. */
function mayDate({ kind, text, value }: Spot): boolean {
  if (kind === 'author' || kind === 'profile' || !/\p{Nd}|年/u.test(value ?? text)) return false;
  return kind !== 'text' || text.length <= LONGEST_LABEL || PUBLISHED.test(text) || MODIFIED.test(text);
}

/** A machine-readable value first; of the text the part that says published. */
function dateOf({ value, text }: Spot, lang: string | undefined): WrittenDate | undefined {
  const stated = readDate(value, lang);
  if (stated !== undefined) return stated;
  const published = PUBLISHED.exec(text);
  const modified = MODIFIED.exec(text);
  if (published !== null) return readDate(text.slice(published.index), lang) ?? dateBefore(text, published.index, lang);
  if (modified === null) return readDate(text, lang);
  // A page that states only when it was changed has that date.
  return readDate(text.slice(0, modified.index), lang) ?? readDate(text, lang);
}

/** `于 2026-05-01 发布`: the word stands behind its date, unless that is the date of another word. */
function dateBefore(text: string, end: number, lang: string | undefined): WrittenDate | undefined {
  const before = text.slice(0, end);
  return MODIFIED.test(before) ? undefined : readDate(before, lang);
}

const PUBLISHED =
  /\b(?:published|posted|first published|publié|veröffentlicht|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|опубликовано)\b|입력|등록|작성|게시|発行|公開|投稿|发布|發布/iu;
const MODIFIED =
  /\b(?:updated|modified|last (?:edited|changed|reviewed)|revised|aktualisiert|mis à jour|actualizado|aggiornato|bijgewerkt|uppdaterad|обновлено)\b|수정|更新|修改|编辑于|編輯於/iu;

/** Distance after and before the title within which nearness counts as evidence. */
const NEAR = 700;

/** All evidence is positive or 0: of several mentions of a day the strongest counts. */
function describeSpot({ kind, text, at, isElsewhere, value }: Spot, place: number | undefined): Evidence {
  const where = isElsewhere ? 'Elsewhere' : 'Here';
  const distance = place === undefined ? Number.POSITIVE_INFINITY : at - place;
  const isNear = distance > -NEAR && distance < NEAR;
  const isPublished = PUBLISHED.test(text);
  return {
    [`${kind}${where}`]: 1,
    [`near${where}`]: isNear ? 1 - Math.abs(distance) / NEAR : 0,
    [`${distance < 0 ? 'before' : 'after'}${where}`]: isNear ? 1 : 0,
    [`placeless${where}`]: place === undefined ? 1 : 0,
    saysPublished: isPublished ? 1 : 0,
    saysModified: !isPublished && MODIFIED.test(text) ? 1 : 0,
    isMachineReadable: value === undefined ? 0 : 1,
    isEarly: 1 / (1 + at / 2_000),
  };
}

/** `/2024/03/13/…`: what blogs put into their addresses; a month alone says too little. */
function dateOfAddress(url: string): WrittenDate | undefined {
  const match = /[/-]((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?:[/_-]|$)/.exec(
    url.slice(0, 500).split(/[?#]/, 1)[0] ?? '',
  );
  return match === null ? undefined : readDate(`${match[1]}-${match[2]}-${match[3]}`, undefined);
}

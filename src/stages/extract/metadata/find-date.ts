/** The date of the article among the dates of its page: by what states it, and by how near to the title it stands. */

import type { Spot, Surroundings } from './surroundings.ts';
import { readDate, type WrittenDate } from './written-date.ts';

export interface DateSources {
  readonly lang: string | undefined;
  readonly url: string;
  readonly title: string;
  /** Dates that the head of the page states, the most reliable first. */
  readonly stated: readonly (string | undefined)[];
  /** Where nothing tells when it was published, when it was changed is its date. */
  readonly modified: string | undefined;
  readonly surroundings: Surroundings;
}

export function findDate({ lang, url, title, stated, modified, surroundings }: DateSources): WrittenDate | undefined {
  for (const value of stated) {
    const date = readDate(value, lang);
    if (date !== undefined) return date;
  }
  const inAddress = dateOfAddress(url);
  const place = surroundings.placeOf(title);
  let best: { date: WrittenDate; weight: number } | undefined;
  for (const spot of surroundings.spots) {
    const weight = weightOf(spot, place);
    if (weight <= 0 || (best !== undefined && weight <= best.weight)) continue;
    const date = dateOf(spot, lang);
    if (date !== undefined) best = { date, weight };
  }
  if (inAddress !== undefined && (best === undefined || best.weight < 2.5 || best.date.day.startsWith(inAddress.iso))) {
    return best?.date.day.startsWith(inAddress.iso) === true ? best.date : inAddress;
  }
  return best?.date ?? readDate(modified, lang);
}

/** A machine-readable value first; of the text the part that says published. */
function dateOf({ value, text }: Spot, lang: string | undefined): WrittenDate | undefined {
  const stated = readDate(value, lang);
  if (stated !== undefined) return stated;
  const published = PUBLISHED.exec(text);
  const modified = MODIFIED.exec(text);
  if (published !== null) return readDate(text.slice(published.index), lang);
  if (modified === null) return readDate(text, lang);
  // A page that states only when it was changed has that date.
  return readDate(text.slice(0, modified.index), lang) ?? readDate(text, lang);
}

const PUBLISHED =
  /\b(?:published|posted|first published|publié|veröffentlicht|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|опубликовано)\b|입력|등록|작성|게시|発行|公開|投稿|发布|發布/iu;
const MODIFIED =
  /\b(?:updated|modified|last (?:edited|changed|reviewed)|revised|aktualisiert|mis à jour|actualizado|aggiornato|bijgewerkt|uppdaterad|обновлено)\b|수정|更新/iu;

/** Characters around the title in which a date is believed without saying what it is of. */
const NEAR = 700;

function weightOf(spot: Spot, place: number | undefined): number {
  if (spot.kind === 'author' || spot.kind === 'profile') return 0;
  const { isElsewhere } = spot;
  const distance = place === undefined ? 2_000 : spot.at - place;
  const isNear = distance > -NEAR && distance < NEAR;
  const nearness = isNear ? 1.5 - Math.abs(distance) / NEAR : Math.max(-1, -Math.abs(distance) / 20_000);
  const base = { published: 3.2, time: 1.6, dated: 1.3, byline: 0.8, text: 0.5, modified: 0.9 }[spot.kind];
  const isPublished = PUBLISHED.test(spot.text);
  const says = isPublished ? 0.9 : MODIFIED.test(spot.text) ? -0.4 : 0;
  if (isElsewhere && spot.kind !== 'published' && !isPublished) return 0;
  // Within running text a date is of what is told.
  if (spot.kind === 'text' && spot.text.length > 60 && says === 0) return 0;
  const isShort = spot.text.length <= 60 ? 0.5 : -0.6;
  const total = base + nearness + says + isShort - (isElsewhere ? 2 : 0);
  if (isNear || spot.kind === 'published') return total;
  return says !== 0 && spot.text.length <= 60 && !isElsewhere ? Math.max(total - 1.8, 0.1) : total - 1.8;
}

/** `/2024/03/13/…`: what blogs put into their addresses; a month alone says too little. */
function dateOfAddress(url: string): WrittenDate | undefined {
  const match = /[/-]((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?:[/_-]|$)/.exec(
    url.slice(0, 500).split(/[?#]/, 1)[0] ?? '',
  );
  return match === null ? undefined : readDate(`${match[1]}-${match[2]}-${match[3]}`, undefined);
}

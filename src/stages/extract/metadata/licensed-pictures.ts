/** Pictures of an article that its page lets others show: by a licence of the picture, or by one of the page that covers it. Pure. */

import type { LicensedPicture } from '../../../core/types.ts';
import type { Licence } from './licence.ts';
import { HINT, type LicenceStatements, type PageStatement, type PictureStatement } from './licence-statements.ts';

export interface ArticlePictures {
  readonly images: readonly { readonly src: string; readonly alt: string }[];
  readonly leadImage: string | undefined;
  readonly url: string;
  readonly author: string | undefined;
  readonly siteName: string | undefined;
}

const MOST = 5;

/** The article's own pictures that may be shown, most certain first. */
export function licensedPictures({ pictures, page }: LicenceStatements, article: ArticlePictures): LicensedPicture[] {
  const { images, leadImage, url, author, siteName } = article;
  const own = [...(leadImage === undefined ? [] : [{ src: leadImage, alt: '' }]), ...images].filter(
    ({ src }) => !isOrnament(src),
  );
  const whole = pageLicence(page);
  const found = new Map<string, LicensedPicture & { readonly weight: number }>();
  for (const { src, alt } of own) {
    const key = pictureKey(src);
    const stated = pictures.filter((one) => pictureKey(one.src) === key);
    const verdict = stated.length > 0 ? ofPicture(stated, { author, siteName, whole }) : whole;
    if (verdict === undefined || found.has(key)) continue;
    const isOurs = verdict !== whole || whole.coversPictures || sameSite(src, url);
    const weight = verdict.weight - (isOurs ? 0 : FOREIGN_HOST);
    if (weight < NEEDED) continue;
    const { name: licence, url: licenceUrl } = verdict.licence;
    const creator = verdict.creator ?? author ?? siteName;
    const words =
      alt ||
      (stated.find((one) => one.alt !== '')?.alt ?? '') ||
      (images.find((one) => pictureKey(one.src) === key)?.alt ?? '');
    found.set(key, {
      src: largest(src, stated),
      alt: words,
      licence,
      licenceUrl,
      ...(creator === undefined ? {} : { creator }),
      weight,
    });
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ weight: _, ...picture }) => picture);
}

/** Minimum confidence for using an image, 0 to 1. */
const NEEDED = 0.6;
/** A licence of the page is rarely meant for pictures of elsewhere. */
const FOREIGN_HOST = 0.3;

interface Verdict {
  readonly licence: Licence;
  readonly weight: number;
  readonly creator?: string | undefined;
}

type PageVerdict = Verdict & { readonly coversPictures: boolean };

/** Statements of a picture: all must be open; a credit without a licence leaves the page's licence only to its own author. */
function ofPicture(
  stated: readonly PictureStatement[],
  {
    author,
    siteName,
    whole,
  }: {
    readonly author: string | undefined;
    readonly siteName: string | undefined;
    readonly whole: PageVerdict | undefined;
  },
): Verdict | undefined {
  const creator = stated.find((one) => one.creator !== undefined)?.creator;
  const terms = stated.filter(({ hasTerms }) => hasTerms);
  const [first] = terms;
  if (first !== undefined) {
    const isOpen = terms.every(({ licence }) => licence?.isOpen === true);
    return isOpen && first.licence !== undefined ? { licence: first.licence, weight: 1, creator } : undefined;
  }
  const isByOwner = [author, siteName].some(
    (name) => name !== undefined && name.length > 2 && creator?.toLowerCase().includes(name.toLowerCase()) === true,
  );
  return isByOwner && !stated.some(({ creator: words = '' }) => /©|\(c\)|copyright|all rights/i.test(words))
    ? whole
    : undefined;
}

/** The licence of the whole page. One that is not open, or that is of the text alone, leaves none for pictures. */
function pageLicence(statements: readonly PageStatement[]): PageVerdict | undefined {
  const serious = statements.filter(({ weight, licence }) => weight > HINT || licence?.isOpen === false);
  if (serious.some(({ licence, covers }) => licence === undefined || !licence.isOpen || covers === 'text'))
    return undefined;
  const names = new Set(serious.map(({ licence }) => licence?.name));
  const [first] = serious;
  if (first?.licence === undefined || names.size !== 1) return undefined;
  const doubt = statements.reduce((left, { weight }) => left * (1 - weight), 1);
  return {
    licence: first.licence,
    weight: 1 - doubt,
    coversPictures: serious.some(({ covers }) => covers === 'pictures'),
  };
}

/** One picture in several sizes has one key. */
function pictureKey(src: string): string {
  const [path = ''] = src.split(/[?#]/, 1);
  return safeDecode(path)
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/-(?:\d{2,5}x\d{2,5}|scaled)(?=\.[a-z]{3,4}$)/i, '')
    .toLowerCase();
}

/** The address that the page's data gives for the picture, else the one that it shows. */
function largest(src: string, stated: readonly PictureStatement[]): string {
  return stated.find(({ licence, src: other }) => licence !== undefined && other.startsWith('http'))?.src ?? src;
}

function isOrnament(src: string): boolean {
  return (
    !/^https?:/.test(src) ||
    /(?:^|[/._-])(?:logo|avatar|icon|favicon|sprite|badge|placeholder|gravatar|88x31|80x15)(?:[/._\d-]|$)/i.test(src)
  );
}

/** By the last two labels of the names, three where the last two are short ones of a country: `co.kr`. */
function sameSite(a: string, b: string): boolean {
  const [one, other] = [a, b].map((url) => siteName(new URL(url).hostname));
  return one === other;
}

function siteName(host: string): string {
  if (/^[\d.]+$/.test(host)) return host;
  const labels = host.split('.');
  const isShort = labels.length > 2 && (labels.at(-1)?.length ?? 0) === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return labels.slice(isShort ? -3 : -2).join('.');
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** Reads the licences that a page states, for itself and for its images. Pure. */

import { type ElementNode, nextInside, type TreeDocument } from '../document/nodes.ts';
import type { HeadData } from '../document/read-head.ts';
import { type Licence, licenceAt } from './licence.ts';
import { readLicenceData } from './licence-data.ts';
import { partsOf } from './parts-of.ts';

/** Licences that a page states. */
export interface LicenceStatements {
  /** Of single pictures; `licence` is undefined where the page names terms that are no known licence. */
  readonly pictures: readonly PictureStatement[];
  readonly page: readonly PageStatement[];
}

export interface PictureStatement {
  readonly src: string;
  readonly licence: Licence | undefined;
  /** It names terms, of whatever kind. */
  readonly hasTerms: boolean;
  /** Who made it, as stated there. */
  readonly creator: string | undefined;
  readonly alt: string;
}

export interface PageStatement {
  readonly licence: Licence | undefined;
  /** Confidence that it applies to the page, 0 to 1. */
  readonly weight: number;
  /** It names its object: pictures too, or the text alone. */
  readonly covers: 'pictures' | 'text' | undefined;
}

const MAX_STATEMENTS = 50;
/** Whether a page says anything of licences is seen in its source; most say nothing, and their tree is not walked. */
const MENTIONED = /licen[cs]e["'\s]|creativecommons\.org\/|kogl\.or\.kr\/|(?:dc|dct|dcterms)[.:]rights/i;

/** Undefined where the page says nothing of licences. Read before anything is cut out of the page. */
export function readLicences(html: string, document: TreeDocument, head: HeadData): LicenceStatements | undefined {
  if (!MENTIONED.test(html)) return undefined;
  const { baseUrl } = head;
  const data = readLicenceData(head.jsonLd);
  const pictures: PictureStatement[] = data.pictures.map(({ src, license, creator, caption }) => ({
    src: absolute(src, baseUrl),
    licence: license === undefined ? undefined : licenceAt(license, baseUrl),
    creator,
    hasTerms: license !== undefined,
    alt: caption ?? '',
  }));
  const page: PageStatement[] = [...data.licenses, ...metaLicences(head)].map((href) => ({
    licence: licenceAt(href, baseUrl),
    weight: SURE,
    covers: undefined,
  }));
  const { body } = document;
  for (let node = nextInside(body, body); node !== null; node = nextInside(node, body)) {
    if (node.nodeType !== 1 || pictures.length + page.length > MAX_STATEMENTS) continue;
    if (node.localName === 'figure') pictures.push(...figureStatements(node, baseUrl));
    else if (node.localName === 'a' || node.localName === 'link') {
      const statement = linkStatement(node, baseUrl);
      if (statement !== undefined) page.push(statement);
    }
  }
  return { pictures, page };
}

const LICENCE_METAS = [
  'dc.rights',
  'dcterms.rights',
  'dcterms.license',
  'dc.license',
  'dct:license',
  'dcterms:license',
  'license',
];

function metaLicences({ metas, license }: HeadData): string[] {
  const stated = LICENCE_METAS.flatMap((name) => metas.get(name)?.[0] ?? []).filter((value) =>
    /^(?:https?:)?\/\//.test(value),
  );
  return license === undefined ? stated : [license, ...stated];
}

/** How surely a statement is one of the page: in markup that is made for it, as a link on a mark, as a link alone. */
const SURE = 0.6;
const LIKELY = 0.5;
export const HINT = 0.2;

/** A link to a licence that stands for the page: not in a comment, a list of other articles, or the caption of a picture. */
function linkStatement(link: ElementNode, base: string): PageStatement | undefined {
  const href = link.getAttribute('href');
  if (href === null) return undefined;
  const isStated = /(?:^|[\s:])licen[cs]e(?:\s|$)/i.test(
    `${link.getAttribute('rel') ?? ''} ${link.getAttribute('property') ?? ''}`,
  );
  const licence = licenceAt(href, base);
  if ((licence === undefined && !isStated) || standsElsewhere(link)) return undefined;
  const block = blockAround(link);
  return { licence, weight: isStated ? SURE : holdsPicture(link) ? LIKELY : HINT, covers: objectOf(block) };
}

function standsElsewhere(link: ElementNode): boolean {
  for (let node = link.parentNode; node !== null; node = node.parentNode) {
    if (node.localName === 'figure' || node.localName === 'blockquote' || node.localName === 'pre') return true;
    if (
      `${node.className} ${node.id}`
        .toLowerCase()
        .split(/[\s_-]/)
        .some((word) => OTHERS.has(word))
    )
      return true;
  }
  return false;
}

/** Words of the classes of what others wrote, and of other articles. */
const OTHERS = new Set(['comment', 'comments', 'reply', 'replies', 'related', 'recommended', 'teaser', 'card']);

const BLOCKS = new Set(['p', 'li', 'div', 'footer', 'section', 'aside', 'td', 'small', 'dd', 'body']);

function blockAround(link: ElementNode): ElementNode {
  let block = link;
  while (block.parentNode !== null && !BLOCKS.has(block.localName)) block = block.parentNode;
  return block;
}

/** By the type that Creative Commons' own markup gives, else by the words beside the link. */
function objectOf(block: ElementNode): PageStatement['covers'] {
  for (let node = nextInside(block, block); node !== null; node = nextInside(node, block)) {
    if (node.nodeType !== 1) continue;
    const type = `${node.getAttribute('href') ?? ''} ${node.getAttribute('resource') ?? ''}`;
    if (/dcmitype\/(?:Still)?Image\b/i.test(type)) return 'pictures';
    if (/dcmitype\/Text\b/i.test(type)) return 'text';
  }
  const words = partsOf(block, 600);
  if (
    /\b(?:except|exclud[a-z]{0,4}|other than|not apply|not include|sauf|hors|ausgenommen|außer|salvo|excepto)\b|제외|除く|除外|除了/i.test(
      words,
    ) &&
    PICTURES.test(words)
  )
    return 'text';
  if (PICTURES.test(words)) return 'pictures';
  return TEXTS.test(words) ? 'text' : undefined;
}

const PICTURES =
  /\b(?:images?|photo(?:graph)?s?|pictures?|illustrations?|media|bilder|fotos?|imágenes|imagens|immagini|afbeeldingen)\b|사진|이미지|그림|画像|写真|图片|圖片/i;
const TEXTS = /\b(?:texts?|textes?|texte|textos?|testo|testi|tekst|code)\b|텍스트|본문|テキスト|文本|文字|текст/i;

function holdsPicture(link: ElementNode): boolean {
  return link.getElementsByTagName('img').length > 0 || link.getElementsByTagName('svg').length > 0;
}

/** The pictures of a figure by the licence in its caption, or by the credit there. */
function figureStatements(figure: ElementNode, base: string): PictureStatement[] {
  const images = figure.getElementsByTagName('img').filter(({ parentNode }) => !isLicenceLink(parentNode, base));
  const [caption] = figure.getElementsByTagName('figcaption');
  const words = partsOf(caption ?? figure, MAX_CREDIT + 1);
  const links = figure.getElementsByTagName('a');
  const licences = links.flatMap((link) => licenceAt(link.getAttribute('href') ?? '', base) ?? []);
  if (licences.length === 0 && !CREDITS.some((credit) => credit.test(words))) return [];
  // Of several pictures under one caption each may have a credit of its own.
  const licence = images.length === 1 && licences.every(({ isOpen }) => isOpen) ? licences[0] : undefined;
  const creator = words === '' || words.length > MAX_CREDIT ? undefined : words;
  return images.slice(0, 10).map((image) => ({
    src: absolute(addressOf(image), base),
    licence,
    creator,
    hasTerms: licences.length > 0,
    alt: image.getAttribute('alt') ?? '',
  }));
}

const MAX_CREDIT = 200;
/** Another person's name, or reserved rights, in a caption. */
const CREDITS = [
  /©|\(c\)|copyright|all rights/i,
  /\b(?:photo|photos|photograph|image|images|picture|pic|illustration|graphic|credit|credits|courtesy|source|foto|bild|cr[ée]dito?s?|quelle|fuente|fonte) ?(?:by\b|of\b|from\b|von\b|[:/=©])/i,
  /\b(?:getty|reuters|afp|shutterstock|alamy|istock|unsplash|pixabay|pexels|flickr|wikimedia)\b/i,
  /(?:사진|출처|제공|그림|자료) ?[=:：/|]|[=:：/] ?(?:사진|제공)|제공$|写真|提供|出典|图源|图片来源|来源[:：]/,
];

function isLicenceLink(node: ElementNode | null, base: string): boolean {
  return node?.localName === 'a' && licenceAt(node.getAttribute('href') ?? '', base) !== undefined;
}

function addressOf(image: ElementNode): string {
  const shown = image.getAttribute('src') ?? '';
  return /^(?:data:|$)/.test(shown)
    ? (image.getAttribute('data-src') ?? image.getAttribute('data-lazy-src') ?? shown)
    : shown;
}

function absolute(href: string, base: string): string {
  return URL.canParse(href, base) ? new URL(href, base).href : '';
}

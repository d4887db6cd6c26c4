/** Gives images the address that a lazy loader would load; turns players and other embedded pages into links. */

import { type ElementNode, TextNode } from '../nodes.ts';
import { pageOfPlayer } from './players.ts';

export function settleMedia(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    if (element.parentNode === null) continue;
    if (element.localName === 'img') settleImage(element);
    else if (
      PLAYERS.has(element.localName) ||
      /^(?:lite|amp)-(?:youtube|vimeo|iframe|video|audio)$/.test(element.localName)
    )
      settlePlayer(element);
  }
}

const PLAYERS = new Set(['iframe', 'video', 'audio', 'embed']);

// ── pictures ────────────────────────────────────────────────────────────────

const LEFT = new Set(['src', 'alt', 'class', 'id', 'title']);

/** Emoji with their joiners, colours of skin and letters of flags. */
const EMOJI_ONLY = /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u;
const EMOJI = /[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}\u20e3]/u;
const MOST_EMOJI = 24;

/** One character of a script that has more of them than fonts do. */
const RARE_CHARACTER = /^\p{Script=Han}\p{Variation_Selector}?$/u;

/** Text touches it, as it touches a character; in ruby it is what the reading is of. */
function isInWord({ parentNode: parent, previousSibling: before, nextSibling: after }: ElementNode): boolean {
  if (parent?.localName === 'ruby' || parent?.localName === 'rb') return true;
  return (before?.nodeType === 3 && /\S$/.test(before.data)) || (after?.nodeType === 3 && /^\S/.test(after.data));
}

function settleImage(image: ElementNode): void {
  const alt = image.getAttribute('alt')?.trim() ?? '';
  const isEmoji = alt.length <= MOST_EMOJI && EMOJI_ONLY.test(alt) && EMOJI.test(alt);
  if (isEmoji || (RARE_CHARACTER.test(alt) && isInWord(image))) {
    image.parentNode?.replaceChild(new TextNode(alt), image); // the picture of a character is that character
    return;
  }
  fillIn(image);
  const address = addressOf(image);
  if (address !== undefined) image.setAttribute('src', address);
  image.attributes = image.attributes.filter(({ name }) => LEFT.has(name));
}

const LARGEST = 2_048;

/** Loaders put the width of the window into addresses like `/pier_{width}x.jpg`; the sizes that there are stand beside them. */
function fillIn(image: ElementNode): void {
  const widths = image.getAttribute('data-widths')?.slice(0, 400).match(/\d+/g)?.map(Number) ?? [];
  const width = Math.max(0, ...widths.filter((one) => one <= LARGEST));
  for (const attribute of image.attributes)
    if (width > 0 && attribute.value.includes('{width}'))
      attribute.value = attribute.value.replaceAll('{width}', String(width));
}

/** Attributes that a lazy loader moves to `src` have names that tell; those with other sizes of the image only replace a placeholder. */
const LOADED = /^data-(?:[\w-]*src(?:set)?|lazy[\w-]*|original[\w-]*|echo|image|img|url|bg)$/;
const OTHER_SIZES = /^data-[\w-]*(?:file|full|large|medium|hi-?res|zoom|original|url)/;

function addressOf(image: ElementNode): string | undefined {
  const src = image.getAttribute('src') ?? '';
  const isStandIn = isPlaceholder(src);
  const data = image.attributes.filter(({ value }) => looksLikeAddress(value));
  const loaded = data.find(({ name }) => LOADED.test(name) && name !== 'data-noscript-src');
  if (loaded !== undefined && (isStandIn || /src|lazy|original/.test(loaded.name))) return bestOf(loaded.value);
  if (!isStandIn) return undefined;
  const other = image.getAttribute('data-noscript-src') ?? image.getAttribute('srcset') ?? sourceBeside(image);
  if (other !== undefined && other !== null) return bestOf(other);
  const larger = data.find(({ name }) => OTHER_SIZES.test(name));
  return larger === undefined ? undefined : bestOf(larger.value);
}

/** No address, a data address, or a file with the name of a placeholder. */
function isPlaceholder(src: string): boolean {
  if (src.trim() === '' || /^(?:data|about|blob):/i.test(src)) return true;
  const file = src.slice(0, 2_000).split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  // input: at most 2000 characters
  return /(?:^|[._-])(?:blank|placeholder|spacer|lazy\w*|loading|loader|1x1|pixel|transparent|empty|gr[ae]y|dummy|default|noimage|no-image|t)(?:[._-]|$)/i.test(
    file,
  );
}

function looksLikeAddress(value: string): boolean {
  const plain = value.trim().slice(0, 2_000);
  return (
    plain.length > 3 &&
    !/\{\w{0,40}\}|^\{/.test(plain) &&
    !/^data:/i.test(plain) &&
    /^(?:https?:)?\/|^\.{0,2}\/|^[\w%-]+[/.][^\s]*$|^\S+\s+[\d.]+[wx]/.test(plain)
  );
}

function sourceBeside(image: ElementNode): string | undefined {
  const picture = image.parentNode;
  if (picture?.localName !== 'picture') return undefined;
  for (let node = picture.firstElementChild; node !== null; node = node.nextElementSibling) {
    const address =
      node.localName === 'source' ? (node.getAttribute('srcset') ?? node.getAttribute('data-srcset')) : null;
    if (address !== null && address.trim() !== '') return address;
  }
  return undefined;
}

/** The largest candidate of a `srcset`; an address alone is its own. */
function bestOf(srcset: string): string {
  let best = '';
  let most = -1;
  for (const candidate of srcset.slice(0, 20_000).split(/,\s+|,(?=https?:|\/)/)) {
    const [address = '', size = '1x'] = candidate.trim().split(/\s+/);
    const weight = Number.parseFloat(size) || 1;
    if (address !== '' && weight > most) {
      best = address.replace(/,$/, '');
      most = weight;
    }
  }
  return best;
}

// ── players ─────────────────────────────────────────────────────────────────

function settlePlayer(player: ElementNode): void {
  const address = pageOfPlayer(playerSource(player));
  const title = (player.getAttribute('title') ?? player.getAttribute('aria-label') ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  const isMedia = player.localName === 'video' || player.localName === 'audio';
  if (address === undefined || (!address.isKnown && !isMedia && !/\p{L}{3}/u.test(title)) || isTiny(player)) {
    player.remove();
    return;
  }
  const { ownerDocument: document } = player;
  const block = document.createElement('p');
  const link = document.createElement('a');
  link.setAttribute('href', address.href);
  link.appendChild(document.createTextNode(title === '' ? address.name : title));
  block.appendChild(link);
  player.parentNode?.replaceChild(block, player);
}

function playerSource(player: ElementNode): string {
  const video = player.getAttribute('videoid') ?? player.getAttribute('data-videoid');
  if (video !== null)
    return `https://${player.localName.includes('vimeo') ? 'player.vimeo.com/video' : 'www.youtube.com/embed'}/${video}`;
  const stated = [
    player.getAttribute('src'),
    player.getAttribute('data-src'),
    player.getAttribute('data-lazy-src'),
  ].find((src) => src !== null && /^(?:https?:)?\/\//.test(src));
  return stated ?? player.getElementsByTagName('source')[0]?.src ?? player.src;
}

/** Frames of tracking counters have no size. */
function isTiny(player: ElementNode): boolean {
  return ['width', 'height'].some((name) => /^[01](?:px)?$/.test(player.getAttribute(name) ?? ''));
}

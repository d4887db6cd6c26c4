/** The page of the media in an embedded player: a reader can open it, and other sites link to it. */

export interface PlayerPage {
  readonly href: string;
  /** Used where the player has no title. */
  readonly name: string;
  /** A known player, by its address; other frames become links only if they have a title. */
  readonly isKnown: boolean;
}

/** Address of a player without its scheme, and the page's address. */
const PLAYERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,20})/, 'https://www.youtube.com/watch?v=$1'],
  [/^player\.vimeo\.com\/video\/(\d+)/, 'https://vimeo.com/$1'],
  [/^(?:www\.)?dailymotion\.com\/embed\/video\/(\w+)/, 'https://www.dailymotion.com/video/$1'],
  [/^tv\.kakao\.com\/embed\/player\/cliplink\/(\w+)/, 'https://tv.kakao.com/v/$1'],
  [/^tv\.naver\.com\/embed\/(\w+)/, 'https://tv.naver.com/v/$1'],
  [/^player\.bilibili\.com\/player\.html\?.*?bvid=(\w+)/, 'https://www.bilibili.com/video/$1'],
  [/^embed\.nicovideo\.jp\/watch\/(\w+)/, 'https://www.nicovideo.jp/watch/$1'],
  [/^open\.spotify\.com\/embed\/(\w+\/\w+)/, 'https://open.spotify.com/$1'],
  [/^embed\.podcasts\.apple\.com\/(.+)$/, 'https://podcasts.apple.com/$1'],
  [/^(codepen\.io\/[\w-]+)\/embed\/(?:preview\/)?([\w-]+)/, 'https://$1/pen/$2'],
  [/^platform\.twitter\.com\/embed\/.*?[?&]id=(\d+)/, 'https://twitter.com/i/status/$1'],
  [/^(?:www\.)?instagram\.com\/((?:p|reel)\/[\w-]+)\/embed/, 'https://www.instagram.com/$1/'],
  [
    /^(?:www\.)?slideshare\.net\/slideshow\/embed_code\/(?:key\/)?(\w+)/,
    'https://www.slideshare.net/slideshow/embed_code/key/$1',
  ],
  [/^(w\.soundcloud\.com\/player\/.*)$/, 'https://$1'],
];

export function pageOfPlayer(source: string): PlayerPage | undefined {
  const address = source
    .trim()
    .slice(0, 2_000)
    .replace(/^https?:/, '');
  if (!address.startsWith('//'))
    return address === '' || address.startsWith('about:') || address.startsWith('data:')
      ? undefined
      : { href: address, name: fileOf(address), isKnown: false };
  const plain = address.slice(2);
  for (const [pattern, page] of PLAYERS) {
    const match = pattern.exec(plain);
    if (match !== null) {
      const href = page.replace(/\$(\d)/g, (_, index: string) => match[Number(index)] ?? '');
      return { href, name: new URL(href).hostname.replace(/^www\./, ''), isKnown: true };
    }
  }
  return { href: `https://${plain}`, name: fileOf(plain), isKnown: false };
}

function fileOf(address: string): string {
  return (
    address
      .split(/[?#]/, 1)[0]
      ?.split('/')
      .findLast((part) => part !== '') ?? address
  );
}

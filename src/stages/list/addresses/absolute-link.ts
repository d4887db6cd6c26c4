import { suggestAddress } from './suggest-address.ts';

/** A scheme with a typing error: no colon, one slash, letters in a wrong number. */
const BROKEN_SCHEME = /^(?!https?:\/\/)h{0,2}t{1,3}p{1,2}s{0,2}[:;]?\/{1,3}(?=[^/]+\.)/i;

/** The address of a link in a feed or a sitemap; a host without a scheme in front, as people write it, is one too. */
export function absoluteLink(link: string, base: string | undefined, address: string | undefined): string {
  if (BROKEN_SCHEME.test(link)) return suggestAddress(link) ?? link;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return link;
  const root =
    base !== undefined && address !== undefined && URL.canParse(base, address) ? new URL(base, address).href : base;
  const place = root ?? address;
  if (!URL.canParse(link, place)) return link;
  return new URL(place !== undefined && beginsWithHost(link, place) ? `//${link}` : link, place).href;
}

/** The host of the document itself, or one that is called `www`; any other name with dots could be a folder. */
function beginsWithHost(link: string, place: string): boolean {
  const [first = ''] = link.split(/[/?#]/, 1);
  const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');
  return /^www\.[^.]+\../i.test(first) || (first.includes('.') && bare(first) === bare(new URL(place).host));
}

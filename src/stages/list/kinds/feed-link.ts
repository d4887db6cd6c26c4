import { load } from 'cheerio/slim';

/** The address of the feed that a page announces in its head (`<link rel="alternate" type="application/rss+xml">`); comment feeds come last. */
export function findFeed(html: string, address: string): string | undefined {
  const $ = load(html.slice(0, 1_048_576), { xml: { xmlMode: false, decodeEntities: true } });
  const base = $('base[href]').first().attr('href') ?? '';
  const root = URL.canParse(base, address) ? new URL(base, address).href : address;
  const links = $('link[rel][href]')
    .toArray()
    .filter(({ attribs: { rel = '', type = '' } }) => {
      const isFeed = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$/i.test(type.trim());
      return /(?:^|\s)alternate(?:\s|$)/i.test(rel) && isFeed && !/wp-json/.test(type);
    })
    .filter(({ attribs: { href = '' } }) => URL.canParse(href, root) && !/\/wp-json\//.test(href));
  const isOfComments = ({ attribs: { href = '', title = '' } }: (typeof links)[number]) =>
    /comments?\b/i.test(`${href} ${title}`);
  const chosen = links.find((link) => !isOfComments(link)) ?? links[0];
  return chosen === undefined ? undefined : new URL(chosen.attribs['href'] ?? '', root).href;
}

/** Path or query as feeds and sitemaps have them. It decides only whether an address is opened as a list; what is read there decides what it is. */
export function looksLikeList(url: string): boolean {
  const { pathname, search } = new URL(url);
  return (
    /\.(?:xml(?:\.gz)?|rss|atom|rdf|opml)$|(?:^|\/)(?:feeds?|rss2?|atom)(?:\/[^/.]+){0,2}\/?$|(?:^|\/)(?:feed|rss|atom|index)\.json$/i.test(
      pathname,
    ) || /[?&](?:feed|format|type|output|alt)=(?:rss\w*|atom|rdf|feed)(?:&|$)/i.test(search)
  );
}

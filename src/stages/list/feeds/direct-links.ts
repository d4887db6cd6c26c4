/** Links of a feed that lead through a service which counts clicks: the page is named in their query. Pure. */

/** Last part of the path of an address that only redirects. */
const REDIRECTS =
  /\/(?:url|link|out|go|goto|away|jump|leave|exit|visit|track|redir(?:ect)?|(?:api)?click|r|l)(?:\.\w{2,5})?\/?$/i;

/**
 * The page that a link leads to. A redirector is an address that has other pages' addresses in its query, another one for each item; where only one
 * item links to it, its path must say so. The service is not requested: many forbid it to crawlers, and the rules of the page's own site hold.
 */
export function directLinks(links: readonly string[]): (link: string) => string {
  const targets = new Map<string, Map<string, string | undefined>>();
  for (const link of links) {
    const place = placeOf(link);
    const known = targets.get(place) ?? new Map<string, string | undefined>();
    targets.set(place, known.set(link, targetOf(link)));
  }
  const redirectors = new Set([...targets].filter(([place, own]) => isRedirector(place, own)).map(([place]) => place));
  return (link) => (redirectors.has(placeOf(link)) ? (targetOf(link) ?? link) : link);
}

function isRedirector(place: string, targets: ReadonlyMap<string, string | undefined>): boolean {
  const found = new Set(targets.values());
  return !found.has(undefined) && found.size === targets.size && (targets.size > 1 || REDIRECTS.test(place));
}

function placeOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host + new URL(link).pathname : link;
}

/** The only address of another site in the query. */
function targetOf(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { host, searchParams } = new URL(link);
  const [target, ...more] = [...searchParams.values()].filter(isPage);
  if (target === undefined || more.length > 0) return undefined;
  return new URL(target).host === host ? undefined : target;
}

function isPage(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) && new URL(text).hostname.includes('.');
}

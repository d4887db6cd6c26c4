/** What a person meant who wrote an address without its scheme, or mistyped it. Pure. */

/** Letters of `https` in a wrong number, or marks behind it that are missing. */
const BROKEN_SCHEME = /^h{0,2}t{1,3}p{1,2}s{0,2}[:;]?\/{1,3}/i;
const HOST = /^(?:[\p{L}\d-]+\.)+([\p{L}\d-]+)(:\d+)?([/?#]\S*)?$/u;
const OF_THIS_NETWORK = /^(?:localhost|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2})(?=[:/?#]|$)/;
const LOCALHOST = /^localhost(?::\d+)?(?:[/?#]\S*)?$/;
/** Endings of files, which look like the end of a host. */
const OF_FILES =
  /^(?:txt|text|list|csv|tsv|jsonl?|ndjson|ya?ml|xml|rss|atom|opml|html?|xhtml|md|markdown|org|pdf|gz|zip|ini|conf|plist|webloc|url|vtt|srt)$/i;

/** The whole address; undefined where the text is a path, a whole address already, or nothing of the kind. */
export function suggestAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || /^https?:\/\/[^/]/i.test(trimmed)) return undefined;
  const broken = BROKEN_SCHEME.exec(trimmed)?.[0];
  const rest = trimmed.slice(broken?.length ?? (trimmed.startsWith('//') ? 2 : 0));
  const [, ending = '', port, path] = HOST.exec(rest) ?? [];
  const isHost =
    LOCALHOST.test(rest) || (ending !== '' && !(OF_FILES.test(ending) && `${port ?? ''}${path ?? ''}` === ''));
  if (!isHost) return undefined;
  return `${OF_THIS_NETWORK.test(rest) ? 'http' : 'https'}://${rest}`;
}

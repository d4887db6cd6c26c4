/** Links of the `Link` header (RFC 8288, appendix B), read as leniently as it says: what is malformed ends at the next comma. Pure, linear. */

export interface HeaderLink {
  readonly href: string;
  /** Parameters by their names in lower case; of a repeated one the first. */
  readonly params: ReadonlyMap<string, string>;
}

const TARGET = /<([^<>]*)>/y;
const PARAM = /\s*;\s*(?:([^\s=;,<>"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s;,"]*)))?)?/y;

export function readLinkHeader(header: string | undefined): readonly HeaderLink[] {
  const text = (header ?? '').slice(0, MAX_CHARS);
  const links: HeaderLink[] = [];
  for (let at = 0; at < text.length; ) {
    while (/[\s,]/.test(text.charAt(at))) at += 1;
    TARGET.lastIndex = at;
    const target = TARGET.exec(text);
    if (target === null) {
      const comma = text.indexOf(',', at + 1);
      if (comma === -1) break;
      at = comma;
      continue;
    }
    const { params, end } = readParams(text, TARGET.lastIndex);
    links.push({ href: (target[1] ?? '').trim(), params });
    at = end;
  }
  return links;
}

/** As long as all headers of an answer may be. */
const MAX_CHARS = 65_536;

function readParams(text: string, from: number) {
  const params = new Map<string, string>();
  let end = from;
  for (;;) {
    PARAM.lastIndex = end;
    const match = PARAM.exec(text);
    if (match === null) return { params, end: Math.max(end, from) };
    end = PARAM.lastIndex;
    const [, name, quoted, token = ''] = match;
    const key = name?.toLowerCase();
    if (key !== undefined && !params.has(key)) params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? token);
  }
}

/** Relation types of a link, in lower case; several may stand in one parameter. */
export function relationsOf({ params }: HeaderLink): ReadonlySet<string> {
  return new Set((params.get('rel') ?? '').toLowerCase().split(/\s+/));
}

/**
 * The charset that a document declares in its first bytes: the HTML standard's prescan of a byte stream. Only a `meta` element declares one;
 * comments, other elements, and other attributes that contain the word do not. Linear: each step starts where the previous one ended.
 */
export function metaCharset(head: string): string | undefined {
  for (let at = head.indexOf('<'); at !== -1; at = head.indexOf('<', at)) {
    if (head.startsWith('<!--', at)) at = behind(head, '-->', at + 2);
    else if (/^<\/?[a-z]/i.test(head.slice(at, at + 3))) {
      const name = /^[^\s/>]*/.exec(head.slice(at + 1, at + 64))?.[0] ?? '';
      const { attributes, end } = readAttributes(head, at + 1 + name.length);
      const charset = name.toLowerCase() === 'meta' ? declaredBy(attributes) : undefined;
      if (charset !== undefined) return charset;
      at = end;
    } else if (/^<[!/?]/.test(head.slice(at, at + 2))) at = behind(head, '>', at);
    else at += 1;
  }
  return undefined;
}

function declaredBy(attributes: ReadonlyMap<string, string>): string | undefined {
  const charset = attributes.get('charset')?.trim();
  if (charset !== undefined && charset !== '') return charset;
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'content-type') return undefined;
  return charsetIn(attributes.get('content') ?? '');
}

/** The charset in `text/html; charset=x`, quoted or not. */
export function charsetIn(contentType: string): string | undefined {
  const [, double, single, bare] =
    /charset\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|["']?([^\s;"',]+))/i.exec(contentType) ?? [];
  return double ?? single ?? bare;
}

/** Reads the attributes between a tag's name and its `>`; the first one of a name counts. */
function readAttributes(head: string, from: number) {
  const attributes = new Map<string, string>();
  const attribute = /[\s/]*(?:(>)|([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]*)))?|.)/gy;
  attribute.lastIndex = from;
  for (let match = attribute.exec(head); match !== null; match = attribute.exec(head)) {
    const [, end, name, double, single, bare = ''] = match;
    if (end !== undefined) break;
    if (name !== undefined && !attributes.has(name.toLowerCase()))
      attributes.set(name.toLowerCase(), double ?? single ?? bare);
  }
  return { attributes, end: attribute.lastIndex === 0 ? head.length : attribute.lastIndex };
}

function behind(head: string, mark: string, from: number): number {
  const at = head.indexOf(mark, from);
  return at === -1 ? head.length : at + mark.length;
}

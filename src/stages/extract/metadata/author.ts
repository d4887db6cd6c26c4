/** Names of authors: without dates, roles, addresses and the words around a byline. */

import { trimTail } from '../../../util/text/trim-edges.ts';
import { monthNames } from './month-names.ts';
import { oneLine } from './one-line.ts';
import { readDate } from './written-date.ts';

const MOST_AUTHORS = 8;
const LONGEST_NAME = 60;

/** Names from one statement or several; undefined where none is left. */
export function authorsOf(
  values: readonly string[] | undefined,
  { lang, siteName }: { readonly lang: string | undefined; readonly siteName: string | undefined },
): string | undefined {
  if (values === undefined) return undefined;
  const names: string[] = [];
  for (const value of values.slice(0, MOST_AUTHORS)) {
    const line = oneLine(value, 300);
    if (line === undefined || (readDate(line, lang)?.index ?? 99) <= 6) continue;
    for (const part of split(withoutTail(withoutLead(line), lang))) {
      const name = cleaned(part);
      if (name !== undefined && !names.some((known) => known.toLowerCase() === name.toLowerCase())) names.push(name);
    }
  }
  const known = names.filter((name) => names.length === 1 || name.toLowerCase() !== siteName?.toLowerCase());
  return known.length === 0 ? undefined : known.slice(0, MOST_AUTHORS).join(', ');
}

/** What stands before a name, in many languages. */
const LEAD =
  /^(?:(?:this (?:post|article|story) was )?(?:written|posted|published|authored|words|text|story|recipe|article|report|contributed|created|reported|photos?)(?: and \w+)? by|(?:(?:view|see|read) )?(?:all|more) (?:posts|articles|stories)? ?(?:by|from)|(?:posts|articles|stories|more) (?:by|from)|by|authors?|author\(s\)|from|von|text von|autor(?:in|es)?|par|auteur|por|texto|escrito por|di|a cura di|door|geschreven door|av|af|skrevet av|tekst|przez|автор|текст|작성자|글쓴이|저자|글|기자|作者|文|文字|撰文|記者|记者|著者|執筆|ライター)\s*[:：/|]?\s+|^(?:作者|文|撰文|記者|记者|著者|글|작성자)\s*[:：／/]\s*|^by(?:[:\s]+|(?=[A-Z][a-z]))/iu;

function withoutLead(text: string): string {
  let rest = text.replace(/^[\s|;]+/, '');
  for (let step = 0; step < 3; step += 1) {
    const next = rest.replace(LEAD, '').trim();
    if (next === rest || next === '') return rest;
    rest = next;
  }
  return rest;
}

/** Where a name has ended: a separator, another role, a date, an address. */
const TAIL =
  /(?:[|•·–—―/(]|\s-\s|\s@|(?<!\p{L})on (?=\d|\p{L}+ \d|\p{L}+day(?!\p{L}))|(?<!\p{L})(?:published|posted|updated|last updated|reviewed|medically|fact[- ]checked|edited|photograph|min(?:ute)?s? read|wrote on|veröffentlicht|aktualisiert|publié|publicado|입력|수정|승인)(?!\p{L})|(?<=\p{L}{2})(?:Published|Updated|Posted|Reviewed)(?!\p{Ll})|(?:기자|記者|记者|특파원)(?=\s|$)|(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,60}\.|https?:\/\/|www\.)/u;

function withoutTail(text: string, lang: string | undefined): string {
  const tail = TAIL.exec(
    text.replace(/\b(?:PUBLISHED|POSTED|UPDATED|REVIEWED|EDITED)\b/g, (word) => word.toLowerCase()),
  );
  const cut = tail === null || tail.index === 0 ? text : text.slice(0, tail.index);
  const names = monthNames(lang);
  for (const match of cut.matchAll(/(?<![\p{L}\p{N}_-])(?:[\p{L}\p{M}]{1,60}|\d{1,10})(?![\p{N}_-])/gu)) {
    if (match.index === 0) continue;
    const isMonth = names.has(match[0].toLowerCase()) && /^[\p{L}\p{M}]+\.?,? *\d/u.test(cut.slice(match.index));
    if (isMonth || /^\d{1,4}$/.test(match[0])) return cut.slice(0, match.index).trim();
  }
  return cut.trim();
}

/** Several names in one line. */
function split(text: string): string[] {
  const parts = text
    .split(/;|、|，|&(?!\w)|\+|\s(?:and|und|et|y|e|och|og|en|и|및|와|과)\s/u)
    .map((part) => part.trim());
  return parts.flatMap((part) => namesWithCommas(part)).map(withoutRole);
}

/** `Jane Doe Senior Staff Writer`: a role that nothing sets apart from the name. */
function withoutRole(name: string): string {
  const words = name.split(' ');
  const role = words.findIndex((word, index) => index >= 2 && ROLE_WORD.test(word));
  return role === -1 ? name : words.slice(0, role).join(' ');
}

const ROLE_WORD =
  /^(?:contributing|contributor|senior|staff|former|founder|co-?founder|guest|freelance|managing|associate|assistant|executive|chief|editor|writer|reporter|journalist|correspondent|columnist|author|redakteur(?:in)?|rédact(?:eur|rice)|redactora?|updated|published|posted|last)$/i;

/** After a comma stands another name, a degree, a role or a place: only a name begins a new one. */
function namesWithCommas(text: string): string[] {
  const parts = text.split(',').flatMap((part) => part.trim() || []);
  const [first = '', ...rest] = parts;
  const names = [first];
  for (const part of rest) {
    if (isDegree(part)) names[names.length - 1] = `${names.at(-1)}, ${part}`;
    else if (isRole(part)) break;
    else names.push(part.replace(/^(?:and|und|et|y)\s+/i, ''));
  }
  return names;
}

function isDegree(part: string): boolean {
  return (
    part.length <= 12 &&
    /^(?:[A-Z][A-Za-z]{0,4}\.?){1,4}$/.test(part) &&
    (/^[^a-z]+$/.test(part) || part.includes('.') || /^(?:PhD|Jr|Sr|Esq|MBA|CFP|MSc|BSc)\.?$/.test(part))
  );
}

const ROLE =
  /\b(?:of|at|for|the|in|with)\b|\b(?:editor|writer|reporter|journalist|manager|director|head|chief|ceo|cto|founder|officer|expert|specialist|contributor|staff|team|lead|engineer|developer|consultant|strategist|analyst|correspondent|author|president|professor|dietitian|coach|advisor|marketing|content|senior|freelance|redakteur|rédacteur|redactor)\w{0,3}\b/i;

function isRole(part: string): boolean {
  return ROLE.test(part) || part.split(/\s+/).length > 4;
}

const NOT_NAMES =
  /^(?:admin|administrator|author|authors|the author|editor|user|guest|unknown|anonymous|n\/?a|null|undefined|none|staff|webmaster|root|test|share|follow|login|home|about|contact|profile|by|updated|published|posted|wordpress|관리자|운영자)$/i;

function cleaned(part: string): string | undefined {
  const name = trimTail(part.replace(/^[\s"'“”‘’.,:;*–—-]+/u, ''), /[\s"“”.,:;*–—-]/)
    .replace(/(?:기자|記者|记者|특파원)$/u, '')
    .trim();
  if (name === '' || name.length > LONGEST_NAME || NOT_NAMES.test(name)) return undefined;
  // What a template left behind: `page.head.author`.
  if (/^[a-z_]+(?:\.[a-z_]+)+$/.test(name) || /^(?:\p{L}+ ){1,2}by$/iu.test(name)) return undefined;
  if (!/\p{L}/u.test(name) || /^https?:|^www\.|\.(?:com|net|org|io)\b|^\/|[{}<>=\\]|©|\ball rights\b/i.test(name))
    return undefined;
  return name.split(/\s+/).length > 7 ? undefined : name;
}

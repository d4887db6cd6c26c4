/** Names of authors: without dates, roles, addresses and the words around a byline. */

import { monthNames } from '../../../../util/dates/month-names.ts';
import { readDate } from '../../../../util/dates/written-date.ts';
import { trimTail } from '../../../../util/text/trim-edges.ts';
import { oneLine } from '../one-line.ts';

const MAX_AUTHORS = 8;
const LONGEST_NAME = 60;

/** Names from one statement or several; undefined where none is left. */
export function authorsOf(
  values: readonly string[] | undefined,
  { lang, siteName }: { readonly lang: string | undefined; readonly siteName: string | undefined },
): string | undefined {
  if (values === undefined) return undefined;
  const names: string[] = [];
  for (const value of values.slice(0, MAX_AUTHORS)) {
    const line = withoutDate(oneLine(value, 300), lang);
    if (line === undefined) continue;
    for (const part of split(withoutTail(withoutLead(line), lang))) {
      const name = cleaned(part);
      if (name !== undefined && !names.some((known) => known.toLowerCase() === name.toLowerCase())) names.push(name);
    }
  }
  const known = names.filter((name) => names.length === 1 || name.toLowerCase() !== siteName?.toLowerCase());
  return known.length === 0 ? undefined : known.slice(0, MAX_AUTHORS).join(', ');
}

/** `May 1, 2026 · Jane Doe`: what follows a date that stands first. */
function withoutDate(line: string | undefined, lang: string | undefined): string | undefined {
  if (line === undefined || (readDate(line, lang)?.index ?? 99) > 6) return line;
  return line
    .split(/[|•·–—]/)
    .slice(1)
    .find((part) => /\p{L}/u.test(part) && readDate(part, lang) === undefined);
}

/** Words before a name, in many languages. */
const LEAD =
  /^(?:(?:this (?:post|article|story) was )?(?:written|posted|published|authored|words|text|story|recipe|article|report|contributed|created|reported|photos?)(?: and \w+)? by|(?:(?:view|see|read) )?(?:all|more) (?:posts|articles|stories)? ?(?:by|from)|(?:posts|articles|stories|more) (?:by|from)|by|authors?|author\(s\)|from|von|text von|autor(?:in|es)?|par|auteur|por|texto|escrito por|di|a cura di|door|geschreven door|av|af|skrevet av|tekst|przez|автор|текст|작성자|글쓴이|저자|글|기자|作者|文|文字|撰文|記者|记者|著者|執筆|ライター)\s*[:：/|]?\s+|^(?:作者|文|撰文|記者|记者|著者|글|작성자)\s*[:：／/]\s*|^by(?:[:\s]+|(?=[A-Z][a-z]))/iu;

function withoutLead(text: string): string {
  let rest = text.replace(/^[\s|;]+/, '');
  for (let step = 0; step < 3; step += 1) {
    const next = rest
      .replace(LEAD, '')
      .replace(/^[\s|;]+/, '')
      .trim();
    if (next === rest || next === '') return rest;
    rest = next;
  }
  return rest;
}

/** The end of a name: a separator, another role, a date, an address. */
const TAIL =
  /(?:[|•·–—―/(]|\s-\s|\s@|\s(?:avec|with|mit|con|und|and) (?=(?:\p{Lu}{2,5}|dpa)(?!\p{L}))|(?<!\p{L})on (?=\d|\p{L}+ \d|\p{L}+day(?!\p{L}))|(?<!\p{L})(?:published|posted|updated|last updated|reviewed|medically|fact[- ]checked|edited|photograph|min(?:ute)?s? read|wrote on|veröffentlicht|aktualisiert|publié|publicado|입력|수정|승인)(?!\p{L})|(?<=\p{L}{2})(?:Published|Updated|Posted|Reviewed)(?!\p{Ll})|(?:기자|記者|记者|특파원)(?=\s|$)|(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,60}\.|https?:\/\/|www\.)/u;

/** `Ann (Bee) Cole`: what stands in brackets before another part of the name. */
const INSIDE_NAME = /\(\p{L}{2,20}\)(?= \p{Lu})/gu;

/** All in capitals: short words are names, not agencies. */
function isShouted(text: string): boolean {
  return !/\p{Ll}/u.test(text.replace(BETWEEN_NAMES, ' '));
}

function withoutTail(line: string, lang: string | undefined): string {
  const bracket = line.search(/[（【〔]/);
  const text = bracket > 0 ? line.slice(0, bracket) : line;
  const plain = (isShouted(text) ? text.toLowerCase() : text)
    .replace(/\b(?:PUBLISHED|POSTED|UPDATED|REVIEWED|EDITED)\b/g, (word) => word.toLowerCase())
    .replace(INSIDE_NAME, (part) => '_'.repeat(part.length));
  const tail = TAIL.exec(plain);
  // `Reviewed by …` does not name an author.
  if (tail?.index === 0 && /^\p{L}/u.test(tail[0])) return '';
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
  return text
    .split(/;|、|，/)
    .flatMap(namesWithCommas)
    .map(withoutRole);
}

const BETWEEN_NAMES = /&(?!\w)|\+|\s(?:and|und|et|y|e|och|og|en|и|및|와|과)\s/u;

/** `Jane Doe Senior Staff Writer`: a role without a separator after the name. */
function withoutRole(name: string): string {
  const words = name.split(' ');
  const role = words.findIndex((word, index) => index >= 2 && ROLE_WORD.test(word));
  return role === -1 ? name : words.slice(0, role).join(' ');
}

const ROLE_WORD =
  /^(?:contributing|contributor|senior|staff|former|founder|co-?founder|guest|freelance|managing|associate|assistant|executive|chief|editor|writer|reporter|journalist|correspondent|columnist|author|redakteur(?:in)?|rédact(?:eur|rice)|redactora?|updated|published|posted|last)$/i;

/** After a comma comes another name, a degree, a role or a place: only a name begins a new author. */
function namesWithCommas(text: string): string[] {
  const parts = text.split(',').flatMap((part) => part.trim() || []);
  const [first = '', ...rest] = parts;
  const names = [...first.split(BETWEEN_NAMES)];
  for (const part of rest) {
    if (isDegree(part)) names[names.length - 1] = `${names.at(-1)}, ${part}`;
    else if (ROLE.test(part)) break;
    else {
      const more = part.replace(/^(?:and|und|et|y|&)\s+/i, '').split(BETWEEN_NAMES);
      if (more.some((name) => name.trim().split(/\s+/).length > MAX_WORDS)) break;
      names.push(...more);
    }
  }
  return names.map((name) => name.trim());
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

/** More words than that are a role. */
const MAX_WORDS = 4;

const NOT_NAMES =
  /^(?:admin|administrator|author|authors|the author|editor|user|guest|unknown|anonymous|n\/?a|null|undefined|none|staff|webmaster|root|test|share|follow|login|home|about|contact|profile|by|updated|published|posted|wordpress|관리자|운영자)$/i;

function cleaned(part: string): string | undefined {
  const name = trimTail(part.replace(/^[\s"'“”‘’.,:;*–—-]+/u, ''), /[\s"“”.,:;*–—-]/)
    .replace(/(?:기자|記者|记者|특파원)$/u, '')
    .trim();
  if (name === '' || name.length > LONGEST_NAME || NOT_NAMES.test(name)) return undefined;
  // An unfilled template variable: `page.head.author`.
  if (/^[a-z_]+(?:\.[a-z_]+)+$/.test(name) || /^(?:\p{L}+ ){1,2}by$/iu.test(name)) return undefined;
  if (!/\p{L}/u.test(name) || /^https?:|^www\.|\.(?:com|net|org|io)\b|^\/|[{}<>=\\]|©|\ball rights\b/i.test(name))
    return undefined;
  return name.split(/\s+/).length > 7 ? undefined : name;
}

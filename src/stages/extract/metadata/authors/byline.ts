/** Where a line names its authors: `By Jane Doe`, `Text: Jane Doe · Photos: Bo Kim`, `12. März 2026 von Jana Holm`, `取材・文＝佐藤花子`, `홍길동 기자`. */

type Role = 'writes' | 'agent' | 'other';

const words = (role: Role, list: string): (readonly [string, Role])[] => list.split(' ').map((word) => [word, role]);

/** What a credit says that somebody did. An `agent` is a person, and needs no colon before the name. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ...words(
    'agent',
    'author authors autor autora autorin autoren autores autorzy autorka auteur auteurs autrice autore autori verfasser verfasserin forfatter författare kirjoittaja szerző yazar penulis автор автори авторы συντάκτης συντάκτρια الكاتب الكاتبة نویسنده লেখক लेखक ผู้เขียน 작성자 글쓴이 저자 기자 作者 記者 记者 著者 筆者 笔者 ライター',
  ),
  ...words(
    'writes',
    'writer reporter text texte texto testo tekst teksti words story report article post interview essay opinion written reported authored posted writes artikel beitrag bericht gastbeitrag kommentar reportage geschrieben verfasst écrit chronique tribune redacción escrito escrita publicado publicada reportaje crónica scritto articolo geschreven skriven skrevet napisał napisała yazan текст κείμενο كتب كتبت بقلم تحریر מאת כתבה เรื่อง 글 취재 文 撰文 文字 執筆 取材 構成 采访 採訪',
  ),
  ...words(
    'other',
    'researched last zuletzt dernière última modified changed geändert modifié modificado copyright © photo photos photographs photography photographer picture pictures image images illustration illustrations illustrated video edited editor reviewed checked translated translation source sources foto fotos fotografie bild bilder grafik kamera schnitt redaktion quelle übersetzung photographie crédits traduction montage fotografía fotografías imágenes edición fuente traducción immagini fonte beeld bron zdjęcia źródło фото источник редактор φωτογραφίες صور المصدر 사진 영상 편집 출처 번역 撮影 写真 攝影 摄影 絵 イラスト 編集 编辑 編輯 责编 責編 来源 來源 翻译 翻譯 图 圖',
  ),
]);
/** Words for `by`, with the languages in which they are no other word. */
const BY: ReadonlyMap<string, string> = new Map([
  ['by', ''],
  ['von', ''],
  ['par', ''],
  ['por', ''],
  ['przez', ''],
  ['oleh', ''],
  ['di', 'it'],
  ['door', 'nl'],
  ['av', 'sv nb nn no'],
  ['af', 'da'],
]);
const JOINS = new Set('and und et y e och og en i и και with mit & + / , · ・ 및'.split(' '));
const CLOSERS = new Set([':', '：', '=', '＝']);
/** Marks that end a name where they stand. */
const ENDS = new Set(['|', '•', '⋅', '∙', '–', '—', '―', '[', '【', '/', '／', '@', ':', '：']);
/** Lower-case words inside of names. */
const PARTICLES = new Set(
  'de da di do dos das del della degli van von vom der den ter ten zu zum la le el al du des bin ibn ben av af e y i und and et og och en with mit los las'.split(
    ' ',
  ),
);

interface Token {
  readonly text: string;
  readonly index: number;
  readonly isWord: boolean;
  readonly role: Role | undefined;
  readonly isBy: boolean;
}

interface Label {
  readonly isAuthor: boolean;
  /** `by`, or a noun with a colon behind it: what follows is a name whatever its letters. */
  readonly isClosed: boolean;
  readonly end: number;
}

export interface Credit {
  readonly names: string;
  /** The line begins with it. */
  readonly isFirst: boolean;
}

/** The part of a line that names its authors; undefined where the line does not say that somebody wrote. */
export function creditIn(line: string, lang: string | undefined): Credit | undefined {
  if (!namesRole(line)) return undefined;
  const tokens = tokensOf(line, lang);
  for (let at = 0; at < tokens.length; at += 1) {
    const reporter = reporterAt(tokens, at);
    if (reporter !== undefined) return { names: reporter, isFirst: at === 0 };
    const label = labelAt(tokens, at);
    if (label === undefined) continue;
    const mayBegin = label.isAuthor && opensLine(tokens.slice(0, at));
    const names = mayBegin ? namesFrom(line, tokens, label) : undefined;
    if (names !== undefined) return { names, isFirst: at === 0 };
    at = label.end - 1;
  }
  return undefined;
}

/** True for a text that ends where a name has to follow, in the next element. */
export function endsInLabel(text: string, lang: string | undefined): boolean {
  if (!namesRole(text)) return false;
  const tokens = tokensOf(text, lang);
  for (let at = Math.max(0, tokens.length - LONGEST_LABEL); at < tokens.length; at += 1) {
    const label = labelAt(tokens, at);
    if (label?.end === tokens.length) return label.isAuthor && opensLine(tokens.slice(0, at));
  }
  return false;
}

const LONGEST_LABEL = 8;

/** Most lines of a page have no word that a credit needs, and are not read further. */
function namesRole(line: string): boolean {
  for (const word of line.toLowerCase().match(WORD) ?? [])
    if (ROLES.has(word) || BY.has(word) || REPORTER.test(word)) return true;
  return false;
}

const WORD = /[\p{L}\p{M}'’]+/gu;
const REPORTER = /(?:기자|記者|记者)$/u;

function tokensOf(line: string, lang: string | undefined): Token[] {
  const language = lang?.toLowerCase().split('-', 1)[0] ?? 'en';
  return [...line.matchAll(/[\p{L}\p{M}'’]+(?:\(\p{L}{1,2}\))?|\d+|[^\s\p{L}\p{M}\d]/gu)].map(({ 0: text, index }) => {
    const word = text.toLowerCase().replace(/\(.*/, '');
    const languages = BY.get(word);
    const isBy = languages === '' || languages?.split(' ').includes(language) === true;
    return { text, index, isWord: /^[\p{L}\p{M}]/u.test(text), role: ROLES.get(word), isBy };
  });
}

/** A label that begins here: `Text`, `글·사진`, `Words and photos by`, `By`; with the mark that closes it. */
function labelAt(tokens: readonly Token[], from: number): Label | undefined {
  const roles: Role[] = [];
  let at = from;
  for (let role = tokens[at]?.role; role !== undefined; role = tokens[at]?.role) {
    roles.push(role);
    at += 1;
    if (JOINS.has(tokens[at]?.text.toLowerCase() ?? '') && tokens[at + 1]?.role !== undefined) at += 1;
  }
  const hasBy = tokens[at]?.isBy === true;
  if (hasBy) at += 1;
  if (at === from) return undefined;
  const isPerson = hasBy || roles.includes('agent');
  const isCloser = (mark = '') => CLOSERS.has(mark) || (isPerson && mark === '|');
  const isMarked = isCloser(tokens[at]?.text) || (roles.length > 0 && /^[・·]$/.test(tokens[at]?.text ?? ''));
  if (isMarked) at += isCloser(tokens[at + 1]?.text) ? 2 : 1;
  const next = tokens[at]?.text ?? '';
  const isOpen = isPerson || isMarked || isCaseless(next) || next === '';
  const isAuthor = roles.length === 0 || roles.some((role) => role !== 'other');
  return isOpen ? { isAuthor, isClosed: isMarked, end: at } : undefined;
}

/** A credit stands at the start of a line, behind a mark that parts it, behind a date, or behind a few words that name what was written. */
function opensLine(before: readonly Token[]): boolean {
  const last = before.at(-1);
  if (before.some(({ role }) => role === 'other') && !before.some(({ text }) => /^[|;•·]$/.test(text))) return false;
  if (last === undefined || /^[|•·・–—―;:：/】)\]-]$/.test(last.text)) return true;
  const names = before.filter(({ isWord }) => isWord).map(({ text }) => text);
  if (before.some(({ text }) => /^(?:19|20)\d\d$/.test(text)))
    return names.length <= 8 && names.filter((name) => /^\p{Ll}{3}/u.test(name)).length <= MOST_PROSE;
  return names.length <= 2 && before.length === names.length && names.every((name) => ARTICLES.has(name.toLowerCase()));
}

/** Words in lower case beside a date: the month, and one that leads to the hour. */
const MOST_PROSE = 2;
const ARTICLES = new Set('a an the this un une ein eine einen el la il lo een en et'.split(' '));

function namesFrom(line: string, tokens: readonly Token[], { end, isClosed }: Label): string | undefined {
  const first = tokens[end];
  if (
    labelAt(tokens, end) !== undefined ||
    first === undefined ||
    !first.isWord ||
    (!isClosed && /^\p{Ll}/u.test(first.text))
  )
    return undefined;
  let last = end;
  let comma = end;
  for (let at = end + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    const previous = tokens[at - 1];
    if (token === undefined || previous === undefined || isEnd(token, previous, tokens[at + 1])) break;
    const label = labelAt(tokens, at);
    if (label !== undefined && (label.isClosed || label.end > at + 1)) break;
    if (/^\p{Ll}/u.test(token.text) && !PARTICLES.has(token.text) && !isClosed && isFullName(tokens.slice(end, at))) {
      if (comma > end) last = comma;
      break;
    }
    if (token.text === ',') comma = at;
    last = at;
  }
  while (last > end && isLoose(tokens[last]?.text ?? '')) last -= 1;
  const stop = tokens[last];
  return stop === undefined ? undefined : line.slice(first.index, stop.index + stop.text.length).trim();
}

/** Two words, of which the first is no article: what follows in lower case is not part of a name. `The Post editors` goes on. */
function isFullName(tokens: readonly Token[]): boolean {
  const [first, ...more] = tokens.filter(({ isWord }) => isWord);
  return more.length > 0 && !ARTICLES.has(first?.text.toLowerCase() ?? '');
}

function isEnd({ text, index }: Token, previous: Token, next: Token | undefined): boolean {
  if (ENDS.has(text)) return true;
  const isBeforeSpace = next !== undefined && next.index > index + text.length;
  if (/^[-·・]$/.test(text)) return isBeforeSpace && index > previous.index + previous.text.length;
  // A sentence ends behind a word, not behind `J.` or `Prof.`
  return text === '.' && isBeforeSpace && previous.text.length > LONGEST_ABBREVIATION;
}

const LONGEST_ABBREVIATION = 4;

function isLoose(text: string): boolean {
  return PARTICLES.has(text) || /^[^\p{L}\p{M}\d.]$/u.test(text);
}

/** `홍길동 기자`, `佐藤花子記者`: the word behind a name says that it is one. */
function reporterAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at]?.text ?? '';
  const joined = /^(\p{Script=Hangul}{2,4})기자$|^([\p{Script=Han}]{2,5})(?:記者|记者)$/u.exec(token);
  if (joined !== null) return joined[1] ?? joined[2];
  const names: string[] = [];
  for (let next = at; isKoreanName(tokens[next]); next += 2) {
    names.push(tokens[next]?.text ?? '');
    const behind = tokens[next + 1]?.text ?? '';
    // `김민수·박지영 기자`, `김민수 기자, 박지영 기자`
    if (/^\p{Script=Hangul}{0,2}기자$/u.test(behind)) {
      if (!JOINS.has(tokens[next + 2]?.text ?? '') || reporterAt(tokens, next + 3) === undefined)
        return names.join(', ');
      next += 1;
    } else if (!/^[·・ㆍ,/]$/.test(behind)) return undefined;
  }
  return undefined;
}

function isKoreanName(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Script=Hangul}{2,4}$/u.test(token.text) && !ROLES.has(token.text);
}

function isCaseless(text: string): boolean {
  return /^\p{Lo}/u.test(text);
}

import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ko } from '../../../src/ui/messages/ko/index.ts';
import { messageLanguage } from '../../../src/ui/messages/locale.ts';
import { choosingParticles } from '../../../src/ui/messages/particles.ts';
import { parseTemplate } from '../../../src/ui/messages/template.ts';
import { createTranslator } from '../../../src/ui/messages/translator.ts';
import { messageTexts } from '../../helpers/message-texts.ts';

const say = createTranslator(ko);

/** Names, formats and values that a Korean reader reads as they are. */
const KEPT: readonly RegExp[] = [
  /^(?:clear and factual|created_at asc, id asc|Settings of blogger|fetch has no global dispatcher|content-type etag .*)$/,
];

/** Commands and names stay as they are typed. */
const TYPED = /`[^`]*`|"[^"]*"|(?:\w+=\S+ )?\b(?:blogger|cat|npm|apt-get)\b[^가-힣]*?(?: {2,}|$)|https?:\S+/g;

/** Three words of English in a row that are not typed. */
function isLeftInEnglish(line: string): boolean {
  return /(?:^|[^\w-])[A-Za-z]?[a-z]+(?: [a-z]+){2,}/.test(line.replace(TYPED, ' '));
}

/** Translated as a person would see it: with a figure, and with a word, in its slots. */
function isTranslated(text: string): boolean {
  return [text.replaceAll('{}', '7'), text.replaceAll('{}', 'XY_1')].some((shown) =>
    say(shown)
      .split('\n')
      .every(
        (line) =>
          !isLeftInEnglish(line) &&
          (/[가-힣]/.test(line) || !/[A-Za-z]{2,} (?:(?:7|XY_1) )?[a-z]/.test(line.replace(TYPED, ' '))),
      ),
  );
}

test('every message has its Korean form', () => {
  const missing = messageTexts(resolve('.'))
    .filter(({ text }) => !KEPT.some((kept) => kept.test(text)) && !isTranslated(text))
    .map(({ file, line, text }) => `${file}:${line}  ${JSON.stringify(text)}`);

  expect(
    missing,
    'Add each to the file of its subject in src/ui/messages/ko/: the English text with a name in braces for each value ({n}, {n2} for figures), and how a Korean would put it. If a text is no message for people, name its place in test/helpers/message-texts.ts.',
  ).toEqual([]);
});

test.each([
  [
    'an error code, a list’s line and an indentation stand before a message',
    '  urls.txt:3: expected a URL in the url column, got none',
    '  urls.txt:3: url 열에 URL이 없습니다',
  ],
  [
    'the most specific template wins',
    'Cannot read the list a.txt: it is a folder',
    '목록 a.txt을(를) 읽을 수 없습니다: 폴더입니다',
  ],
  [
    'particles follow the last sound',
    'The queue is full: 3 jobs are waiting',
    '큐가 가득 찼습니다: 작업 3개가 기다리고 있습니다',
  ],
  [
    'columns stay where they were',
    '  Posts    12 written (3 drafts) · 0 unchanged',
    '  글       12편 씀(초안 3편) · 그대로 0',
  ],
  [
    'a template takes one column',
    '  Budget   $0 of $1.00 spent, 2 posts bought',
    '  예산     $1.00 중 $0 사용, 글 2편',
  ],
  ['a cap without posts', '  Budget   $0 of $1.00 spent', '  예산     $1.00 중 $0 사용'],
  ['units of time', '  Time     2 min 5 s, 0.6 entries a second', '  시간     2분 5초, 초당 항목 0.6개'],
  ['a share in a cell of a frame', '│ 0 %        │ │ from cache │', '│ 0%         │ │ 캐시에서   │'],
  [
    'a hint is parted from its message before anything else',
    'Warning: posts/글.md was approved: that text is kept in posts/.글.md.1~, and the new one waits for a decision of its own → Take over what you need from it, then delete it.',
    '경고: posts/글.md은(는) 승인된 글이었습니다. 그 글은 posts/.글.md.1~에 남겨 두었고 새 글은 따로 승인해야 합니다 → 필요한 것을 옮긴 뒤 지우십시오.',
  ],
  [
    'a particle behind a count follows the unit',
    'Pages     3 of 3 entries read, 3 pages from an expired copy, because their hosts do not answer',
    '수집      항목 3개 중 3개를 읽음, 페이지 3개는 호스트들이 응답하지 않아 만료된 사본을 사용',
  ],
  ['stages of the live view', 'crawl 12 3.4/s · write 0', '읽기 12 3.4/s · 쓰기 0'],
  ['frames stay closed', '│ pages read │ │ from cache │', '│ 페이지 수  │ │ 캐시에서   │'],
  ['JSON stays as it is', '{"level":"warn","msg":"No jobs."}', '{"level":"warn","msg":"No jobs."}'],
  [
    'names of commands stay as they are typed',
    '  crawl [options]  errors only',
    '  crawl [options]  오류만 출력합니다',
  ],
  ['titles stay as they are', '  - Time: a history of clocks', '  - Time: a history of clocks'],
  ['a text without a form stays as it is', 'Segmentation fault (core dumped)', 'Segmentation fault (core dumped)'],
])('%s', (_name, english, korean) => {
  expect(say(english)).toBe(korean);
});

test.each([
  ['파일을(를)', '파일을'],
  ['목록이(가) 없음', '목록이 없음'],
  ['3(으)로', '3으로'],
  ['7(으)로', '7로'],
  ['2은(는)', '2는'],
  ['URL을(를)', 'URL을'],
  ['`서울`(으)로', '`서울`로'],
  ['Redis이(가)', 'Redis이(가)'],
  ['태그이어야(여야)', '태그여야'],
  ['시각이어야(여야)', '시각이어야'],
])('a particle follows the last sound: %s', (text, expected) => {
  expect(choosingParticles(text)).toBe(expected);
});

test.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko' }, 'ko'],
  [{ LANG: 'ko_KR.utf8@hanja' }, 'ko'],
  [{ LANG: 'ko_KR.eucKR' }, 'en'],
  [{ LANG: 'kok_IN.UTF-8' }, 'en'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko_KR.UTF-8', LC_ALL: '' }, 'ko'],
  [{ LANG: 'ko_KR.UTF-8', BLOGGER_LOCALE: 'en' }, 'en'],
  [{ BLOGGER_LOCALE: 'ko', LC_ALL: 'C' }, 'ko'],
  [{}, 'en'],
])('the language of messages: %o', (env, expected) => {
  expect(messageLanguage({ env })).toBe(expected);
});

test('a figure is taken by a slot for figures alone, and every slot of a Korean form has a value', () => {
  for (const [english, korean] of Object.entries(ko)) {
    const { slots } = parseTemplate(english);
    expect(
      parseTemplate(korean).slots.filter((slot) => !slots.includes(slot)),
      english,
    ).toEqual([]);
  }
  expect(say('Publish seven posts')).toBe('Publish seven posts');
});

test('a particle behind a slot has both forms, so that it can follow any value', () => {
  const bare = /\}["'`]?(?:은|는|이|가|을|를|과|와|으로|로|이어서|여서|이라|라서|이며|며|이고|고)(?![가-힣(])/;

  expect(Object.values(ko).filter((korean) => bare.test(korean))).toEqual([]);
});

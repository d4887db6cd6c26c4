// Makes fixtures/grounding/posts.json from the sample site: 60 true posts that say the source's facts in other forms, and 60 posts with
// 200 planted false numbers, dates, quotations and names. Seeded: the same file every time. Usage: node bench/grounding/make-fixtures.js

import { readFile, writeFile } from 'node:fs/promises';
import { extractArticle } from '../../dist/stages/extract/extract-article.js';
import { seeded } from '../crawl/make-pages.js';

const SOURCES = [
  'energy/tidal-turbine',
  'cities/bus-lanes',
  'food/sourdough-lab',
  'science/reef-sensors',
  'work/four-day-week',
  'culture/night-market',
  'hostile',
  'tech/offline-maps',
  'ko/solar-market',
  'ko/library-night',
  'ko/tidal-power',
  'legacy',
];
const PLANTED = 200;
const site = new URL('../../fixtures/site/', import.meta.url);
const random = seeded(20_260_101);
const pick = (list) => list[Math.floor(random() * list.length)];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const articles = await Promise.all(
  SOURCES.map(async (name) => {
    const bytes = await readFile(new URL(`${name}.html`, site));
    const body = new TextDecoder(name === 'legacy' ? 'euc-kr' : 'utf-8').decode(bytes);
    const url = `https://example.org/${name}`;
    const article = extractArticle({
      url,
      finalUrl: url,
      contentType: 'text/html',
      body,
      fetchedAt: '',
      policy: { allowed: true, policy: 'respect' },
    });
    const sentences = article.text
      .split(/\n+/)
      .flatMap((line) => line.match(/[^.!?。]+(?:\.\d[^.!?]*)*[.!?。]+["”’]*/gu) ?? [])
      .map((sentence) => sentence.trim());
    return {
      name,
      article,
      sentences: sentences.filter((sentence) => /\d|[“"]/.test(sentence) && sentence.length > 30),
    };
  }),
);

const posts = [];
for (let index = 0; index < 60; index += 1) posts.push(makePost(index, 'true'));
let planted = 0;
for (let index = 0; index < 60; index += 1) {
  const wanted = Math.round((PLANTED * (index + 1)) / 60) - planted;
  const post = makePost(index, 'false', wanted);
  planted += post.planted.length;
  posts.push(post);
}
await writeFile(
  new URL('../../fixtures/grounding/posts.json', import.meta.url),
  `${JSON.stringify({ sources: articles.map(({ name, article: { title, text, author, publishedAt, lang } }) => ({ name, title, text, author, publishedAt, lang })), posts }, null, 1)}\n`,
);
console.log(`${posts.length} posts, ${planted} planted`);

function makePost(index, kind, wanted = 0) {
  const source = articles[index % articles.length];
  const korean = source.article.lang === 'ko';
  const chosen = [...source.sentences]
    .sort(() => random() - 0.5)
    .slice(0, 9)
    .map((sentence) => restate(sentence, korean));
  const planted = [];
  for (let round = 0; round < 60 && planted.length < wanted; round += 1) {
    const at = Math.floor(random() * chosen.length);
    const change = falsify(chosen[at], source.article.text, korean, planted);
    if (change === undefined) continue;
    chosen[at] = change.sentence;
    planted.push({ kind: change.kind, text: change.text });
  }
  const title = korean ? '한눈에 보는 소식' : 'What there is to know';
  return {
    source: source.name,
    kind,
    title,
    body: `## ${korean ? '요약' : 'In short'}\n\n${chosen.slice(0, 5).join(' ')}\n\n${chosen.slice(5).join(' ')}`,
    planted,
  };
}

/** The same facts in another form. */
function restate(sentence, korean) {
  const swaps = korean
    ? [
        [/(\d)퍼센트/g, '$1%'],
        [/(\d{4})년 (\d{1,2})월 (\d{1,2})일/g, '$2월 $3일'],
        [/(\d),(\d{3})(?=명|개|원|권)/g, '$1$2'],
      ]
    : [
        [/(\d) percent/g, '$1%'],
        [new RegExp(`(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})`, 'g'), '$2 $1, $3'],
        [/(\d),(\d{3})(?!,)/g, '$1$2'],
        [/(\d+(?:\.\d+)?) million euros/g, '€$1 million'],
        [/ kilomet(?:re|er)s/g, ' km'],
        [/"([^"]+)"/g, '“$1”'],
      ];
  let text = sentence;
  for (const [pattern, form] of swaps) if (random() < 0.5) text = text.replace(pattern, form);
  return text;
}

function falsify(sentence, source, korean, planted) {
  const kinds = { number: falseNumber, date: falseDate, quote: falseQuote, name: falseName };
  const kind = pick(['number', 'number', 'date', 'quote', 'name']);
  const change = kinds[kind](sentence, korean);
  if (change === undefined || planted.some(({ text }) => sentence.includes(text))) return undefined;
  // A change that happens to be true somewhere in the source is no lie.
  const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, ' ');
  return bare(source).includes(bare(change.text)) ? undefined : { kind, ...change };
}

function falseNumber(sentence) {
  const matches = [
    ...sentence.matchAll(
      /(?<![\d.,\p{L}])\d[\d,]*(?:\.\d+)?(?=\s?(?:percent|%|퍼센트|명|원|개|만|억|million|euros|pounds|hours|km|kilometres|metres|megawatt|households|loaves|months|대|미터|킬로와트|메가와트시))/gu,
    ),
  ];
  const match = matches.length === 0 ? undefined : pick(matches);
  if (match === undefined) return undefined;
  const value = Number(match[0].replaceAll(',', ''));
  const wrong = match[0].includes('.')
    ? (value + 1 + Math.floor(random() * 5) + 0.3).toFixed(1)
    : String(value + 3 + Math.floor(random() * Math.max(7, value * 0.3)));
  return {
    sentence: sentence.slice(0, match.index) + wrong + sentence.slice(match.index + match[0].length),
    text: wrong,
  };
}

function falseDate(sentence, korean) {
  const pattern = korean
    ? /(\d{1,2})월 (\d{1,2})일/
    : new RegExp(`(\\d{1,2}) (${MONTHS.join('|')})|(${MONTHS.join('|')}) (\\d{1,2})(?=,)`);
  const match = pattern.exec(sentence);
  if (match === null) return undefined;
  const day =
    ((Number(match[2] && korean ? match[2] : (match[1] ?? match[4])) + 4 + Math.floor(random() * 9)) % 27) + 1;
  const month = match[2] ?? match[3];
  const text = korean ? `${match[1]}월 ${day}일` : match[1] === undefined ? `${month} ${day}` : `${day} ${month}`;
  return { sentence: sentence.replace(match[0], text), text };
}

function falseQuote(sentence) {
  const match = /[“"]([^”"]{20,})[”"]/.exec(sentence);
  if (match === null) return undefined;
  const words = match[1].split(' ');
  if (words.length < 4) return undefined;
  const at = 1 + Math.floor(random() * (words.length - 2));
  words[at] = /[가-힣]/.test(match[1]) ? pick(['결코', '오히려', '마침내']) : pick(['never', 'hardly', 'surely']);
  const quote = words.join(' ');
  return { sentence: sentence.replace(match[1], quote), text: quote };
}

function falseName(sentence, korean) {
  if (korean) return undefined;
  const match = /\b([A-Z][a-z]+) ([A-Z][a-z]+)\b/.exec(sentence.slice(4));
  if (match === null || /Port Selby|Grey Point|Santa Brisa|Mill Street|Urban Movement/.test(match[0])) return undefined;
  const text = `${pick(['Gregor', 'Amelia', 'Viktor', 'Selma'])} ${pick(['Holloway', 'Petrov', 'Castell', 'Winter'])}`;
  return { sentence: sentence.slice(0, 4) + sentence.slice(4).replace(match[0], text), text };
}

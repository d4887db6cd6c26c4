import { expect, test } from 'vitest';
import { jsonValues } from '../../../src/stages/write/answer/json-values.ts';
import { parseReply } from '../../../src/stages/write/answer/parse-reply.ts';
import { makeReply, POST } from '../../helpers/make-brief.ts';

const json = JSON.stringify(POST);
const pretty = JSON.stringify(POST, undefined, 2);
const members = (text: string) => text.slice(1, -1);

test.each([
  ['thoughts with braces and no opening tag', `The shape is {"title": ..., "body": ...}. Now.\n</think>\n\n${json}`],
  ['thoughts that hold a whole draft', `<think>${JSON.stringify({ ...POST, title: 'A first draft' })}</think>${json}`],
  ['thoughts under another name', `<thinking>{ "a": 1 }</thinking>\n${json}`],
  ['thoughts in square brackets', `[THINK]plan {x}[/THINK]${json}`],
  ['thoughts in German with a stray brace', `Ich denke an { und "so weiter.\n</think>\n${json}`],
  ['reasoning tags', `<reasoning>Use {title, body}.</reasoning>\n\`\`\`json\n${pretty}\n\`\`\``],
  [
    'harmony channels',
    `<|channel|>analysis<|message|>{title}<|end|><|start|>assistant<|channel|>final<|message|>${json}`,
  ],
  ['harmony with a constraint', `<|channel|>final <|constrain|>json<|message|>${json}`],
  [
    'prose with braces around a fence',
    `Here is the post {as JSON}:\n\n\`\`\`json\n${json}\n\`\`\`\n\nIt keeps {all} figures.`,
  ],
  ['prose in Korean around it', `다음은 글입니다 {JSON}:\n${json}\n감사합니다.`],
  ['a fence of tildes', `~~~json\n${json}\n~~~`],
  ['a fence that is not closed', `\`\`\`json\n${json}`],
  ['a byte order mark', `\uFEFF${json}`],
  ['two objects, the second a note', `${json}\n{"note": "done"}`],
  ['a wrapping list', `[${json}]`],
  ['a wrapping object', `{"post": ${json}}`],
  ['two wrappers', `{"result": {"posts": [${json}]}}`],
  ['a JSON text in a JSON text', JSON.stringify(json)],
  ['a wrapped JSON text', JSON.stringify({ output: json })],
  ['the arguments of a tool', JSON.stringify({ name: 'post', arguments: POST })],
  ['raw line breaks in texts', json.replaceAll('\\n', '\n')],
  ['raw tabs and line breaks, indented', pretty.replaceAll('\\n', '\n')],
  ['a trailing comma', `{${members(json)},}`],
  ['a comment', `{ // the post\n${members(json)}}`],
  ['names without quotes', json.replace('"title":', 'title:').replace('"body":', 'body:')],
  ['names in capitals', json.replace('"title"', '"Title"').replace('"body"', '"BODY"')],
  ['words behind a repaired object', `{${members(json)},}\nThat is all.`],
] as const)('reads %s without another request', (_what, text) => {
  expect(parseReply(makeReply({ text }))).toEqual(POST);
});

const LONG = `${POST.body} ${'More about the berths and what they cost. '.repeat(8)}`.trim();

test.each([
  ['tags as one text', { ...POST, tags: 'harbour, Port Selby ; boats' }, { tags: ['harbour', 'Port Selby', 'boats'] }],
  ['tags as hashes', { ...POST, tags: ['#harbour', '- boats'] }, { tags: ['harbour', 'boats'] }],
  ['tags in Japanese', { ...POST, tags: '港、船' }, { tags: ['港', '船'] }],
  ['tags as objects', { ...POST, tags: [{ name: 'harbour' }] }, { tags: ['harbour'] }],
  ['no tags', { ...POST, tags: null }, { tags: [] }],
  ['null for what may be left out', { ...POST, slug: null, tags: null }, { slug: '', tags: [] }],
  [
    'a body in paragraphs',
    { ...POST, body: ['The harbour opened in 1902.', 'It has 12 berths.'] },
    { body: 'The harbour opened in 1902.\n\nIt has 12 berths.' },
  ],
  ['a body under another name', { title: POST.title, content: LONG }, { title: POST.title, body: LONG }],
  ['a body under a Korean name', { title: POST.title, 본문: LONG }, { title: POST.title, body: LONG }],
  ['a title that stands in the body only', { body: `# The harbour\n\n${LONG}` }, { title: 'The harbour', body: LONG }],
] as const)('makes up for %s', (_what, answer, expected) => {
  expect(parseReply(makeReply({ text: JSON.stringify(answer) }))).toMatchObject(expected);
});

test.each([
  ['plain', `# The harbour\n\n${LONG}`],
  ['in a fence', `\`\`\`markdown\n# The harbour\n\n${LONG}\n\`\`\``],
  ['behind thoughts', `It wants a post.</think>\n# The harbour\n\n${LONG}`],
])('reads a post written as Markdown: %s', (_what, text) => {
  expect(parseReply(makeReply({ text }))).toMatchObject({ title: 'The harbour', body: LONG });
});

test.each([
  ['an object that breaks off', json.slice(0, -20)],
  [
    'an object that breaks off behind a brace in its text',
    JSON.stringify({ ...POST, body: `${LONG} {x}` }).slice(0, -2),
  ],
  ['an object that breaks off behind code', `{"title":"A","body":"${'x'.repeat(50)} if (a) { b(\\"c\\") }`],
  ['a fence that breaks off', `\`\`\`json\n${json.slice(0, -30)}`],
  ['thoughts alone', '<think>{"title": "A"}</think>'],
  ['an apology', 'I am sorry, but I cannot write about {this}.'],
  ['an object of another kind', '{"error": "context overflow"}'],
  ['braces of prose', '{as JSON}'],
] as const)('does not complete %s', (_what, text) => {
  expect(() => parseReply(makeReply({ text }))).toThrow(expect.objectContaining({ code: 'REPLY_INVALID' }));
});

test('an end that is no stop for cause is an end', () => {
  expect(parseReply(makeReply({ finishReason: 'other', text: json }))).toEqual(POST);
});

test('thousands of braces that nothing closes are given up, and do not hide an answer behind thoughts', () => {
  const values = [...jsonValues(`${'{ "a '.repeat(20_000)}</think>${json}`)];
  expect(values[0]).toEqual(POST);
  expect([...jsonValues('{ "a '.repeat(20_000))]).toEqual([]);
});

test.each(['\u0007', '\u0000', '\u001b[0m', '\u000b', '\u007f'])(
  'a control character in a text is dropped: %j',
  (sign) => {
    const raw = json
      .replaceAll('\\n', '\r\n')
      .replace(POST.title, `${POST.title.slice(0, 3)}${sign}${POST.title.slice(3)}\t`);
    expect(parseReply(makeReply({ text: raw })).title.replace('[0m', '')).toContain(POST.title);
  },
);

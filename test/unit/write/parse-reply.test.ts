import { expect, test } from 'vitest';
import { parseReply } from '../../../src/stages/write/parse-reply.ts';
import { makeReply, POST } from '../../helpers/make-brief.ts';

const answer = (members: object) => makeReply({ text: JSON.stringify({ ...POST, ...members }) });

test.each([
  ['as it is', JSON.stringify(POST)],
  ['in a fence of code', `\`\`\`json\n${JSON.stringify(POST)}\n\`\`\``],
  ['behind thoughts', `<think>let me see {"a"}</think>\n${JSON.stringify(POST)}`],
  ['with words around it', `Here it is:\n${JSON.stringify(POST)}\nEnjoy!`],
])('reads JSON %s', (_name, text) => {
  expect(parseReply(makeReply({ text }))).toEqual(POST);
});

test.each([
  ['length', 'REPLY_TRUNCATED'],
  ['refusal', 'REPLY_REFUSED'],
  ['safety', 'REPLY_REFUSED'],
  ['recitation', 'REPLY_REFUSED'],
  ['blocked', 'REPLY_REFUSED'],
] as const)('an answer that ended by %s is %s, whatever it says', (finishReason, code) => {
  expect(() => parseReply(makeReply({ finishReason }))).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['no JSON', 'I would rather not'],
  ['half of it', JSON.stringify(POST).slice(0, 60)],
  ['an array', '[1]'],
  ['nothing', ''],
  ['no title', JSON.stringify({ ...POST, title: ' ' })],
  ['an empty body', JSON.stringify({ ...POST, body: '' })],
  ['a body that is a number', JSON.stringify({ ...POST, body: 7 })],
])('refuses %s as REPLY_INVALID', (_name, text) => {
  expect(() => parseReply(makeReply({ text }))).toThrow(expect.objectContaining({ code: 'REPLY_INVALID' }));
});

test('takes the repeated title out of the body and lowers headings that start at level 1', () => {
  expect(parseReply(answer({ body: `# ${POST.title}\n\n${POST.body}` })).body).toBe(POST.body);
  const body = '# One\n\nSome text that is long enough to stay.\n\n## Two\n\n```\n# code\n```';
  expect(parseReply(answer({ body })).body).toBe('## One\n\nSome text that is long enough to stay.\n\n### Two\n\n```\n# code\n```');
});

test('makes up for what servers without a strict mode leave out', () => {
  const { title, body } = POST;
  const post = parseReply(makeReply({ text: JSON.stringify({ title, body }) }));

  expect(post.description).toBe('The harbour opened in 1902 and has 12 berths today.');
  expect(post.tags).toEqual([]);
});

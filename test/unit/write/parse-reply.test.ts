import { expect, test } from 'vitest';
import type { BloggerError } from '../../../src/core/errors.ts';
import { parseReply } from '../../../src/stages/write/answer/parse-reply.ts';
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
  expect(parseReply(answer({ body })).body).toBe(
    '## One\n\nSome text that is long enough to stay.\n\n### Two\n\n```\n# code\n```',
  );
});

test('makes up for what servers without a strict mode leave out', () => {
  const { title, body } = POST;
  const post = parseReply(makeReply({ text: JSON.stringify({ title, body }) }));

  expect(post.description).toBe('The harbour opened in 1902 and has 12 berths today.');
  expect(post.tags).toEqual([]);
});

const failureOf = (members: Parameters<typeof makeReply>[0]) => {
  try {
    parseReply(makeReply(members));
  } catch (error) {
    return error as BloggerError;
  }
  throw new Error('expected a failure');
};

test('a failure says what was expected, what came and what to do', () => {
  const cut = failureOf({ finishReason: 'length' });
  expect([cut.message, cut.hint]).toEqual([
    expect.stringContaining('cut off at the output limit'),
    expect.stringContaining('Lower --length'),
  ]);
  const refused = failureOf({ finishReason: 'refusal', text: '  I  cannot\nhelp ' });
  expect([refused.message, refused.hint]).toEqual([
    'The model declined to write a post (refusal): I cannot help',
    expect.stringContaining('Remove the page'),
  ]);
  expect(failureOf({ finishReason: 'safety', text: '' }).message).toBe('The model declined to write a post (safety)');
  const prose = failureOf({ text: `no ${'x'.repeat(300)}` });
  expect([prose.message, prose.hint]).toEqual([
    'The model did not answer a post as JSON: it is not JSON',
    expect.stringContaining('structured output'),
  ]);
  expect(prose.details).toEqual({ answer: `no ${'x'.repeat(196)}…` });
  expect(failureOf({ text: 'y'.repeat(200) }).details).toEqual({ answer: 'y'.repeat(200) });
  expect(failureOf({ text: '[1]' }).message).toMatch(/as JSON: answer: \S/);
  expect(failureOf({ text: JSON.stringify({ ...POST, title: ' ', body: '' }) }).message).toMatch(
    /as JSON: title: [^;]+; body: \S/,
  );
});

test.each([
  ['in a fence without a language', `\`\`\`\n${JSON.stringify(POST)}\n\`\`\``],
  ['in a fence with spaces behind it', `\`\`\`json  \n${JSON.stringify(POST)}\`\`\``],
  ['behind thoughts of several lines', `\n <think>a\nb { c } d\n</think>  ${JSON.stringify(POST)}`],
  ['with braces in the words before it', `\`\`\`json\n${JSON.stringify(POST, undefined, 2)}\n\`\`\``],
])('reads JSON %s, too', (_name, text) => {
  expect(parseReply(makeReply({ text }))).toEqual(POST);
});

/** A body of less than 40 characters is no post. */
const MORE = ' A sentence that makes it long enough to be a post.';

test.each([
  ['escaped line breaks', 'One.\\n\\nTwo.', 'One.\n\nTwo.'],
  ['but not beside true ones', 'One.\nPath C:\\new.', 'One.\nPath C:\\new.'],
  ['line ends of Windows', '  One.\r\n\r\nTwo.', 'One.\n\nTwo.'],
  ['the title in other letters and signs', `#   THE harbour — of Lee!  ##\n\n\nOne.`, 'One.'],
  ['only at the start', `One.\n\n## Two\n\n${POST.title}`, `One.\n\n## Two\n\n${POST.title}`],
  ['a first heading that is another', '# Of Lee\n\nOne.', '## Of Lee\n\nOne.'],
  ['words that only run together', '# Theharbour of Lee\n\nOne.', '## Theharbour of Lee\n\nOne.'],
  ['signs alone', '# !\n\nOne.', '## !\n\nOne.'],
  [
    'level 1 in the middle',
    'One.\n\n# Two\n\n###### Six\n\nTwo # three',
    'One.\n\n## Two\n\n###### Six\n\nTwo # three',
  ],
  ['no level 1 but in code', '## One\n\n```\n# code\n```', '## One\n\n```\n# code\n```'],
  ['code of either fence', '# One\n\n  ~~~\n# code\n  ~~~\n\n# Two', '## One\n\n  ~~~\n# code\n  ~~~\n\n## Two'],
  ['hashes that are no headings', '# One\n\n#hash and `x ```\n\nsee # two', '## One\n\n#hash and `x ```\n\nsee # two'],
])('tidies a body: %s', (_what, body, tidied) => {
  expect(parseReply(answer({ body: `${body}${MORE}  ` })).body).toBe(`${tidied}${MORE}`);
});

test.each([
  [
    'the first sentence of good length',
    'Short. This one is long enough to tell a reader what comes. More.',
    'Short. This one is long enough to tell a reader what comes.',
  ],
  [
    'without headings',
    '## Head. Line\n\nThe harbour is old and it has been painted in blue and white.\n\n### Next',
    'The harbour is old and it has been painted in blue and white.',
  ],
  ['the start where no sentence ends in time', `${'word '.repeat(60)}end.`, 'word '.repeat(30)],
  [
    'not at a point inside of a figure',
    `It has grown by 4.5 percent in the long years since then. End.`,
    'It has grown by 4.5 percent in the long years since then.',
  ],
  [
    'over line breaks',
    'The harbour is old and\nit has been painted  in blue\tand white! Yes.',
    'The harbour is old and it has been painted in blue and white!',
  ],
  [
    'Korean',
    `${'항구는 오래되었고 파란색으로 칠해져 있으며 '.repeat(2)}크다。 끝`,
    `${'항구는 오래되었고 파란색으로 칠해져 있으며 '.repeat(2)}크다。`,
  ],
])('a description that is missing is taken from the body: %s', (_what, body, description) => {
  expect(parseReply(answer({ description: '', body })).description.trim()).toBe(description.trim());
});

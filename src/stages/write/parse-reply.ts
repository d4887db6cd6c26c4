import { BloggerError } from '../../core/errors.ts';
import type { ModelReply } from '../../core/ports.ts';
import type { PostContent } from '../../core/types.ts';
import { postAnswer } from './post-schema.ts';

/** The post that an answer holds. Throws `REPLY_TRUNCATED`, `REPLY_REFUSED` or `REPLY_INVALID`; nothing of a bad answer is kept. */
export function parseReply(reply: ModelReply): PostContent {
  if (reply.finishReason === 'length') {
    throw new BloggerError(
      'The model was expected to finish its post, but its answer was cut off at the output limit',
      {
        code: 'REPLY_TRUNCATED',
        hint: 'Lower --length, or take a model that does not spend its output on reasoning.',
      },
    );
  }
  if (
    reply.finishReason === 'refusal' ||
    reply.finishReason === 'safety' ||
    reply.finishReason === 'recitation' ||
    reply.finishReason === 'blocked'
  ) {
    throw new BloggerError(
      `The model declined to write the post (${reply.finishReason})${reply.text === '' ? '' : `: ${shorten(reply.text)}`}`,
      {
        code: 'REPLY_REFUSED',
        hint: 'Take the page out of the list, or another model.',
      },
    );
  }
  const parsed = postAnswer.safeParse(readJson(reply.text));
  if (!parsed.success)
    throw wrongShape(
      reply.text,
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'answer'}: ${message}`).join('; '),
    );
  const { body, title, ...rest } = parsed.data;
  return {
    ...rest,
    title,
    description: rest.description === '' ? firstSentence(body) : rest.description,
    body: tidyBody(body, title),
  };
}

/** The JSON in an answer: as it is, in a fence of code, or behind thoughts said aloud. */
function readJson(text: string): unknown {
  const plain = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  const fenced = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/i.exec(plain)?.[1];
  const braces = plain.slice(plain.indexOf('{'), plain.lastIndexOf('}') + 1);
  for (const candidate of [plain, fenced, braces]) {
    if (candidate === undefined || candidate === '') continue;
    try {
      return JSON.parse(candidate);
    } catch {
      // the next way of reading it may do
    }
  }
  throw wrongShape(text, 'it is not JSON');
}

function wrongShape(text: string, reason: string): BloggerError {
  return new BloggerError(`The model was expected to answer a post as JSON, but ${reason}`, {
    code: 'REPLY_INVALID',
    hint: 'Take a model that supports structured output.',
    details: { answer: shorten(text) },
  });
}

/** Mends what needs no model: a title repeated as H1, headings one level too high, escaped line breaks. */
function tidyBody(body: string, title: string): string {
  const unescaped = !body.includes('\n') && body.includes('\\n') ? body.replaceAll('\\n', '\n') : body;
  const text = unescaped.replaceAll('\r\n', '\n').trim();
  const heading = /^#\s+(.+?)\s*#*\n+/.exec(text);
  const withoutTitle = heading !== null && sameWords(heading[1] ?? '', title) ? text.slice(heading[0].length) : text;
  return /^#\s/m.test(withoutTitle.replace(/^```[\s\S]*?^```/gm, '')) ? lowerHeadings(withoutTitle) : withoutTitle;
}

function sameWords(a: string, b: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? '';
  return words(a) === words(b);
}

/** All headings one level down, outside of code. */
function lowerHeadings(text: string): string {
  let inCode = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^ {0,3}(?:```|~~~)/.test(line)) inCode = !inCode;
      return inCode ? line : line.replace(/^(#{1,5})(?=\s)/, '$1#');
    })
    .join('\n');
}

function firstSentence(body: string): string {
  const text = body
    .replace(/^#{1,6}\s.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.{40,155}?[.!?。](?=\s|$)/u.exec(text)?.[0] ?? text.slice(0, 150);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

import type { ModelReply } from '../../../core/ports.ts';
import type { PostContent } from '../../../core/types.ts';
import { fencedLines, linesOutsideCode } from '../../../util/text/fences.ts';
import { trimTail } from '../../../util/text/trim-edges.ts';
import { markdownPost, postAnswer } from '../prompt/post-schema.ts';
import { afterThoughts } from './json-values.ts';
import { readAnswer } from './read-answer.ts';

/** Parses the post in an answer. Throws `REPLY_TRUNCATED`, `REPLY_REFUSED` or `REPLY_INVALID`; nothing of an invalid answer is kept. */
export function parseReply(reply: ModelReply): PostContent {
  const { body, title, ...rest } = readAnswer(reply, {
    schema: postAnswer,
    what: 'a post',
    fromText: (text) => markdownPost(afterThoughts(text)),
  });
  return {
    ...rest,
    title,
    description: rest.description === '' ? firstSentence(body) : rest.description,
    body: tidyBody(body, title),
  };
}

/** Fixes what needs no model: a title repeated as H1, headings one level too high, escaped line breaks. */
function tidyBody(body: string, title: string): string {
  const unescaped = !body.includes('\n') && body.includes('\\n') ? body.replaceAll('\\n', '\n') : body;
  const text = unescaped.replaceAll('\r\n', '\n').trim();
  const heading = /^#[ \t](.*)\n+/.exec(text);
  const withoutTitle =
    heading !== null && sameWords(trimTail(heading[1] ?? '', /[\s#]/).trimStart(), title)
      ? text.slice(heading[0].length)
      : text;
  const isHeading = ({ text: line }: { readonly text: string }) => /^ {0,3}#\s/.test(line);
  return linesOutsideCode(withoutTitle.split('\n')).some(isHeading) ? lowerHeadings(withoutTitle) : withoutTitle;
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
  const lines = text.split('\n');
  const fenced = fencedLines(lines);
  return lines
    .map((line, index) => (fenced[index] === true ? line : line.replace(/^( {0,3}#{1,5})(?=\s)/, '$1#')))
    .join('\n');
}

function firstSentence(body: string): string {
  const text = body
    .replace(/^#{1,6}\s.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.{40,155}?[.!?。](?=\s|$)/u.exec(text)?.[0] ?? text.slice(0, 150);
}

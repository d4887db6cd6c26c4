import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ko } from '../../../src/ui/messages/ko/index.ts';
import { createTranslator } from '../../../src/ui/messages/translator.ts';
import { asMany, COUNTED, plural } from '../../../src/util/text/plural.ts';

test.each([
  [0, 'entry', '0 entries'],
  [1, 'entry', '1 entry'],
  [2, 'miss', '2 misses'],
  [1, 'new item', '1 new item'],
  [1234, 'new item', '1,234 new items'],
  [2, 'short address', '2 short addresses'],
])('%i of %s is %s', (count, one, text) => {
  expect(plural(count, one)).toBe(text);
});

test.each([
  ['1 entry, 11 entry', '1 entries, 11 entry'],
  ['0.1 page and 1.1 page', '0.1 page and 1.1 page'],
  ['1 new item', '1 new items'],
  ['1 pager, 1 post-it', '1 pager, 1 post-it'],
])('%s for a template of many is %s', (one, many) => {
  expect(asMany(one)).toBe(many);
});

const say = createTranslator(ko);

test.each([
  ['1 entry', '3 entries'],
  ['1 page', '3 pages'],
  ['  file     1 entry, 2.0 kB', '  file     3 entries, 2.0 kB'],
  ['Run a1: 1 entry, written by openai gpt', 'Run a1: 3 entries, written by openai gpt'],
  ['0 of 1 job cancelled.', '0 of 3 jobs cancelled.'],
  ['The page has 1 character of text, fewer than 400', 'The page has 3 characters of text, fewer than 400'],
  ['Less than 40: 1 of 1 post.', 'Less than 40: 1 of 3 posts.'],
])('%s has the Korean form of %s', (one, many) => {
  expect(say(many)).toMatch(/[가-힣]/);
  expect(say(one).replaceAll('1', '3')).toBe(say(many).replaceAll('1', '3'));
});

/** Instructions to models, parts of pages and queries. */
const NO_MESSAGES =
  /^src\/(?:stages\/write\/(?:prompt|long-post)|stages\/publish\/render|mcp|ui\/messages|services\/(?:metrics|ledger\/ledger-sums))/;
const MANY = new RegExp(`^ (?:of )?(?:[a-z]*[a-rt-z] )?(?:${Object.values(COUNTED).join('|')})(?![\\w'-])`);

/** A figure with a fraction, a limit or a constant far above one, and what `plural` has made. */
const EXEMPT = /toFixed\(|^maxBytes$|^maxWaiting$|^[A-Z_\d ./*]+$|^Math\.\w+\([A-Z_]+|^plural\(/;

test('every count of a message is written by `plural`', () => {
  const found = readdirSync('src', { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .filter((file) => !NO_MESSAGES.test(file))
    .flatMap(spansOf);

  expect(found).toEqual([]);
});

function spansOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateSpan(node) && MANY.test(node.literal.text) && !EXEMPT.test(node.expression.getText()))
      found.push(
        `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 80)}`,
      );
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

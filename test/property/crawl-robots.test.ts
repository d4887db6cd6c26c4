import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAllowed, matches, parseRobots } from '../../src/stages/crawl/robots/robots-rules.ts';
import { fuzzed } from '../helpers/fuzz.ts';

/** RFC 9309 §2.2.3 in the plainest words: try every length for every `*`. Slow on purpose. */
function matchesPlainly(pattern: string, path: string): boolean {
  if (pattern === '') return true;
  if (pattern === '$') return path === '';
  if (pattern.startsWith('*'))
    return Array.from({ length: path.length + 1 }, (_, skipped) =>
      matchesPlainly(pattern.slice(1), path.slice(skipped)),
    ).some(Boolean);
  return path !== '' && path[0] === pattern[0] && matchesPlainly(pattern.slice(1), path.slice(1));
}

const pattern = fc
  .tuple(fc.stringMatching(/^[ab/]{0,3}(\*[ab/]{0,3}){0,3}$/), fc.constantFrom('', '$'))
  .map(([body, end]) => `/${body}${end}`);
const path = fc.stringMatching(/^[ab/]{0,10}$/).map((rest) => `/${rest}`);
const rule = fc.record({ allow: fc.boolean(), pattern });

it('matches the same paths as a naive implementation', () => {
  fc.assert(
    fc.property(pattern, path, (rulePath, target) => {
      expect(matches(rulePath, target)).toBe(matchesPlainly(rulePath, target));
    }),
    fuzzed(2000),
  );
});

it('decides like the plain oracle: the longest match, Allow on a tie, nothing allows', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 6 }), path, (rules, target) => {
      const robots = [
        'User-agent: *',
        ...rules.map((one) => `${one.allow ? 'Allow' : 'Disallow'}: ${one.pattern}`),
      ].join('\n');
      const matching = rules
        .map((one) => ({ allow: one.allow, text: one.pattern.replace(/\*+/g, '*') }))
        .filter(({ text }) => matchesPlainly(text, target));
      const longest = Math.max(...matching.map(({ text }) => text.length));
      const expected = matching.length === 0 || matching.some(({ allow, text }) => allow && text.length === longest);

      expect(isAllowed(parseRobots(robots, 'blogger'), target)).toBe(expected);
    }),
    fuzzed(1000),
  );
});

it('reads any bytes without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.webPath(), (text, target) => {
      expect(typeof isAllowed(parseRobots(text, 'blogger'), target)).toBe('boolean');
    }),
    fuzzed(300),
  );
});

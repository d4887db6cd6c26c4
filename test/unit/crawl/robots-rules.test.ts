import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAllowed, parseRobots, productToken, usageFor } from '../../../src/stages/crawl/robots/robots-rules.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

interface RobotsCase {
  readonly name: string;
  readonly robots: string;
  readonly cases: readonly { readonly userAgent: string; readonly target: string; readonly allowed: boolean }[];
}

const files = ['rfc9309.json', 'google.json'].map(
  (file) => new URL(`../../../fixtures/robots/${file}`, import.meta.url),
);
const cases = files.flatMap((file): RobotsCase[] => JSON.parse(readFileSync(file, 'utf8')));

describe('robots rules', () => {
  it.each(cases)('$name', ({ robots, cases: asked }) => {
    const answers = asked.map(({ userAgent, target }) => ({
      userAgent,
      target,
      allowed: isAllowed(parseRobots(robots, userAgent), target),
    }));

    expect(answers).toEqual(asked);
  });

  it('reads the largest Crawl-delay of the merged groups and does not let it split a group', () => {
    const { crawlDelayMs, rules } = parseRobots(
      'User-agent: a\nCrawl-delay: 1.5\nUser-agent: b\nDisallow: /x\nUser-agent: a\nCrawl-delay: 4',
      'a',
    );

    expect(crawlDelayMs).toBe(4000);
    expect(rules).toHaveLength(1);
  });

  it.each(['-1', 'soon', '1e3', ''])('does not take %j for a Crawl-delay', (delay) => {
    expect(parseRobots(`User-agent: *\nCrawl-delay: ${delay}`, 'blogger').crawlDelayMs).toBeUndefined();
  });

  it('takes the AI-use lines with the longest matching path, of each field by itself', () => {
    const rules = parseRobots(
      'User-agent: *\nContent-Usage: bots=y\nContent-Usage: /news/ bots=n\nContent-Signal: ai-input=no\nAllow: /',
      'blogger',
    );

    expect(usageFor(rules, '/news/today').map(({ field, value }) => `${field} ${value}`)).toEqual([
      'Content-Usage bots=n',
      'Content-Signal ai-input=no',
    ]);
    expect(usageFor(rules, '/sport').map(({ field, value }) => `${field} ${value}`)).toEqual([
      'Content-Usage bots=y',
      'Content-Signal ai-input=no',
    ]);
  });

  it('takes the letters, dashes and underscores at the start of a User-Agent for its token', () => {
    expect(['Blogger/1.0 (+https://x)', 'my_bot-x2', '123'].map(productToken)).toEqual(['blogger', 'my_bot-x', '']);
  });
});

it.each([
  ['content-usage lines of one path', Array.from({ length: 33_000 }, () => 'Content-Usage: ai=n').join('\n')],
  [
    'content-usage lines of many paths',
    Array.from({ length: 33_000 }, (_, at) => `Content-Usage: /${at % 9} ai=n`).join('\n'),
  ],
  ['rules', Array.from({ length: 33_000 }, (_, at) => `Disallow: /${at}`).join('\n')],
  ['stars', `Disallow: ${'/*a'.repeat(150_000)}`],
  ['groups', Array.from({ length: 15_000 }, (_, at) => `User-agent: b${at}\nDisallow: /`).join('\n')],
  ['agents', Array.from({ length: 30_000 }, (_, at) => `User-agent: b${at}`).join('\n')],
])('a robots.txt of many %s is read and asked in linear time', (_what, lines) => {
  const work = () => {
    const rules = parseRobots(`User-agent: *\n${lines}`, 'blogger');
    for (let at = 0; at < 5; at += 1) {
      isAllowed(rules, `/${'a'.repeat(2000)}${at}`);
      usageFor(rules, `/${at}`);
    }
  };

  expect(cpuMs(work)).toBeLessThan(5000); // quadratic work would take minutes
});

import { describe, expect, test } from 'vitest';
import {
  judgeSignals,
  readContentSignal,
  readContentUsage,
  readRobotsDirectives,
  readTdmReservation,
  readXRobotsTag,
} from '../../../src/stages/crawl/policy/ai-policy.ts';
import { parseTdmrep, tdmSignals } from '../../../src/stages/crawl/policy/tdmrep.ts';

const RESERVED = [true];
const FREE = [false];
const OTHER_USES = [undefined];
const reservations = (signals: readonly { readonly reserved: boolean | undefined }[]) =>
  signals.map(({ reserved }) => reserved);

describe('what owners say of AI use', () => {
  test.each([
    ['ai-input=no', RESERVED],
    ['ai-input=yes', FREE],
    ['search=yes, ai-train=no', []],
    ['search=yes', []],
    ['search=yes, ai-input=no', RESERVED],
    ['ai-train=no, ai-input=no', RESERVED],
    ['use=reference', RESERVED],
    ['use=immediate', RESERVED],
    ['use=full', FREE],
    ['use=something-new', OTHER_USES],
    ['AI-INPUT = NO', RESERVED],
    ['ai-input', []],
  ])('Content-Signal: %s', (value, expected) => {
    expect(reservations(readContentSignal(value, 'robots.txt'))).toEqual(expected);
  });

  test.each([
    ['ai-use=n', RESERVED],
    ['ai=n;exp=1', RESERVED],
    ['bots=y', FREE],
    ['train-ai=n', []],
    ['search=y', []], // to be found is no leave to be summarised
    ['search=n', []],
    ['search=y, train-ai=n', []],
    ['train-ai=y, search=y', []],
    ['search=y, ai-use=n', RESERVED],
    ['search', []],
    ['ai=maybe', []],
  ])('Content-Usage: %s', (value, expected) => {
    expect(reservations(readContentUsage(value, 'header'))).toEqual(expected);
  });

  test.each([
    ['1', RESERVED],
    [' 0 ', FREE],
    ['yes', []],
  ])('tdm-reservation: %s', (value, expected) => {
    expect(reservations(readTdmReservation(value, 'meta'))).toEqual(expected);
  });

  test.each([
    ['noindex, noai', RESERVED],
    ['noimageai', OTHER_USES],
    ['noai noimageai', [true, undefined]],
    ['index, follow', []],
  ])('meta robots: %s', (value, expected) => {
    expect(reservations(readRobotsDirectives(value, 'meta robots'))).toEqual(expected);
  });

  test.each([
    ['noai', RESERVED],
    ['otherbot: noai', []],
    ['otherbot: noai, blogger: nosnippet, noai', RESERVED],
    ['unavailable_after: 2030-01-01, noai', RESERVED],
    ['*: noai', RESERVED],
    ['googlebot: noindex, nosnippet\nnoai', RESERVED],
    ['otherbot: noindex, noai\nnoindex', []],
  ])('X-Robots-Tag: %s', (value, expected) => {
    expect(reservations(readXRobotsTag(value, 'blogger'))).toEqual(expected);
  });

  test.each([
    ['[{"location":"/","tdm-reservation":1}]', '/a', RESERVED],
    ['[{"location":"/free/*","tdm-reservation":0},{"location":"/","tdm-reservation":"1"}]', '/free/a', FREE],
    ['[{"location":"/closed/","tdm-reservation":1}]', '/open', []],
    ['<html>not found</html>', '/a', []],
    ['{"location":"/","tdm-reservation":1}', '/a', []],
  ])('tdmrep.json %s for %s', (text, path, expected) => {
    expect(reservations(tdmSignals(parseTdmrep(text) ?? [], path))).toEqual(expected);
  });
});

describe('the verdict', () => {
  const free = { source: 'robots.txt Content-Signal: ai-input=yes', reserved: false };
  const reserved = { source: 'meta robots: noai', reserved: true };

  test.each([
    ['respect', false],
    ['warn', true],
    ['ignore', true],
  ] as const)('of a reservation under %s', (policy, allowed) => {
    expect(judgeSignals([free, reserved], policy)).toEqual({ allowed, source: reserved.source, policy });
  });

  test('names the permission where nothing is reserved, and nothing where nothing was said of our use', () => {
    expect(judgeSignals([{ source: 'meta robots: noimageai', reserved: undefined }, free], 'respect')).toEqual({
      allowed: true,
      source: free.source,
      policy: 'respect',
    });
    expect(judgeSignals([], 'respect')).toEqual({ allowed: true, policy: 'respect' });
  });
});

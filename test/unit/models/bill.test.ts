import { expect, test } from 'vitest';
import { billOf, billOfStatus } from '../../../src/core/bill.ts';
import { BloggerError } from '../../../src/core/errors.ts';

test.each([400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 429, 451])('a refusal of status %i is free', (status) => {
  expect(billOfStatus(status, { ownWords: false })).toBe('free');
});

test.each([408, 460, 499, 504, 524, 527, 598, 599, 200, 299, 302])('work may have begun behind status %i', (status) => {
  expect(billOfStatus(status, { ownWords: true })).toBe('unknown');
});

test.each([501, 503, 521, 522, 523, 529])('status %i says that no work began', (status) => {
  expect(billOfStatus(status, { ownWords: false })).toBe('free');
});

test.each([500, 502, 520])('status %i is free in the words of the API and unknown in those of a gateway', (status) => {
  expect(billOfStatus(status, { ownWords: true })).toBe('free');
  expect(billOfStatus(status, { ownWords: false })).toBe('unknown');
});

test.each([
  ['an abort', new DOMException('stop', 'AbortError'), 'unknown'],
  ['a bug', new TypeError('x is not a function'), 'unknown'],
  ['a broken connection', new BloggerError('broke', { code: 'PROVIDER_UNKNOWN_OUTCOME' }), 'unknown'],
  ['a refusal', new BloggerError('no', { code: 'PROVIDER_REQUEST' }), 'free'],
  [
    'what the error itself says',
    new BloggerError('overloaded', { code: 'PROVIDER_OVERLOADED', details: { bill: 'unknown' } }),
    'unknown',
  ],
] as const)('%s is billed as what it may be', (_what, error, bill) => {
  expect(billOf(error)).toBe(bill);
});

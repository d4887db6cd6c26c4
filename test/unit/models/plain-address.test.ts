import { expect, test } from 'vitest';
import { plainAddress } from '../../../src/services/models/plain-address.ts';

test.each([
  ['https://api.example.com/v1', 'https://api.example.com/v1', undefined],
  ['https://api.example.com/v1/', 'https://api.example.com/v1', undefined],
  ['https://ann:s3cret@api.example.com/v1', 'https://api.example.com/v1', 'Basic YW5uOnMzY3JldA=='],
  ['http://ann@localhost:11434/v1?x=1', 'http://localhost:11434/v1', 'Basic YW5uOg=='],
  ['https://api.example.com/x/v1/chat/', 'https://api.example.com/x', undefined],
  ['https://a%40b:p%3Aw@host/v1', 'https://host/v1', 'Basic YUBiOnA6dw=='],
])('%s is shown as %s', (given, shown, authorization) => {
  const address = plainAddress(given, /\/v1\/chat$/);
  expect([address.shown, address.authorization]).toEqual([shown, authorization]);
  expect(`${address.url} ${address.shown}`).not.toMatch(/ann|s3cret|p%3Aw/);
});

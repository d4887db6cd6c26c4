import { expect, it } from 'vitest';
import { userAgentHeader } from '../../../src/services/http/user-agent.ts';

it.each([
  [{ userAgent: 'blogger', version: '1.2.0' }, 'blogger/1.2.0'],
  [
    { userAgent: 'blogger', version: '1.2.0', contactUrl: 'https://example.org/bot' },
    'blogger/1.2.0 (+https://example.org/bot)',
  ],
  [{ userAgent: 'acme-bot/7', version: '1.2.0' }, 'acme-bot/7'],
])('names product, version and contact: %j', (parts, expected) => {
  expect(userAgentHeader(parts)).toBe(expected);
});

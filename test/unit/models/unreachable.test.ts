import { expect, test } from 'vitest';
import { connectionError } from '../../../src/services/models/refusal/provider-errors.ts';

const context = {
  provider: 'ollama',
  model: 'm',
  keyName: 'the key',
  says429ForCredit: false,
  address: 'http://localhost:11434/v1',
  secrets: ['sk-secret'],
};
const failing = (code: string, message: string) =>
  new Error('Connection error.', {
    cause: new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }),
  });

test.each([
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:11434', /Nothing listens there: start the server/],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND models.lan', /Check the network, the base URL and the proxy/],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.9:11434', /Check the network/],
])('%s names the address, the reason once, and what to do', (code, message, hint) => {
  const error = connectionError(failing(code, message), context);

  expect(error).toMatchObject({
    code: 'PROVIDER_OVERLOADED',
    message: `ollama at http://localhost:11434/v1 cannot be reached: ${message}`,
    hint: expect.stringMatching(hint) as string,
    details: { socketCode: code, bill: 'free' },
  });
});

test('several addresses of one host are named with the reason of one', () => {
  const one = Object.assign(new Error('connect ECONNREFUSED ::1:11434'), { code: 'ECONNREFUSED' });
  const error = new Error('Connection error.', { cause: new AggregateError([one, one], 'all failed') });

  expect(connectionError(error, context).message).toBe(
    'ollama at http://localhost:11434/v1 cannot be reached: connect ECONNREFUSED ::1:11434',
  );
});

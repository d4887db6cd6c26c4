import { expect, test } from 'vitest';
import { describeSettings } from '../../../src/config/describe.ts';
import { resolveSettings } from '../../../src/config/resolve.ts';
import { readTree } from '../../../src/config/sources.ts';

test.each([
  ['a nested one', '{"__proto__": {"polluted": true}}'],
  ['inside a section', '{"batch": {"__proto__": {"polluted": true}}}'],
  ['deep inside', '{"batch": {"__proto__": {"toString": {"polluted": true}}}}'],
  ['a constructor', '{"constructor": {"prototype": {"polluted": true}}}'],
] as const)('settings with __proto__ are refused and never change Object.prototype: %s', (_what, json) => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  expect(() => resolveSettings(readTree(JSON.parse(json), '.blogrc.json'))).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each(['https://ann:hunter2@host/v1', 'http://hunter2@localhost:1/v1', 'https://a%20b:hunter2@host:8443/x?y#z'])(
  'user and password of %s are not shown',
  (baseUrl) => {
    const resolved = resolveSettings(readTree({ baseUrl }, '.blogrc.json'));
    const shown = JSON.stringify(describeSettings(resolved));
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('***@');
  },
);

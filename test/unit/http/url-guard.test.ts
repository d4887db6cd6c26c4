import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkUrl, isPublicAddress } from '../../../src/services/http/url-guard.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/ssrf/${name}.json`, import.meta.url), 'utf8'));
const refused = fixture('refused-urls') as readonly { readonly url: string; readonly why: string }[];
const allowed = fixture('allowed-urls') as readonly string[];

describe('url guard', () => {
  it.each(refused)('refuses $url ($why)', ({ url }) => {
    expect(() => checkUrl(new URL(url), { allowPrivate: false })).toThrow(
      expect.objectContaining({ code: 'URL_REFUSED' }),
    );
  });

  it.each(allowed)('allows %s', (url) => {
    expect(() => checkUrl(new URL(url), { allowPrivate: false })).not.toThrow();
  });

  it.each(['http://127.0.0.1:8080/', 'http://[::1]/', 'http://10.0.0.1:22/'])(
    'allows %s when private addresses are allowed',
    (url) => {
      expect(() => checkUrl(new URL(url), { allowPrivate: true })).not.toThrow();
    },
  );

  it.each(['http://user:pass@example.com/', 'file:///etc/passwd'])('refuses %s even then', (url) => {
    expect(() => checkUrl(new URL(url), { allowPrivate: true })).toThrow(
      expect.objectContaining({ code: 'URL_REFUSED' }),
    );
  });

  it('does not repeat the password in its message', () => {
    expect(() => checkUrl(new URL('http://user:hunter2@example.com/'), { allowPrivate: false })).toThrow(
      /^(?!.*hunter2)/,
    );
  });

  it.each(['', 'localhost', '999.1.1.1', '1.1.1'])('takes %j for no public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

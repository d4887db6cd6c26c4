import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { redirect, TestSite } from '../helpers/test-site.ts';

const answers: readonly (readonly string[])[] = JSON.parse(
  readFileSync(new URL('../../fixtures/ssrf/refused-answers.json', import.meta.url), 'utf8'),
);
const never = new AbortController().signal;
const request = (url: string) => ({ url, maxBytes: 10_000, timeoutMs: 2000, maxRedirects: 5 });

/** Resolves every name to the next of `turns`, the last one for ever; counts how often it was asked. */
function fakeLookup(...turns: readonly (readonly string[])[]): {
  readonly lookup: LookupFunction;
  readonly asked: () => number;
} {
  let asked = 0;
  return {
    asked: () => asked,
    lookup: (_hostname, _options, callback) => {
      const addresses = turns[Math.min(asked, turns.length - 1)] ?? [];
      asked += 1;
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

describe('the guard where sockets are opened', () => {
  it.each(answers)('refuses a name that resolves to %s %s', async (...addresses) => {
    await using fetcher = openHttpFetcher({
      allowPrivate: false,
      userAgent: 'x',
      lookup: fakeLookup(addresses).lookup,
    });

    await expect(fetcher.fetch(request('http://inside.example/'), never)).rejects.toMatchObject({
      code: 'URL_REFUSED',
      retryable: false,
    });
  });

  it('refuses a name whose answer turns private between two connections', async () => {
    const { lookup, asked } = fakeLookup(['192.88.99.1'], ['127.0.0.1']);
    await using fetcher = openHttpFetcher({ allowPrivate: false, userAgent: 'x', lookup });
    await fetcher.fetch(request('http://rebind.example/'), never).catch(() => {});

    await expect(fetcher.fetch(request('http://rebind.example/'), never)).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
    expect(asked()).toBe(2);
  });

  it('without the guard the same name does reach the private server', async () => {
    await using site = await TestSite.open({ '/': 'secret' });
    await using fetcher = openHttpFetcher({
      allowPrivate: true,
      userAgent: 'x',
      lookup: fakeLookup(['127.0.0.1']).lookup,
    });

    const { body } = await fetcher.fetch(request(`http://rebind.example:${site.host.split(':')[1]}/`), never);

    expect(Buffer.from(body).toString()).toBe('secret');
  });

  it('refuses a literal that a lookup hook would never see', async () => {
    await using site = await TestSite.open({ '/': 'secret' });
    const { lookup, asked } = fakeLookup(['93.184.216.34']);
    await using fetcher = openHttpFetcher({ allowPrivate: false, userAgent: 'x', lookup });

    await expect(fetcher.fetch(request(site.url('/')), never)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect([asked(), site.log.length]).toEqual([0, 0]);
  });

  it.each(['http://user:pw@127.0.0.1/', 'file:///etc/passwd', 'ftp://127.0.0.1/'])(
    'refuses a redirect to %s',
    async (target) => {
      await using site = await TestSite.open({ '/': redirect(target) });
      await using fetcher = openHttpFetcher({ allowPrivate: true, userAgent: 'x' });

      await expect(fetcher.fetch(request(site.url('/')), never)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    },
  );
});

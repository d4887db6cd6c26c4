import { describe, expect, it } from 'vitest';
import { entryOf, openCrawl, textOf } from '../helpers/crawl-setup.ts';
import { html, redirect, type SiteHandler, TestSite, text } from '../helpers/test-site.ts';

const never = new AbortController().signal;
/** Sends to `to` with a cookie until the cookie comes back. */
const gate =
  (cookie: string, to: string, body = '<p>inside</p>'): SiteHandler =>
  (request, response) => {
    const name = cookie.split(';', 1)[0] ?? '';
    if (request.headers.cookie?.includes(name) === true) return html(body)(request, response);
    return response.writeHead(302, { location: to, 'set-cookie': cookie }).end();
  };

describe('cookies of a chain', () => {
  it.each([
    ['to the same address', { '/a': gate('seen=1; Path=/', '/a') }],
    ['for ever', { '/a': gate('seen=1', '/a') }],
    ['with a date', { '/a': gate('seen=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT; Path=/', '/a') }],
    ['permanently', { '/a': (q: never, r: never) => gateWithStatus(301)(q, r) }],
    ['through a check page', { '/a': gate('ok=1', '/check'), '/check': redirect('/a') }],
  ])('are sent on when a site redirects %s', async (_how, routes) => {
    await using site = await TestSite.open(routes as Record<string, SiteHandler>);
    await using crawl = openCrawl();

    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain('inside');
    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain('inside'); // also from the store
  });

  it('are forgotten with the page, and stay on their path and host', async () => {
    await using site = await TestSite.open({
      '/a': (_q, response) =>
        response
          .writeHead(302, {
            location: '/b',
            'set-cookie': ['one=1', 'two=2; Path=/elsewhere', 'three=3; Domain=example.org'],
          })
          .end(),
      '/b': '<p>b</p>',
      '/c': '<p>c</p>',
    });
    await using crawl = openCrawl();
    await crawl.reader.read(entryOf(site.url('/a')), never);
    await crawl.reader.read(entryOf(site.url('/c')), never);

    expect(site.pages().map(({ path, headers }) => [path, headers.cookie])).toEqual([
      ['/a', undefined],
      ['/b', 'one=1'],
      ['/c', undefined],
    ]);
  });

  it('end a redirect loop that needs them', async () => {
    let count = 0;
    await using site = await TestSite.open({
      '/a': (_q, response) => response.writeHead(302, { location: '/a', 'set-cookie': `n=${count++}` }).end(),
    });
    await using crawl = openCrawl();

    await expect(crawl.reader.read(entryOf(site.url('/a')), never)).rejects.toMatchObject({
      code: 'TOO_MANY_REDIRECTS',
    });
    expect(site.pages().length).toBeLessThan(10);
  });
});

function gateWithStatus(status: number): SiteHandler {
  return (request, response) => {
    if (request.headers.cookie === 'seen=1') return html('<p>inside</p>')(request, response);
    return response.writeHead(status, { location: '/a', 'set-cookie': 'seen=1' }).end();
  };
}

describe('pages that only lead on', () => {
  it('are followed, each hop within the rules of its host', async () => {
    await using site = await TestSite.open({
      '/robots.txt': text('User-agent: *\nDisallow: /secret'),
      '/a': '<meta http-equiv=refresh content="0; url=/b">',
      '/b': '<frameset><frame src="/c"></frameset>',
      '/c': '<p>the page</p>',
      '/d': '<meta http-equiv=refresh content="0; url=/secret">',
      '/e': '<meta http-equiv=refresh content="0; url=/noai">',
      '/noai': html('<p>x</p>', { headers: { 'content-usage': 'ai=n' } }),
    });
    await using crawl = openCrawl();

    const page = await crawl.reader.read(entryOf(site.url('/a')), never);

    expect(textOf(page)).toBe('<p>the page</p>');
    expect(page.finalUrl).toBe(site.url('/c'));
    await expect(crawl.reader.read(entryOf(site.url('/d')), never)).rejects.toMatchObject({ code: 'ROBOTS_DENIED' });
    await expect(crawl.reader.read(entryOf(site.url('/e')), never)).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  });

  it('that redirect endlessly fail, and a loop ends at the page where it closes', async () => {
    let count = 0;
    await using site = await TestSite.open({
      '/circle': '<meta http-equiv=refresh content="0; url=/circle2">',
      '/circle2': '<meta http-equiv=refresh content="0; url=/circle">',
      '*': (request, response) => html(`<meta http-equiv=refresh content="0; url=/${count++}">`)(request, response),
    });
    await using crawl = openCrawl();

    expect((await crawl.reader.read(entryOf(site.url('/circle')), never)).finalUrl).toBe(site.url('/circle2'));
    await expect(crawl.reader.read(entryOf(site.url('/x')), never)).rejects.toMatchObject({
      code: 'TOO_MANY_REDIRECTS',
    });
  });

  it('leads to the page of another entry only once', async () => {
    await using site = await TestSite.open({ '/a': '<meta http-equiv=refresh content="0; url=/b">', '/b': '<p>b</p>' });
    await using crawl = openCrawl({ crawler: { maxConcurrent: 1 } });

    expect(await crawl.crawl([entryOf(site.url('/b')), entryOf(site.url('/a'))])).toHaveLength(1);
    expect(site.pages().map(({ path }) => path)).toEqual(['/b', '/a']);
  });
});

describe('odd redirects', () => {
  it.each([
    ['raw UTF-8', Buffer.from('/길').toString('latin1'), '/%EA%B8%B8'],
    ['raw EUC-KR', '/\xb1\xe6', '/%B1%E6'],
    ['a space', '/a b', '/a%20b'],
    ['no slash', 'b', '/b'],
    ['a query only', '?b=1', '/a?b=1'],
    ['a fragment', '/b#part', '/b'],
    ['a backslash', '\\b', '/b'],
    ['dots', '/x/../b', '/b'],
    ['a tab', '/b\tc', '/bc'],
    ['a bar', '/b|c', '/b|c'],
    ['a plus and a star', '/b+c*', '/b+c*'],
    ['escapes in lower case', '/%ea%b8%b8', '/%ea%b8%b8'],
    ['an escape that is none', '/100%', '/100%'],
    ['double slashes', '/b//c', '/b//c'],
  ])('a Location with %s is followed', async (_what, location, path) => {
    await using site = await TestSite.open({
      '/a': (_q, response) => response.writeHead(302, { location }).end(),
      '*': '<p>there</p>',
    });
    await using crawl = openCrawl();
    await crawl.reader.read(entryOf(site.url('/a')), never);

    expect(site.pages().at(-1)?.path).toBe(path);
  });
});

it.each(['ftp://a.example/', 'data:text/html,x', 'javascript:alert(1)', 'file:///etc/passwd', 'http://'])(
  'a Location of %s leads nowhere',
  async (location) => {
    await using site = await TestSite.open({ '/a': (_q, response) => response.writeHead(302, { location }).end() });
    await using crawl = openCrawl();

    await expect(crawl.reader.read(entryOf(site.url('/a')), never)).rejects.toMatchObject({
      code: expect.stringMatching(/^(TOO_MANY_REDIRECTS|URL_REFUSED|FETCH_FAILED)$/),
    });
    expect(site.pages().map(({ path }) => path)).toEqual(['/a']);
  },
);

it('a part of a page that was not asked for is no page', async () => {
  await using site = await TestSite.open({
    '/part': (_q, response) =>
      response.writeHead(206, { 'content-type': 'text/html', 'content-range': 'bytes 0-4/900' }).end('<p>ha'),
    '/whole': (_q, response) =>
      response.writeHead(206, { 'content-type': 'text/html', 'content-range': 'bytes 0-4/5' }).end('<p>ha'),
  });
  await using crawl = openCrawl();

  await expect(crawl.reader.read(entryOf(site.url('/part')), never)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  expect(textOf(await crawl.reader.read(entryOf(site.url('/whole')), never))).toBe('<p>ha');
});

import { expect, test } from 'vitest';
import { proxyFor, readProxySettings } from '../../../src/util/net/proxy-route.ts';

const HTTP = 'http://proxy.example:3128/';
const HTTPS = 'http://secure.example:3129/';
const routeOf = (url: string, env: Record<string, string>) => {
  const settings = readProxySettings(env);
  return settings === undefined ? undefined : proxyFor(new URL(url), settings)?.href;
};

test.each([
  ['http://a.example/', { HTTP_PROXY: HTTP, HTTPS_PROXY: HTTPS }, HTTP],
  ['https://a.example/', { HTTP_PROXY: HTTP, HTTPS_PROXY: HTTPS }, HTTPS],
  ['https://a.example/', { HTTP_PROXY: HTTP }, undefined],
  ['http://a.example/', { HTTPS_PROXY: HTTPS }, undefined],
  ['http://a.example/', { http_proxy: HTTP, HTTP_PROXY: HTTPS }, HTTP],
  ['http://a.example/', { HTTP_PROXY: 'proxy.example:3128' }, HTTP],
  ['https://a.example/', { ALL_PROXY: HTTP }, HTTP],
  ['http://a.example/', { HTTP_PROXY: '' }, undefined],
  ['http://a.example/', { HTTP_PROXY: HTTP, REQUEST_METHOD: 'GET' }, undefined],
  ['http://a.example/', {}, undefined],
])('%s with %j goes through %s', (url, env, proxy) => {
  expect(routeOf(url, env)).toBe(proxy);
});

test.each([
  ['http://a.example/', '*'],
  ['http://a.example/', 'a.example'],
  ['http://a.example/', 'b.example, A.EXAMPLE'],
  ['http://www.a.example/', 'a.example'],
  ['http://www.a.example/', '.a.example'],
  ['http://www.a.example/', '*.a.example'],
  ['http://a.example:8080/', 'a.example:8080'],
  ['http://10.1.2.3/', '10.0.0.0/8'],
  ['http://10.1.2.3/', '10.1.2.3'],
  ['http://[::1]/', '::1'],
  ['http://[fd00::1]/', 'fd00::/8'],
  ['http://localhost/', 'localhost 127.0.0.1'],
])('%s is asked directly with NO_PROXY=%s', (url, noProxy) => {
  expect(routeOf(url, { HTTP_PROXY: HTTP, NO_PROXY: noProxy })).toBeUndefined();
});

test.each([
  ['http://a.example/', 'b.example'],
  ['http://nota.example/', 'a.example'],
  ['http://a.example.evil.example/', 'a.example'],
  ['http://a.example/', 'a.example:8080'],
  ['http://11.1.2.3/', '10.0.0.0/8'],
  ['http://a.example/', '10.0.0.0/8'],
  ['http://a.example/', 'not/anetwork'],
])('%s goes through the proxy with NO_PROXY=%s', (url, noProxy) => {
  expect(routeOf(url, { HTTP_PROXY: HTTP, NO_PROXY: noProxy })).toBe(HTTP);
});

test.each([
  'http://localhost:8080/',
  'http://app.localhost/',
  'http://LOCALHOST./',
  'http://127.0.0.1/',
  'http://127.8.9.10:11434/v1',
  'http://[::1]:3000/',
  'http://[::ffff:127.0.0.1]/',
  'http://2130706433/',
])('%s is this machine and never reached through a proxy', (url) => {
  expect(routeOf(url, { HTTP_PROXY: HTTP })).toBeUndefined();
});
test.each(['http://128.0.0.1/', 'http://localhost.example/', 'http://notlocalhost/'])('%s goes through it', (url) => {
  expect(routeOf(url, { HTTP_PROXY: HTTP })).toBe(HTTP);
});

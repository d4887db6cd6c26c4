/** Checks proxies and the browser for pages that need scripts. */

import { describeBrowser } from '../../services/browser/describe-browser.ts';
import { readProxySettings } from '../../util/net/proxy-route.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** Names the proxies for pages and models, without credentials; no finding if none is set. */
export function examineProxy({ env }: ExamineOptions): Finding[] {
  const set = PROXY_VARIABLES.filter((name) => (env[name] ?? '').trim() !== '');
  if (set.length === 0) return [];
  const unusable = set.filter((name) => !isProxy(env[name] ?? ''));
  if (unusable.length > 0)
    return [
      {
        subject: 'Proxy',
        level: 'warning',
        message: `${unusable.join(' and ')} ${unusable.length === 1 ? 'names' : 'name'} no http or https proxy, so requests fail`,
        fix: 'Set an address such as http://proxy.example:3128, or unset the variable.',
      },
    ];
  const { http, https, noProxy = [] } = readProxySettings(env) ?? {};
  const routes = [
    ...(https === undefined ? [] : [`https through ${https.origin}`]),
    ...(http === undefined ? [] : [`http through ${http.origin}`]),
  ];
  const direct = ['this machine', ...noProxy].join(', ');
  const message = `pages and models: ${routes.join(', ')} (${set.join(', ')}); directly: ${direct}`;
  return [{ subject: 'Proxy', level: 'ok', message }];
}

function isProxy(text: string): boolean {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return /^https?:/i.test(address) && URL.canParse(address);
}

/** Which browser renders pages that need scripts. A missing browser is a fault only if the settings name one. */
export async function examineBrowser({ settings, env }: ExamineOptions): Promise<Finding> {
  const { render, browser } = settings;
  if (render === 'never') return { subject: 'Browser', level: 'ok', message: 'not used (render: never)' };
  const found = await describeBrowser(browser, env['PATH']);
  if (found.ok) return { subject: 'Browser', level: 'ok', message: `${found.name} renders pages that need scripts` };
  const message = `pages that need scripts fail with NEEDS_BROWSER: ${found.reason}`;
  return browser === undefined && render === 'auto'
    ? { subject: 'Browser', level: 'ok', message: `${message}. ${found.hint}` }
    : { subject: 'Browser', level: 'warning', message, fix: found.hint };
}

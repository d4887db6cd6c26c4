/** Checks of how pages are reached: proxies of the environment and the browser for pages of scripts. */

import { describeBrowser } from '../../services/browser/describe-browser.ts';
import { readProxySettings } from '../../util/net/proxy-route.ts';
import type { ExamineOptions, Finding } from './finding.ts';

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** Names the proxies that pages and models are reached through, without their credentials; no finding where none is set. */
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
        mend: 'Set an address such as http://proxy.example:3128, or unset the variable.',
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

/** Which browser draws pages of scripts. None is no fault unless the settings name one: other pages are read without it. */
export async function examineBrowser({ settings, env }: ExamineOptions): Promise<Finding> {
  const { render, browser } = settings;
  if (render === 'never') return { subject: 'Browser', level: 'ok', message: 'not used (render: never)' };
  const found = await describeBrowser(browser, env['PATH']);
  if (found.ok) return { subject: 'Browser', level: 'ok', message: `${found.name} draws pages of scripts` };
  const message = `pages that only scripts draw end as NEEDS_BROWSER: ${found.reason}`;
  return browser === undefined && render === 'auto'
    ? { subject: 'Browser', level: 'ok', message: `${message}. ${found.hint}` }
    : { subject: 'Browser', level: 'warning', message, mend: found.hint };
}

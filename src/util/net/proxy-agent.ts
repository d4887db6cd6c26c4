/** undici's agent for a proxy, loaded when there is one: its index would load all of undici. */

import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const require = createRequire(import.meta.url);

/** The agent opens tunnels by a method that undici's index adds to all dispatchers. */
export function loadProxyAgent(): Undici['ProxyAgent'] {
  const dispatcher = require('undici/lib/dispatcher/dispatcher.js') as Undici['Dispatcher'];
  dispatcher.prototype.connect ??=
    require('undici/lib/api/api-connect.js') as Undici['Dispatcher']['prototype']['connect'];
  return require('undici/lib/dispatcher/proxy-agent.js') as Undici['ProxyAgent'];
}

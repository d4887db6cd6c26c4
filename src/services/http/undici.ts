/**
 * The parts of undici that are used here. Its index also loads fetch, WebSocket, caches and mocks, which takes 9 MB more than
 * these and a third of the start-up time of a crawl. The version is pinned, and the fetcher's contract tests run on these files.
 */

import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const require = createRequire(import.meta.url);

export const Agent = require('undici/lib/dispatcher/agent.js') as Undici['Agent'];
export const buildConnector = require('undici/lib/core/connect.js') as Undici['buildConnector'];
/** Call it on a dispatcher: `request.call(agent, { origin, path, method })`. */
export const request = require('undici/lib/api/api-request.js') as Undici['Dispatcher']['prototype']['request'];

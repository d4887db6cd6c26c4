/**
 * Many hosts on loopback (127.0.1.1 …), one process, and the log that is the witness: how many requests each host had in flight, which
 * delays were kept, which forbidden pages were asked for. Speaks to `run.js` over its process channel.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makePage } from './make-pages.js';

const HOSTS = 20;
const PAGES = Number(process.env.BENCH_PAGES ?? 1000);
const CRAWL_DELAY_HOST = '127.0.1.20';
const CRAWL_DELAY_MS = 200;
const RETRY_AFTER_MS = 1000;

/** Made pages, or those of a folder of labelled ones: `pages/*.html.gz`, in whatever charset their sites served them. */
const folder = process.env.BENCH_PAGES_FOLDER;
const type = folder === undefined ? 'text/html; charset=utf-8' : 'text/html';
const bodies =
  folder === undefined
    ? Array.from({ length: PAGES }, (_, number) => gzipSync(makePage(number)))
    : readdirSync(join(folder, 'pages'))
        .filter((name) => name.endsWith('.html.gz'))
        .slice(0, PAGES)
        .map((name) => readFileSync(join(folder, 'pages', name)));
let plan = { latencyMs: 0, hostile: false, perHost: 2 };
let witness = emptyWitness();

function emptyWitness() {
  return {
    requests: 0,
    pages: 0,
    overLimit: 0,
    delayBroken: 0,
    retryAfterBroken: 0,
    forbiddenAsked: 0,
    askedTwice: 0,
    firstAt: 0,
    lastAt: 0,
    hosts: new Map(),
  };
}

function hostOf(name) {
  let host = witness.hosts.get(name);
  if (host === undefined) {
    host = {
      inFlight: 0,
      lastStart: -Infinity,
      heldFrom: Infinity,
      heldUntil: -Infinity,
      answered: new Set(),
      troubled: new Map(),
    };
    witness.hosts.set(name, host);
  }
  return host;
}

function note(host, name, path, now) {
  witness.requests += 1;
  witness.firstAt ||= now;
  host.inFlight += 1;
  if (host.inFlight > plan.perHost) witness.overLimit += 1;
  if (!plan.hostile) return;
  if (name === CRAWL_DELAY_HOST && now - host.lastStart < CRAWL_DELAY_MS - 5 && path !== '/robots.txt')
    witness.delayBroken += 1;
  if (now > host.heldFrom && now < host.heldUntil - 5) witness.retryAfterBroken += 1;
  if (path.startsWith('/private/')) witness.forbiddenAsked += 1;
  if (host.answered.has(path) && path !== '/robots.txt') witness.askedTwice += 1;
  host.lastStart = now;
}

/** Status and headers of a path, in the hostile list; pages otherwise. */
function answerFor(host, path, now) {
  if (path === '/robots.txt')
    return plan.hostile
      ? {
          status: 200,
          type: 'text/plain',
          body: `User-agent: *\nDisallow: /private/\nCrawl-delay: ${CRAWL_DELAY_MS / 1000}\n`,
        }
      : { status: 404 };
  const [, kind, number] = /^\/(page|private|moved|busy|down|gone)\/(\d+)$/.exec(path) ?? [];
  if (kind === undefined || kind === 'gone') return { status: 404 };
  if (kind === 'moved') return { status: 301, location: `/page/${number}` };
  const tries = (host.troubled.get(path) ?? 0) + 1;
  host.troubled.set(path, tries);
  if (kind === 'busy' && tries === 1) {
    host.heldFrom = now + plan.latencyMs; // a request that left before the 429 was read breaks nothing
    host.heldUntil = now + RETRY_AFTER_MS;
    return { status: 429, retryAfter: RETRY_AFTER_MS / 1000 };
  }
  if (kind === 'down' && tries === 1) return { status: 503 };
  return { status: 200, type, gzip: bodies[Number(number) % bodies.length] };
}

function robotsDelay(name, answer) {
  // only one host asks for a delay
  return name === CRAWL_DELAY_HOST || answer.type !== 'text/plain'
    ? answer
    : { ...answer, body: 'User-agent: *\nDisallow: /private/\n' };
}

const server = createServer((request, response) => {
  const name = request.socket.localAddress;
  const path = (request.url ?? '/').split('?')[0];
  const startedAt = performance.now();
  const host = hostOf(name);
  note(host, name, path, startedAt);
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    host.inFlight -= 1;
    witness.lastAt = performance.now();
  };
  response.on('finish', end);
  response.on('close', end);
  setTimeout(() => {
    const answer = robotsDelay(name, answerFor(host, path, performance.now()));
    if (answer.status === 200) host.answered.add(path);
    if (answer.gzip !== undefined) witness.pages += 1;
    const zipped = answer.gzip !== undefined && String(request.headers['accept-encoding']).includes('gzip');
    response.writeHead(answer.status, {
      ...(answer.type === undefined ? {} : { 'content-type': answer.type }),
      ...(answer.location === undefined ? {} : { location: answer.location }),
      ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(answer.gzip ?? answer.body);
  }, plan.latencyMs);
});
server.keepAliveTimeout = 30_000;

process.on('message', (message) => {
  if (message.type === 'plan') {
    plan = message.plan;
    witness = emptyWitness();
    process.send({ type: 'ready' });
  } else if (message.type === 'witness') {
    const { hosts, ...figures } = witness;
    process.send({ type: 'witness', figures: { ...figures, hosts: hosts.size } });
  }
});
server.listen(0, '0.0.0.0', () =>
  process.send({ type: 'listening', port: server.address().port, hosts: HOSTS, pages: bodies.length }),
);

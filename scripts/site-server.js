// Serves fixtures/site on loopback, for the demo and the tests: `/energy/tidal-turbine` is `energy/tidal-turbine.html`.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../fixtures/site/', import.meta.url));
const REDIRECTS = new Map([['/old/bus-lanes', '/cities/bus-lanes']]);
const TYPES = { '.html': 'text/html', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/atom+xml' };

/** @param {{ port?: number, log?: string[], latencyMs?: number }} options */
export async function startSiteServer({ port = 0, log = [], latencyMs = 0 } = {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    log.push(path);
    setTimeout(() => {
      answer(path, response).catch((error) => {
        response.writeHead(500).end(String(error));
      });
    }, latencyMs);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: server.address().port,
    url: `http://127.0.0.1:${server.address().port}`,
    log,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(path, response) {
  const target = REDIRECTS.get(path);
  if (target !== undefined) {
    response.writeHead(301, { location: target }).end();
    return;
  }
  const name = extname(path) === '' ? `${path}.html` : path;
  const body = await readFile(join(ROOT, normalize(name))).catch(() => undefined);
  if (body === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
  else response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/html' }).end(body);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startSiteServer({ port: 4173 }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(
      'Port 4173 is in use, perhaps by another sample site or the demo. Stop that one, then start this again.',
    );
    process.exit(1);
  });
  console.log(
    `The sample site is at ${url} until Ctrl-C. In another terminal: blogger generate fixtures/urls.txt --allow-private`,
  );
}

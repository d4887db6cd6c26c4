// Requests that reach the hosts when a list names its articles again and again, with tracking parameters, fragments, redirects, print versions that
// name their original, and syndicated copies, and is run twice; beside a loop that fetches every line. The site's own log counts.
// Usage: node bench/repeat/run.js [ARTICLES]

import { createServer } from 'node:http';
import { makePage } from '../crawl/make-pages.js';
import { printPromise } from '../tools/promise.js';
import { blogger, FAST, newProject } from '../tools/scene.js';

const ARTICLES = Number(process.argv[2] ?? 40);
const RUNS = 2;
let requests = 0;

const site = createServer((request, response) => {
  requests += 1;
  const path = new URL(request.url, 'http://site').pathname;
  const [, kind, number] = /^\/(page|go|print|wire)\/(\d+)$/.exec(path) ?? [];
  if (kind === undefined) return response.writeHead(404).end();
  if (kind === 'go') return response.writeHead(301, { location: `${home}/page/${number}` }).end();
  const page = makePage(Number(number));
  const body = {
    page,
    print: page.replace('</head>', `<link rel="canonical" href="${home}/page/${number}"></head>`),
    wire: page.replace('<p class="byline">', '<p class="byline">From our partners. '),
  }[kind];
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});
await new Promise((resolve) => site.listen(0, '0.0.0.0', resolve));
const { port } = site.address();
const home = `http://127.0.0.1:${port}`;
const partner = `http://127.0.0.2:${port}`;

const GUISES = {
  plain: (number) => `${home}/page/${number}`,
  'with tracking': (number) => `${home}/page/${number}?utm_source=letter-${number}&utm_medium=mail`,
  'with other tracking': (number) => `${home}/page/${number}?fbclid=Iw${number}`,
  'with a fragment': (number) => `${home}/page/${number}#part-2`,
  redirected: (number) => `${home}/go/${number}`,
  'print version': (number) => `${home}/print/${number}`,
  syndicated: (number) => `${partner}/wire/${number}`,
};
const everySo = (share) => (number) => number % share === 0;

// As lists come from newsletters and feeds: the same addresses with something behind them, now and then a short link or a copy.
const mixed = await compare('mixed', { redirected: everySo(4), 'print version': everySo(4), syndicated: everySo(4) });
// The hardest: every article in every guise. A redirect and a copy must be asked for once to be known as such.
await compare('every article in every guise', {});
site.close();
printPromise('repeat', {
  figure: `requests that reach the hosts down ${((1 - mixed) * 100).toFixed(1)} % over ${RUNS} runs of a mixed list`,
  holds: mixed <= 0.2,
  cause: 'redirects and copies must be asked for once to be known as such',
});

async function compare(title, chosen) {
  const list = Object.entries(GUISES).flatMap(([guise, address]) =>
    Array.from({ length: ARTICLES }, (_, number) => number)
      .filter(chosen[guise] ?? (() => true))
      .map(address),
  );
  const loop = await counted(async () => {
    for (let run = 0; run < RUNS; run += 1) for (const url of list) await (await fetch(url)).arrayBuffer();
  });
  const project = await newProject({ 'urls.txt': list.join('\n') });
  const own = await counted(async () => {
    for (let run = 0; run < RUNS; run += 1) {
      const { exitCode, stderr } = await blogger(['generate', ...FAST, '--plain'], { cwd: project.folder });
      if (exitCode !== 0) throw new Error(`ended with ${exitCode}: ${stderr}`);
    }
  });
  await project[Symbol.asyncDispose]();
  console.log(
    `${title}: ${list.length} lines for ${ARTICLES} articles, ${RUNS} runs · a loop that fetches every line ${loop} requests · blogger ${own} (${(own / loop).toFixed(3)} times; robots.txt included)`,
  );
  return own / loop;
}

async function counted(work) {
  requests = 0;
  await work();
  return requests;
}

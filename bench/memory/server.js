/** Twenty hosts on loopback (127.0.1.1 …) with any number of small pages, each made when it is asked for. */

import { createServer } from 'node:http';
import { seeded } from '../crawl/make-pages.js';

const HOSTS = 20;
const WORDS =
  'market report council river engine garden signal forecast harbour student railway museum climate orchard village archive lantern bakery'.split(
    ' ',
  );

const server = createServer((request, response) => {
  const number = /^\/page\/(\d+)$/.exec(request.url)?.[1];
  if (number === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(makeSmallPage(Number(number)));
});
process.once('disconnect', () => process.exit());
server.listen(0, '0.0.0.0', () => process.send({ port: server.address().port, hosts: HOSTS }));

/** About 5 kB, another text for each number. */
function makeSmallPage(number) {
  const random = seeded(number + 1);
  const sentence = () =>
    `${Array.from({ length: 12 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')} ${Math.floor(random() * 1000)}.`;
  const paragraphs = Array.from(
    { length: 12 },
    () => `<p>${sentence()} ${sentence()} ${sentence()} ${sentence()}</p>`,
  ).join('\n');
  return `<!doctype html><html lang="en"><head><title>Page ${number}</title></head><body><nav><a href="/">Home</a></nav><article><h1>Page ${number}</h1>${paragraphs}</article></body></html>`;
}

import { expect, test } from 'vitest';
import { crawlArticles } from '../../src/api/crawl-articles.ts';
import type { PageRecord } from '../../src/core/events.ts';
import { makePdf } from '../helpers/make-pdf.ts';
import { newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const SENTENCES = Array.from(
  { length: 12 },
  (_, n) => `The boat number ${n + 1} carries ${30 + n} people over the bay each day.`,
);
const PDF = makePdf(
  [SENTENCES.map((text) => ({ text })), SENTENCES.map((text) => ({ text: text.replace('boat', 'ferry') }))],
  '/Title (The boats of the bay)',
);
const cues = (mark: string) =>
  SENTENCES.map(
    (text, n) =>
      `${n + 1}\n00:00:${10 + n}${mark}000 --> 00:00:${11 + n}${mark}000\n${text.replace('boat', mark === ',' ? 'tram' : 'bus')}`,
  ).join('\n\n');

async function crawl(lists: readonly string[], cwd: string, settings: object = {}): Promise<PageRecord[]> {
  const records: PageRecord[] = [];
  await crawlArticles(
    lists,
    { cwd, settings: { allowPrivate: true, duplicates: 'keep', ...settings } },
    async (record) => {
      records.push(record);
    },
  );
  return records.sort((a, b) => a.url.localeCompare(b.url));
}

test('a PDF, a text and transcripts are sources, named in a list or on the command line', async () => {
  await using project = await newProject({
    'urls.txt': 'paper.pdf\ntalk.srt\ntalk.vtt\nnotes.txt\n',
    'paper.pdf': PDF,
    'talk.vtt': `WEBVTT\n\n${cues('.')}`,
    'talk.srt': cues(',').replaceAll('\n', '\r\n'),
    'notes.txt': `The harbour\n\n${SENTENCES.map((text) => text.replace('boat', 'crane')).join(' ')}`,
  });

  const listed = await crawl(['urls.txt'], project.folder);
  const named = await crawl(['paper.pdf', 'talk.srt', 'talk.vtt', 'notes.txt'], project.folder);

  expect(listed.map(({ status, error }) => error ?? status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const [notes, paper, srt, vtt] = listed;
  expect(notes).toMatchObject({ title: 'The harbour' });
  expect(paper?.markdown).toContain('[Page 2]');
  expect(paper?.text).toContain('The ferry number 12 carries 41 people over the bay each day.');
  expect(srt?.text).toContain('The tram number 1 carries');
  expect(vtt?.text).not.toMatch(/-->|WEBVTT/);
  expect(named.map(({ url, status }) => [url, status])).toEqual(listed.map(({ url }) => [url, 'ok']));
});

test('documents from the web are detected by their bytes, under the same limits', async () => {
  await using project = await newProject();
  await using site = await TestSite.open({
    '/paper': (_request, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end(PDF),
    '/typeless': (_request, response) => response.writeHead(200).end(PDF),
    '/lies.pdf': (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('<p>Log in</p>'),
  });

  const [lies, paper, typeless] = await crawl(
    ['/lies.pdf', '/paper', '/typeless'].map((path) => site.url(path)),
    project.folder,
  );
  const [cut] = await crawl([site.url('/paper')], project.folder, { crawl: { maxBytes: 1024 }, cache: { ttl: 0 } });

  expect(lies).toMatchObject({ status: 'skipped', error: { code: 'UNSUPPORTED_TYPE' } });
  expect([paper?.status, typeless?.status]).toEqual(['ok', 'ok']);
  expect(cut?.error).toMatchObject({ code: 'TOO_LARGE' });
});

import { expect, test } from 'vitest';
import { blogger, newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const sentences = (topic: string) =>
  Array.from(
    { length: 6 },
    (_, at) =>
      `<p>Paragraph ${at + 1} about the ${topic} says what nobody on the quay had heard of the ${topic} before that year.</p>`,
  ).join('');
interface Part {
  readonly topic: string;
  readonly title?: string;
  readonly links?: string;
  readonly head?: string;
}
const part = ({ topic, title = 'The quiet ferry', links = '', head = '' }: Part) =>
  `<html lang="en"><head><title>${title}</title><meta name="author" content="Ada Moor">${head}</head><body><main><article><h1>${title}</h1>${sentences(topic)}</article><nav>${links}</nav></main></body></html>`;

async function crawl(routes: Record<string, string>, lines: readonly string[]) {
  await using site = await TestSite.open(routes);
  await using project = await newProject({ 'urls.txt': lines.map((path) => site.url(path)).join('\n') });
  const { stdout, stderr } = await blogger(['crawl', '--json', '--allow-private', '--render', 'never'], {
    cwd: project.folder,
  });
  const articles = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string | null });
  return {
    texts: articles.map(({ text }) => text ?? ''),
    stderr,
    asked: site.pages().map(({ path }) => path),
  };
}

test('an article on three pages is one article', async () => {
  const { texts, asked } = await crawl(
    {
      '/ferry': part({ topic: 'ferry', links: '<a href="/ferry/2">2</a><a href="/ferry/3">3</a>' }),
      '/ferry/2': part({
        topic: 'harbour',
        title: 'The quiet ferry – page 2',
        links: '<a href="/ferry">1</a><a href="/ferry/3">3</a>',
      }),
      '/ferry/3': part({ topic: 'lighthouse', title: 'The quiet ferry (3/3)', links: '<a href="/ferry/2">2</a>' }),
    },
    ['/ferry'],
  );

  expect(asked).toEqual(['/ferry', '/ferry/2', '/ferry/3']);
  expect(texts).toHaveLength(1);
  for (const topic of ['ferry', 'harbour', 'lighthouse']) expect(texts[0]).toContain(`about the ${topic} says`);
  expect(texts[0]?.match(/The quiet ferry/g) ?? []).toHaveLength(0); // titles of parts are no text
});

test.each([
  ['another title', { topic: 'garden', title: 'How to plant a garden' }],
  ['the same text', { topic: 'ferry' }],
  [
    'another author',
    { topic: 'garden', head: '<meta name="author" content="B">', title: 'A garden of the ferry company' },
  ],
])('a page with %s is no part', async (_what, second) => {
  const { texts } = await crawl(
    { '/ferry': part({ topic: 'ferry', links: '<a rel="next" href="/ferry/2">2</a>' }), '/ferry/2': part(second) },
    ['/ferry'],
  );

  expect(texts).toHaveLength(1);
  expect(texts[0]).not.toContain('garden');
  expect(texts[0]?.match(/Paragraph 1 about/g)).toHaveLength(1);
});

test('parts that the list names stay entries of their own', async () => {
  const { texts } = await crawl(
    { '/ferry': part({ topic: 'ferry', links: '<a href="/ferry/2">2</a>' }), '/ferry/2': part({ topic: 'harbour' }) },
    ['/ferry', '/ferry/2'],
  );

  expect(texts).toHaveLength(2);
  expect(texts.filter((text) => text.includes('about the ferry') && text.includes('about the harbour'))).toEqual([]);
});

test('a part that is gone ends the article with a warning', async () => {
  const { texts, stderr } = await crawl({ '/ferry': part({ topic: 'ferry', links: '<a href="/ferry/2">2</a>' }) }, [
    '/ferry',
  ]);

  expect(texts[0]).toContain('about the ferry');
  expect(stderr).toContain('/ferry/2, which cannot be read, so the article is incomplete');
});

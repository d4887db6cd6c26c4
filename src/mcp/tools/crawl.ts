import { z } from 'zod';
import { crawlArticles } from '../../api/crawl-articles.ts';
import { defineTool } from '../tool.ts';
import { listInput, runOf } from './list-input.ts';

export const crawl = defineTool({
  title: 'Read pages',
  description:
    'Reads pages politely (robots.txt, rate limits, cache) and returns the article of each as Markdown, or why there is none. Costs nothing.',
  input: z.object({
    ...listInput,
    maxChars: z.number().int().min(200).max(100_000).default(20_000).describe('Longest text returned per page'),
  }),
  annotations: { readOnlyHint: true, openWorldHint: true },
  async run({ maxChars, ...input }, project, signal) {
    const { lists, options } = runOf(input, project, signal);
    const pages: Record<string, unknown>[] = [];
    const { stoppedBy } = await crawlArticles(lists, options, async (record) => {
      const { url, status, error, title, author, publishedAt, lang, markdown } = record;
      const isCut = markdown !== null && markdown.length > maxChars;
      pages.push({
        url,
        status,
        error,
        title,
        author,
        publishedAt,
        lang,
        markdown: markdown?.slice(0, maxChars),
        isCut,
      });
    });
    return { pages, ...(stoppedBy === undefined ? {} : { stoppedBy: stoppedBy.message }) };
  },
});

import { readDocument } from '../../src/stages/extract/document/read-document.ts';
import { blocksToMarkdown, blocksToText, renderArticle } from '../../src/stages/extract/render/render-article.ts';

/** The whole body of a page as text and Markdown, without any choice of what is the article. */
export function rendered(html: string): { text: string; markdown: string } {
  const { document, head } = readDocument(html, 'https://example.org/a');
  const { blocks } = renderArticle(document.body, head.baseUrl);
  return { text: blocksToText(blocks), markdown: blocksToMarkdown(blocks) };
}

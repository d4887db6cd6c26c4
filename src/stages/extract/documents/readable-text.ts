/** What a document reader returns: text that the article extractor understands. */
export interface ReadableText {
  readonly contentType: 'text/plain' | 'text/markdown';
  readonly text: string;
}

/** A Markdown post, written by blogger or by hand, as a document that any target takes. */

import { describeFront } from '../core/post-front.ts';
import type { PostDocument } from '../core/publishing.ts';
import { cleanLine } from '../stages/publish/render/clean-text.ts';
import { markdownToHtml } from '../stages/publish/render/markdown/markdown-to-html.ts';
import { mendLinks, replaceOwnLinks } from '../stages/publish/render/markdown/mend-links.ts';
import { hashText, stableHash } from '../util/stable-hash.ts';
import { readFrontMatter } from '../util/text/front-matter.ts';
import { boundedMarkdown, headingsOf, parseBounded } from '../util/text/markdown.ts';
import { provenanceOf } from './files/read-own.ts';

export interface ReadDocumentOptions {
  /** What the post is called where nothing in it says so, and what it is known by where blogger did not write it. */
  readonly name: string;
  /** Address at the target of the page that a link leads to; undefined where it has none there. */
  readonly urlOf: (link: string) => string | undefined;
}

export interface ReadDocument {
  readonly document: PostDocument;
  /** A draft, or one that is not to be built: it is not published, whatever is asked for. */
  readonly isHeld: boolean;
}

export async function readDocument(text: string, { name, urlOf }: ReadDocumentOptions): Promise<ReadDocument> {
  const { data, body: written } = readFrontMatter(text);
  const front = describeFront(data);
  const { source } = provenanceOf(data);
  const body = boundedMarkdown(written);
  const heading =
    front.title === undefined ? headingsOf(parseBounded(body)).find(({ depth }) => depth === 1) : undefined;
  const untitled = heading === undefined ? body : withoutLine(body, heading.line);
  const linked = replaceOwnLinks(
    mendLinks(untitled, (link) => urlOf(link) !== undefined),
    urlOf,
  );
  const lang = front.lang ?? 'en';
  const content = {
    title: cleanLine(front.title ?? heading?.text ?? name),
    description: cleanLine(front.description ?? ''),
    slug: front.slug ?? name,
    tags: front.tags,
    categories: front.categories,
    lang,
    html: await markdownToHtml(linked, { lang }),
  };
  const key = publicationKey(typeof source === 'string' ? source : `file ${name}`);
  return { document: { ...content, key, hash: stableHash(content).slice(0, 24) }, isHeld: front.hidden };
}

/** By what a target knows a post: the same for the same sources. */
export function publicationKey(sourceKey: string): string {
  return hashText(sourceKey).slice(0, 24);
}

function withoutLine(text: string, line: number): string {
  return text
    .split('\n')
    .map((one, index) => (index === line - 1 ? '' : one))
    .join('\n');
}

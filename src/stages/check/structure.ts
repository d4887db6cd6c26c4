/** What a post may not have whatever it scores: a second H1, links that no source holds. */

import type { Draft, Finding } from '../../core/types.ts';
import { linesOutsideCode } from '../../util/fences.ts';

export function checkStructure({ content, brief }: Draft): Finding[] {
  const lines = linesOutsideCode(content.body.split('\n'));
  return [...checkHeadings(lines), ...checkLinks(lines, allowedLinks(brief.articles, brief.copies))];
}

interface BodyLine {
  readonly number: number;
  readonly text: string;
}

/** The title is the page's one H1. */
function checkHeadings(lines: readonly BodyLine[]): Finding[] {
  return lines
    .filter(({ text }) => /^ {0,3}#(?:\s|$)/.test(text))
    .map(({ number, text }) => ({
      rule: 'one-h1',
      severity: 'error',
      message: 'The body has an H1 beside the title',
      fix: 'Make it a level 2 heading.',
      line: number,
      excerpt: text,
    }));
}

interface Linked {
  readonly finalUrl: string;
  readonly url: string;
  readonly canonicalUrl?: string;
  readonly links: readonly { readonly href: string }[];
  readonly images: readonly { readonly src: string }[];
}

function allowedLinks(articles: readonly Linked[], copies: readonly { readonly url: string }[]): ReadonlySet<string> {
  const own = articles.flatMap(({ url, finalUrl, canonicalUrl, links, images }) => [
    url,
    finalUrl,
    canonicalUrl ?? url,
    ...links.map(({ href }) => href),
    ...images.map(({ src }) => src),
  ]);
  return new Set([...own, ...copies.map(({ url }) => url)].map(comparable));
}

/** A model may not invent addresses: each link and image stands in a source. */
function checkLinks(lines: readonly BodyLine[], allowed: ReadonlySet<string>): Finding[] {
  return lines.flatMap(({ number, text }) =>
    linksOf(text)
      .filter((href) => !href.startsWith('#') && !allowed.has(comparable(href)))
      .map(
        (href): Finding => ({
          rule: 'unknown-link',
          severity: 'error',
          message: 'A link is in none of the sources',
          fix: 'Remove the link, or use one of the source.',
          line: number,
          excerpt: href,
        }),
      ),
  );
}

function linksOf(text: string): string[] {
  const inline = [...text.matchAll(/\]\(\s*<?([^\s)>]+)/g)].map((match) => match[1] ?? '');
  const bare = [...text.replace(/\]\([^()\s]{0,2000}\)/g, '').matchAll(/https?:\/\/[^\s<>)\]"']+/g)].map((match) =>
    match[0].replace(/[.,;:!?]+$/, ''),
  );
  return [...inline, ...bare];
}

function comparable(href: string): string {
  return href.replace(/#.*$/, '').replace(/\/$/, '').replaceAll('&amp;', '&');
}

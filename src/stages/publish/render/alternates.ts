import { escapeHtml } from '../../../util/text/escape-html.ts';

/** A page of the same sources in this language. */
export interface Alternate {
  /** BCP 47. */
  readonly lang: string;
  readonly url: string;
}

/** One line of front matter, however long: JSON is YAML too. A capitalised name stands for plain lines, whose values are no lists. */
export function alternatesLine(name: string, alternates: readonly Alternate[]): string {
  return `${name}: ${JSON.stringify(name === 'alternates' ? alternates : { list: alternates })}`;
}

/** For the head of a page. */
export function alternateLinks(alternates: readonly Alternate[]): string {
  return alternates
    .map(({ lang, url }) => `<link rel="alternate" hreflang="${escapeHtml(lang)}" href="${escapeHtml(url)}">\n`)
    .join('');
}

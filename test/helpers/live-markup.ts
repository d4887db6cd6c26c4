import { load } from 'cheerio';

/** What a browser would run, load or follow out of a page. */
export function liveMarkup(html: string): string[] {
  const $ = load(html);
  const selector =
    'script:not([type="application/ld+json"]), iframe, object, embed, svg, math, form, input, base, meta[http-equiv], body style, link[rel=stylesheet]';
  const attributes = $('*')
    .toArray()
    .flatMap((element) => Object.entries($(element).attr() ?? {}))
    .filter(([name, value]) => /^on|^srcdoc$|^style$/.test(name) || /^\s*(?:javascript|data|vbscript):/i.test(value));
  return [
    ...$(selector)
      .toArray()
      .map((element) => $.html(element)),
    ...attributes.map((pair) => pair.join('=')),
  ];
}

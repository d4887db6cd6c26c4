import type { CheckedDraft, Finding } from '../../../../core/types.ts';
import { escapeHtml } from '../../../../util/text/escape-html.ts';
import { cleanLine, cleanText } from '../clean-text.ts';
import { markdownToHtml, treeToHtml } from '../markdown/markdown-to-html.ts';
import { SEAL_META } from '../seal.ts';
import { factId, lineId, markBody, markDescription, markSource, type NumberedFact } from './mark-facts.ts';

/**
 * The post and its sources side by side: each statement that was found leads to its place in the source and back,
 * each one that was not is marked, and every finding leads to its line. For editors; readable without any script.
 */
export async function renderReview(
  { draft, findings, facts = [], score }: CheckedDraft,
  /** From the review page to the post's. */
  toPost: string,
): Promise<string> {
  const { brief, content } = draft;
  const numbered = facts.map((fact, number) => ({ ...fact, number }));
  const missing = numbered.filter(({ source }) => source === undefined);
  const title = escapeHtml(cleanLine(content.title));
  const body = await markdownToHtml(content.body, { lang: brief.lang, rewrite: (tree) => markBody(tree, numbered) });
  const sources = brief.articles.map(
    (article, index) => `<section>
<h2>${brief.articles.length > 1 ? `[${index + 1}] ` : ''}<a href="${escapeHtml(article.url)}" rel="noopener">${escapeHtml(cleanLine(article.title))}</a></h2>
${treeToHtml(markSource(article.text, index, numbered))}
</section>`,
  );
  return cleanText(`<!doctype html>
<html lang="${escapeHtml(brief.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${SEAL_META}
<title>Check: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Check: <a href="${escapeHtml(encodeURI(toPost))}">${title}</a></h1>
<p>${score === undefined ? '' : `Score ${score} of 100 · `}${tally(numbered.length, missing.length)}</p>
<ol class="findings">
${findings.map((finding) => `<li class="${finding.severity}">${findingLine(finding, missing)}</li>`).join('\n')}
</ol>
</header>
<div class="sides">
<main>
${treeToHtml([markDescription(cleanLine(content.description), numbered)])}
${body}
</main>
<aside aria-label="Sources">
${sources.join('\n')}
</aside>
</div>
</body>
</html>
`);
}

function tally(all: number, missing: number): string {
  return `${all - missing} of ${all} statements are in the sources${missing === 0 ? '.' : `, <strong>${missing} ${missing === 1 ? 'is' : 'are'} not</strong>.`}`;
}

function findingLine({ rule, message, fix, line, excerpt }: Finding, missing: readonly NumberedFact[]): string {
  const meant = missing.find((fact) => fact.line === line && message.includes(`"${fact.raw}"`));
  const target = meant !== undefined ? factId(meant.number) : line === undefined ? undefined : lineId(line);
  const text = escapeHtml(cleanLine(message));
  return [
    `<code>${escapeHtml(rule)}</code>`,
    target === undefined ? text : `<a href="#${target}">${text}</a>`,
    ...(fix === undefined ? [] : [`<small>${escapeHtml(fix)}</small>`]),
    ...(excerpt === undefined ? [] : [`<br><q>${escapeHtml(cleanLine(excerpt))}</q>`]),
  ].join(' ');
}

const STYLE = `:root{color-scheme:light dark}
body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:CanvasText;background:Canvas}
header{padding:1rem 1.2rem;border-bottom:1px solid GrayText}h1{font-size:1.2rem;margin:0}
.findings{margin:.5rem 0 0;padding-left:1.5rem;max-height:9rem;overflow-y:auto}.error{color:light-dark(#a40000,#ff9b9b)}
.sides{display:grid;grid-template-columns:1fr 1fr}main,aside{padding:1rem 1.2rem;overflow-wrap:anywhere}
@media(min-width:50rem){main,aside{height:100vh;box-sizing:border-box;overflow-y:auto}}
@media(max-width:50rem){.sides{display:block}aside{border-top:1px solid GrayText}}
aside{background:color-mix(in srgb,Canvas 94%,CanvasText)}aside h2{font-size:1rem}
mark{color:inherit;padding:0 .1em;border-radius:.2em}mark a{color:inherit}
.found{background:light-dark(#d8f0d8,#1f4d2b)}.missing{background:light-dark(#ffd0d0,#6d1f1f);font-weight:600}
:target{outline:3px solid Highlight}img{max-width:100%;height:auto}`;

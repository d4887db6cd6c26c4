/** Formulas of TeX, as they are written: a script of the site draws them, and Markdown would take signs out of them. Pure. */

import { rewriteOutside } from './notes.ts';

/** Two signs of a dollar around prices are no formula: something in one is of TeX. */
const TELLING = /[\\^_={}]/;

export function settleMath(markdown: string): string {
  const blocks = rewriteOutside(markdown, /\$\$([^$]+)\$\$/g, ({ whole, inner }) => keep(whole, inner));
  const lines = rewriteOutside(blocks, /\$([^$\n]+)\$/g, ({ whole, inner, before, after }) =>
    /[\\$\w]$/.test(before) || /^[\d$]/.test(after) || inner.trim() !== inner ? whole : keep(whole, inner),
  );
  const inText = rewriteOutside(lines, /\\\(([^()\n]+(?:\([^()\n]*\)[^()\n]*)*)\\\)/g, ({ whole, inner }) =>
    keep(whole, inner),
  );
  return rewriteOutside(inText, /\\\[([^[\]]+)\\\]/g, ({ whole, inner }) => keep(whole, inner));
}

function keep(whole: string, inner: string): string {
  return TELLING.test(inner.replace(/\\$/, '')) ? whole.replace(/[!-/:-@[-`{-~]/g, '\\$&') : whole;
}

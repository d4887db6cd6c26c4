/** The text of HTML with a line break where a block begins or ends, so that no contender's words are glued together. */

import { Parser } from 'htmlparser2';

const BLOCKS = new Set(
  'address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const DROPPED = new Set(['script', 'style', 'template', 'noscript', 'title', 'textarea']);

export function textByBlocks(html) {
  let text = '';
  let dropped = 0;
  const parser = new Parser({
    onopentag(name) {
      if (DROPPED.has(name)) dropped += 1;
      if (BLOCKS.has(name)) text += '\n';
    },
    ontext(data) {
      if (dropped === 0) text += data;
    },
    onclosetag(name) {
      if (DROPPED.has(name)) dropped -= 1;
      if (BLOCKS.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text.replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n');
}

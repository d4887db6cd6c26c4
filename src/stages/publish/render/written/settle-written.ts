/** A post as a person wrote it for a site generator or an editor, as Markdown for a place where neither runs. Pure. */

import { settleMath } from './math.ts';
import { settleExpressions, withoutModules } from './mdx.ts';
import { settleNotes } from './notes.ts';
import { type Settled, settleCalls } from './settle-calls.ts';
import { withoutComments } from './written-text.ts';

/** @param isMdx Braces are JavaScript, and so are lines that import and export. */
export function settleWritten(markdown: string, { isMdx }: { readonly isMdx: boolean }): Settled {
  const plain = withoutComments(markdown);
  const { text, values } = isMdx ? withoutModules(plain) : { text: plain, values: new Map<string, string>() };
  // Tags around code come first: nothing in it is a sign of an editor.
  const calls = settleCalls(text, values);
  const notes = settleNotes(settleMath(calls.text));
  if (!isMdx) return { text: notes, lost: calls.lost };
  const shown = settleExpressions(notes, values);
  return { text: shown.text, lost: [...calls.lost, ...shown.lost] };
}

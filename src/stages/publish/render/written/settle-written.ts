/** A post as a person wrote it for a site generator or an editor, as Markdown for a place where neither runs. Pure. */

import { settleMath } from './math.ts';
import { isMdx, settleExpressions, withoutModules } from './mdx.ts';
import { settleNotes } from './notes.ts';
import { type Settled, settleCalls } from './settle-calls.ts';
import { withoutComments } from './written-text.ts';

/** @param file Its name: in MDX braces are JavaScript, and so are lines that import and export. */
export function settleWritten(markdown: string, { file }: { readonly file: string }): Settled {
  const plain = withoutComments(markdown);
  const hasScript = isMdx(plain, file);
  const { text, values } = hasScript ? withoutModules(plain) : { text: plain, values: new Map<string, string>() };
  // Tags around code come first: nothing in it is a sign of an editor.
  const calls = settleCalls(text, values);
  const notes = settleNotes(settleMath(calls.text));
  if (!hasScript) return { text: notes, lost: calls.lost };
  const shown = settleExpressions(notes, values);
  return { text: shown.text, lost: [...calls.lost, ...shown.lost] };
}

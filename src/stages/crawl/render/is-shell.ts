import type { DocumentSigns } from '../text/scan-document.ts';

/** A page that shows more than this has something to read without scripts. */
const SHELL_TEXT = 250;

/** True for the shell of an application: scripts, and next to no text that they are not going to write. */
export function isShell({ textChars, noscriptChars, scripts, hasEmptyRoot, refresh }: DocumentSigns): boolean {
  if (scripts === 0 || refresh !== undefined || noscriptChars >= 400) return false;
  return textChars < (hasEmptyRoot ? SHELL_TEXT : SHELL_TEXT / 5);
}

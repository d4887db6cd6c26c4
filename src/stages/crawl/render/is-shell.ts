import type { DocumentSigns } from '../text/scan-document.ts';

/** A page with more visible text than this is readable without scripts. */
const SHELL_TEXT = 250;

/** True for an application shell: scripts and almost no static text. */
export function isShell({ textChars, noscriptChars, scripts, hasEmptyRoot, refresh }: DocumentSigns): boolean {
  if (scripts === 0 || refresh !== undefined || noscriptChars >= 400) return false;
  return textChars < (hasEmptyRoot ? SHELL_TEXT : SHELL_TEXT / 5);
}

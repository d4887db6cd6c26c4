/** The mark by which a file is known as ours, of which sources, and as edited by nobody since: also where the state folder is lost. */

import { hashText } from '../../../util/stable-hash.ts';

const LENGTH = 32;
/** Stands in a text until it is sealed. */
export const SEAL_BLANK = '0'.repeat(LENGTH);
/** For the head of a page. */
export const SEAL_META = `<meta name="blogger-seal" content="${SEAL_BLANK}">`;

/** At the start of a line of the front matter, of the JSON or of the page's head, where no text of a source can stand. */
const SEAL = /^( {2,4}seal: |Seal: | {4}"seal": |<meta name="blogger-seal" content=)"([0-9a-f]{32})"/m;

/** The text with its seal filled in; a text without a place for one stays as it is. */
export function sealed(text: string, sourceKey: string): string {
  const blank = text.replace(SEAL, `$1"${SEAL_BLANK}"`);
  return blank.replace(SEAL, (_, before: string) => `${before}"${sealOf(blank.replaceAll('\r\n', '\n'), sourceKey)}"`);
}

/** True for a text as it left `sealed`, for the same sources; line ends may have been changed on its way through a repository. */
export function isSealed(text: string, sourceKey: string): boolean {
  const plain = text.replaceAll('\r\n', '\n');
  const seal = SEAL.exec(plain)?.[2];
  return seal !== undefined && seal === sealOf(plain.replace(SEAL, `$1"${SEAL_BLANK}"`), sourceKey);
}

/** True for a text that was sealed once, whatever became of it since. */
export function hasSeal(text: string): boolean {
  return SEAL.test(text);
}

function sealOf(blank: string, sourceKey: string): string {
  return hashText(`${sourceKey}\n${blank}`).slice(0, LENGTH);
}

/** Characters that people do not see but models read. They are removed before the tree is built. */

/**
 * Characters that are not seen but read by a model: zero width spaces and marks, invisible operators, directional overrides,
 * variation selectors beyond the usual, private use, and the tag characters (U+E0000 to U+E007F). The zero width joiner and non-joiner stay:
 * emoji and several scripts need them. The soft hyphen goes, because it cuts words in two.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of these is meant alone
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]/g;
/** Joiners between two plain letters: they join nothing and can only carry hidden data. */
const IDLE_JOINERS = /(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f])|[\u200c\u200d]{2,}/g;
const MAYBE_INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each character is matched alone
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\udb40]/;
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const MAYBE_CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The text without characters that cannot be seen, and without control characters. */
export function stripInvisible(text: string): string {
  let seen = text;
  if (MAYBE_INVISIBLE.test(seen)) seen = seen.replace(INVISIBLE, '').replace(IDLE_JOINERS, '');
  return MAYBE_CONTROL.test(seen) ? seen.replace(CONTROLS, '') : seen;
}

/** Environment variables that look like a setting and are none. Pure. */

import { closest, distance } from 'fastest-levenshtein';
import { listOptions } from './options.ts';

export interface UnknownVariable {
  readonly name: string;
  /** The variable that was probably meant. */
  readonly nearest?: string;
}

/** Read outside of the settings: the language of messages, and what a background run is handed. */
const OTHERS = ['BLOGGER_LOCALE', 'BLOGGER_BACKGROUND_RUN', 'BLOGGER_BACKGROUND_LIST'];
/** Letters in another place, too many or too few; more is another word. */
const mostEdits = (name: string) => (name.length > 'BLOGGER_'.length + 6 ? 3 : 2);

export function findUnknownVariables(names: readonly string[]): readonly UnknownVariable[] {
  const known = [...listOptions().flatMap(({ env }) => env ?? []), ...OTHERS];
  return names
    .filter((name) => /^blogger_/i.test(name) && !known.includes(name))
    .map((name) => {
      const nearest = closest(name.toUpperCase(), known);
      return distance(name.toUpperCase(), nearest) > mostEdits(name) ? { name } : { name, nearest };
    });
}

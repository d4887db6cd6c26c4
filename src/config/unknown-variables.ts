/** Environment variables that are probably a mistyped setting. Pure. */

import { closest, distance } from 'fastest-levenshtein';
import { listOptions } from './options.ts';

export interface UnknownVariable {
  readonly name: string;
  /** The variable that was probably meant. */
  readonly nearest: string;
}

const PREFIX = 'BLOGGER_';
/** Read outside of the settings: the language of messages, and what a background run is handed. */
const OTHERS = ['BLOGGER_LOCALE', 'BLOGGER_BACKGROUND_RUN', 'BLOGGER_BACKGROUND_LIST'];

/** A name that is near to none may belong to another program. */
export function findUnknownVariables(names: readonly string[]): readonly UnknownVariable[] {
  const known = [...listOptions().flatMap(({ env }) => env ?? []), ...OTHERS];
  return names
    .filter((name) => name.toUpperCase().startsWith(PREFIX) && !known.includes(name))
    .map((name) => ({ name, nearest: closest(name.toUpperCase(), known) }))
    .filter(({ name, nearest }) => isTypo(name.toUpperCase(), nearest));
}

/** Two letters exchanged, or one wrong, missing or too many; of a longer name two, and of a long one that begins alike three. */
function isTypo(name: string, nearest: string): boolean {
  const length = name.length - PREFIX.length;
  const beginsAlike = name[PREFIX.length] === nearest[PREFIX.length];
  const most = length < 6 && !hasSameLetters(name, nearest) ? 1 : length >= 8 && beginsAlike ? 3 : 2;
  return distance(name, nearest) <= most;
}

function hasSameLetters(one: string, other: string): boolean {
  return [...one].sort().join('') === [...other].sort().join('');
}

/** Messages of the live view in the language of the person who watches. */

import { createContext, useContext } from 'react';
import type { Say } from './messages/translator.ts';

export const SayContext = createContext<Say>((text) => text);

export function useSay(): Say {
  return useContext(SayContext);
}

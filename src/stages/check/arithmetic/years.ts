/** Numbers of years, with their unit or without it. Pure. */

import type { Quantity } from '../quantities/quantity.ts';

const YEAR = 365.25 * 86_400;

/** `at the age of 87`, `she was 32`: years without their name. */
export function isYearCount({ dimension, kind, nouns, value }: Quantity): boolean {
  return dimension === 'count' && kind === 'plain' && nouns.length === 0 && Number.isInteger(value) && value < 200;
}

/** Years in the dimension of the post. */
export const yearsAs = (post: Quantity, years: number): { readonly value: number; readonly dimension: string } =>
  isYearCount(post) ? { value: years, dimension: 'count' } : { value: years * YEAR, dimension: 'time' };

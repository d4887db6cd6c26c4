/** A quantity in a text: amount, dimension and precision. */

import type { Unit } from './units.ts';

export type Bound = 'exact' | 'about' | 'above' | 'below';

export interface Quantity {
  /** A number of things, of a dimension with a unit, a share, a multiple, a rank, a pair such as a result, an interval, or a name made of figures. */
  readonly kind: 'plain' | 'range' | 'share' | 'multiple' | 'ordinal' | 'pair' | 'rate' | 'clock' | 'code';
  /** `count` without a unit. Only values of the same dimension are compared. */
  readonly dimension: string;
  /** In the base unit; the first value of a range or pair. */
  readonly value: number;
  /** The second value of a range or pair. */
  readonly high: number;
  /** Further readings of an ambiguous notation or unit. */
  readonly others: readonly (Unit & { readonly value: number })[];
  /** Half a unit of the last digit shown, in the base unit. */
  readonly step: number;
  /** Size of the unit that it was written with, in the base unit. */
  readonly unitSize: number;
  readonly bound: Bound;
  /** Words right after it, stemmed: what is counted. */
  readonly nouns: readonly string[];
  /** For a code: its characters. */
  readonly code?: string;
  readonly raw: string;
  readonly index: number;
  readonly end: number;
  readonly spelled: boolean;
  /** Of `4.4 billion`, what 4.4 is multiplied by. */
  readonly magnitude?: number;
}

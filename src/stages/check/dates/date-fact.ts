/** The parts of a date that a text states; parts that are not stated are undefined. */
export interface DateFact {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  /** Last year of a decade or century that begins with `year`. */
  readonly until?: number;
  /** The part of a decade or century that is named. */
  readonly part?: 'early' | 'mid' | 'late';
  /** 1 to 4. */
  readonly quarter?: number;
  /** 0 is Sunday. */
  readonly weekdays?: readonly number[];
  /** The alternative reading of an ambiguous date, `3/2/2022`. */
  readonly other?: { readonly month: number; readonly day: number };
  readonly raw: string;
  readonly index: number;
}

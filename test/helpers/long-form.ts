/** True under `npm run test:long`, which runs every row of the tests that take minutes. */
export const isLong = process.env['BLOGGER_TESTS'] === 'long';

/** Whether tests with several processes run on PostgreSQL too, and not on Redis alone: in the long form and under `npm run test:postgres`. */
export const hasPostgresFleets = isLong || process.env['BLOGGER_TEST_POSTGRES'] !== undefined;

/** All rows in the long form; else `count` of them, evenly spread, as many as CI has time for. */
export function sampleOf<T>(rows: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(rows.length / count));
  return rows.filter((_, at) => isLong || (at % step === 0 && at / step < count));
}

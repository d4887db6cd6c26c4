/** Milliseconds requested by a Retry-After header, from seconds or an HTTP date (RFC 9110 §10.2.3); undefined when it cannot be read. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/[a-z]/i.test(text)) return undefined; // Date.parse would read "-3" or "1.5" as some year
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

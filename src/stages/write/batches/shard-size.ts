import { BloggerError } from '../../../core/errors.ts';
import type { ModelRequest } from '../../../core/ports.ts';
import { bytesOf } from '../calls/token-bound.ts';

/** Vendors take files of 200 MB or more, some gateways of 100. */
const MOST_BYTES = 90_000_000;
/** The frame of a line: model, limits, names of fields. */
const FRAME_BYTES = 1000;

/** Requests in groups, in their order, whose lines fit one file; a request alone is a group whatever its size. */
export function fittingOneFile(
  requests: readonly ModelRequest[],
  mostBytes = MOST_BYTES,
): readonly (readonly ModelRequest[])[] {
  const groups: ModelRequest[][] = [];
  let left = 0;
  for (const request of requests) {
    const bytes = lineBytes(request);
    const group = groups.at(-1);
    if (group === undefined || bytes > left) {
      groups.push([request]);
      left = mostBytes - bytes;
    } else {
      group.push(request);
      left -= bytes;
    }
  }
  return groups;
}

/** Quotes and line breaks of the prompt are escaped in the line. */
function lineBytes({ prompt: { system, user, schema } }: ModelRequest): number {
  return bytesOf(JSON.stringify([system, user, schema])) + FRAME_BYTES;
}

/** True for the refusal of a file that is too large; the limit of a gateway is not known before. */
export function isTooLargeFile(error: unknown): boolean {
  return BloggerError.is(error) && error.details['status'] === 413;
}

import type { Dispatcher } from 'undici';
import type { FetchRequest } from '../../core/ports.ts';
import { readCodings, unpack, unpackStart } from './decode-body.ts';
import { encodingError, tooLargeError } from './fetch-errors.ts';

export interface BodyContext {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: Pick<FetchRequest, 'maxBytes' | 'overflow' | 'wantsBody'>;
}

type ResponseBody = Dispatcher.ResponseData['body'];

const EMPTY = new Uint8Array(0);
/** Reading this much of an unwanted body is cheaper than a new connection. */
const DUMP_BYTES = 65_536;

/** Reads, caps and unpacks a body; the connection is left usable wherever that is cheap. */
export async function readBody(
  body: ResponseBody,
  { url, status, headers, request }: BodyContext,
): Promise<Uint8Array> {
  const { maxBytes, overflow = 'fail', wantsBody = belowError } = request;
  if (!wantsBody({ status, headers })) return discard(body);
  const codings = readCodings(headers['content-encoding']);
  if (codings === undefined) {
    await discard(body);
    throw encodingError(url, headers['content-encoding'] ?? '');
  }
  if (overflow === 'fail' && Number(headers['content-length']) > maxBytes) {
    await discard(body);
    throw tooLargeError(url, maxBytes);
  }
  const packed = await gather(body, maxBytes);
  if (packed.complete) {
    const unpacked = await unpack(packed.bytes, codings, maxBytes);
    if (unpacked !== 'overflow') return unpacked;
  }
  if (overflow === 'cut') return unpackStart(packed.bytes, codings, maxBytes);
  throw tooLargeError(url, maxBytes);
}

function belowError({ status }: { readonly status: number }): boolean {
  return status < 400;
}

/** The bytes as they came over the wire; `complete` is false when there were more than `maxBytes`. */
async function gather(
  body: ResponseBody,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Uint8Array; // undici's bodies give buffers
    chunks.push(bytes);
    size += bytes.byteLength;
    if (size > maxBytes) return { bytes: Buffer.concat(chunks), complete: false }; // leaving the loop destroys the body
  }
  const [only] = chunks;
  return { bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks), complete: true };
}

async function discard(body: ResponseBody): Promise<Uint8Array> {
  body.on('error', () => {}); // nobody waits for this body any more
  await body.dump({ limit: DUMP_BYTES });
  return EMPTY;
}

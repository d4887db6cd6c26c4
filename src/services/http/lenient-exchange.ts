/**
 * An HTTP/1 exchange for servers whose responses a strict parser rejects: lines that end in LF only, a space before a colon, lines that are
 * not headers, a length together with chunks. Each request has its own connection, which is closed afterwards, so its bytes cannot become part of another response.
 */

import type { Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers as an array. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** False if the body ended before its stated length, or was cut at `maxBytes`. */
  readonly complete: boolean;
}

export interface RawRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

const MAX_HEAD_BYTES = 65_536;

/** Sends one GET over an open socket and reads its answer; undefined when even a lenient parser finds no HTTP in it. */
export async function lenientExchange(socket: Socket, request: RawRequest): Promise<RawAnswer | undefined> {
  const lines = Object.entries({ ...request.headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET ${request.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const bytes = await readAll(socket, request);
  return parseAnswer(bytes, request.maxBytes);
}

async function readAll(socket: Socket, { maxBytes, signal }: RawRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => socket.destroy(signal.reason as Error); // the reason is set by the owner of the signal
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of socket) {
      chunks.push(chunk as Buffer); // a socket without encoding gives buffers
      size += (chunk as Buffer).byteLength;
      if (size > maxBytes + MAX_HEAD_BYTES) break;
      if (isWhole(chunks)) break;
    }
  } catch (error) {
    if (signal.aborted || size === 0) throw error; // a reset after the response is harmless
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
  return Buffer.concat(chunks);
}

/** Detects the end of the body if a server keeps the connection open despite `Connection: close`. */
function isWhole(chunks: readonly Buffer[]): boolean {
  const last = chunks.at(-1);
  const tail = last?.subarray(-7).toString('latin1') ?? '';
  if (/(?:^|\n)0\r?\n\r?\n$/.test(tail)) return true;
  if (chunks.length > 8) return false; // a long body ends when the server closes
  const answer = parseAnswer(Buffer.concat(chunks), Number.POSITIVE_INFINITY);
  return answer?.headers['content-length'] !== undefined && answer.complete;
}

/** The first final answer in `bytes`. Pure. */
export function parseAnswer(bytes: Buffer, maxBytes: number): RawAnswer | undefined {
  let rest = bytes;
  for (;;) {
    const head = splitHead(rest);
    if (head === undefined) return undefined;
    rest = rest.subarray(head.end);
    if (head.status < 200) continue; // 100 Continue, 103 Early Hints
    return { status: head.status, headers: head.headers, ...readBody(rest, head.headers, maxBytes) };
  }
}

function splitHead(bytes: Buffer) {
  const text = bytes.subarray(0, MAX_HEAD_BYTES).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) return undefined;
  const [statusLine = '', ...lines] = text
    .slice(0, end.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const status = /^\s*[A-Z]+\/?[\d.]*\s+(\d{3})(?:\s|$)/i.exec(statusLine)?.[1];
  if (status === undefined) return undefined;
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const line of lines) {
    const [, name, value = ''] = /^([^\s:]+)\s*:(.*)$/.exec(line.trimEnd()) ?? [];
    if (name === undefined) continue; // not a header; browsers skip it
    const known = headers[name.toLowerCase()];
    headers[name.toLowerCase()] = known === undefined ? value.trim() : [known, value.trim()].flat();
  }
  return { status: Number(status), headers, end: end.index + end[0].length };
}

function readBody(bytes: Buffer, headers: RawAnswer['headers'], maxBytes: number) {
  if (/\bchunked\b/i.test(String(headers['transfer-encoding'] ?? ''))) return readChunks(bytes, maxBytes);
  const length = Number([headers['content-length'] ?? Number.NaN].flat()[0]);
  const whole = Number.isNaN(length) ? bytes : bytes.subarray(0, length);
  const isCut = whole.byteLength > maxBytes;
  return { body: whole.subarray(0, maxBytes), complete: !isCut && !(whole.byteLength < length) };
}

function readChunks(bytes: Buffer, maxBytes: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  let at = 0;
  for (;;) {
    const line = /^\s*([0-9a-f]+)(?:[^0-9a-f\n][^\n]*)?\n/i.exec(bytes.subarray(at, at + 1024).toString('latin1'));
    const length = Number.parseInt(line?.[1] ?? '', 16);
    if (line === null || Number.isNaN(length)) return { body: Buffer.concat(chunks), complete: false };
    if (length === 0) return { body: Buffer.concat(chunks), complete: true };
    at += line[0].length;
    const chunk = bytes.subarray(at, at + length);
    chunks.push(chunk);
    size += chunk.byteLength;
    if (chunk.byteLength < length || size > maxBytes)
      return { body: Buffer.concat(chunks).subarray(0, maxBytes), complete: false };
    at += length;
  }
}

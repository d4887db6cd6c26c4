import { addAbortSignal, type Readable } from 'node:stream';

/** Reads all of standard input as text; stops waiting when the signal aborts. */
export async function readAll(stream: Readable, stop?: AbortSignal): Promise<string> {
  if (stop !== undefined) addAbortSignal(stop, stream);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

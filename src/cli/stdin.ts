import { addAbortSignal, type Readable } from 'node:stream';

/** All of standard input as text; it is waited for until the signal fires. */
export async function readAll(stream: Readable, stop?: AbortSignal): Promise<string> {
  if (stop !== undefined) addAbortSignal(stop, stream);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

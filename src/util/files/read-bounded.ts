import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';

export interface Bounded {
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

const PIECE_BYTES = 65_536;

/**
 * Reads a file, pipe or device, at most one byte more than `maxBytes`. Pipes (`<(command)`) are read as they are written and never block a
 * thread: a process with a thread blocked on a pipe cannot exit. Devices end at the limit.
 */
export async function readBounded(path: string, { maxBytes, signal }: Bounded): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    return await (stats.isFIFO()
      ? readPipe(handle, { maxBytes, ...(signal === undefined ? {} : { signal }) })
      : readPieces(handle, maxBytes, stats.size));
  } finally {
    await handle.close().catch(() => {}); // a socket has closed it
  }
}

async function readPieces(handle: FileHandle, maxBytes: number, expected: number): Promise<Buffer> {
  const most = maxBytes + 1;
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < most) {
    const chunk = Buffer.allocUnsafe(Math.min(most - size, Math.max(PIECE_BYTES, expected + 1 - size)));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    size += bytesRead;
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

async function readPipe(handle: FileHandle, { maxBytes, signal }: Bounded): Promise<Buffer> {
  signal?.throwIfAborted();
  const socket = new Socket({ fd: handle.fd, readable: true, writable: false });
  const stop = () => socket.destroy(signal?.reason as Error); // the reason of an abort is an error
  signal?.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of socket) {
      const bytes = chunk as Buffer; // sockets give buffers
      chunks.push(bytes);
      size += bytes.length;
      if (size > maxBytes) break;
    }
    return Buffer.concat(chunks).subarray(0, maxBytes + 1);
  } finally {
    signal?.removeEventListener('abort', stop);
    socket.destroy();
  }
}

import { createGunzip } from 'node:zlib';
import { nodeErrorCode } from './node-errors.ts';

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** Why `bytes` is only the first part. */
  readonly damage?: string;
}

/** The content of gzip data, whatever its name; other bytes as they are. What comes before a damage, or before `maxBytes`, is kept. */
export async function unpack(bytes: Uint8Array, maxBytes: number): Promise<Unpacked> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes };
  const chunks: Uint8Array[] = [];
  let length = 0;
  const gunzip = createGunzip();
  const damage = await new Promise<string | undefined>((resolve) => {
    gunzip.on('data', (chunk: Uint8Array) => {
      const room = maxBytes - length;
      chunks.push(chunk.subarray(0, room));
      length += Math.min(chunk.byteLength, room);
      if (chunk.byteLength <= room) return;
      gunzip.destroy();
      resolve(`it is larger than ${maxBytes} bytes when unpacked; the rest was left out`);
    });
    gunzip.on('end', () => resolve(undefined));
    gunzip.on('error', (error) => resolve(describe(error, length)));
    gunzip.end(bytes);
  });
  return { bytes: Buffer.concat(chunks), ...(damage === undefined ? {} : { damage }) };
}

function describe(error: unknown, length: number): string {
  const what = nodeErrorCode(error) === 'Z_BUF_ERROR' ? 'is cut off' : 'is damaged';
  return `its gzip data ${what} after ${length} unpacked bytes`;
}

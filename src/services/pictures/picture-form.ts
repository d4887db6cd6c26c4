/** Kind and size of a picture, by its first bytes and never by its name. Pure. */

export interface PictureForm {
  readonly extension: 'png' | 'jpg' | 'webp';
  readonly width: number;
  readonly height: number;
}

/** Undefined for what is no PNG, JPEG or WebP, and for one whose size cannot be read. */
export function pictureForm(bytes: Uint8Array): PictureForm | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const form = readPng(data) ?? readJpeg(data) ?? readWebp(data);
  return form !== undefined && form.width > 0 && form.height > 0 ? form : undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function readPng(data: Buffer): PictureForm | undefined {
  if (data.length < 33 || !data.subarray(0, 8).equals(PNG) || data.toString('latin1', 12, 16) !== 'IHDR')
    return undefined;
  return { extension: 'png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** The frame header holds the size; a camera's orientation may turn it, which a browser heeds. */
function readJpeg(data: Buffer): PictureForm | undefined {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < data.length) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // padding
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { extension: 'jpg', height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    if (marker === 0xda) return undefined; // the picture itself, without a frame before
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

function readWebp(data: Buffer): PictureForm | undefined {
  if (data.length < 30 || data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WEBP')
    return undefined;
  const extension = 'webp';
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { extension, width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return { extension, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { extension, width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
    default:
      return undefined;
  }
}

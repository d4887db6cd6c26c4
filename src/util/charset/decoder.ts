/**
 * Decoding by the Encoding standard. Node's own `TextDecoder` is used for UTF-8 and UTF-16 only: on some releases it reads windows-1252 as
 * ISO-8859-1, and none reads the CP949 letters that the standard puts into EUC-KR.
 */

type ByteDecoder = (bytes: Uint8Array, charset: string) => string;

/** The charset's name in lower case; undefined for a label that the standard does not know. */
export type LabelReader = (label: string) => string | undefined;

export interface Charsets {
  readonly decode: ByteDecoder;
  readonly nameOf: LabelReader;
}

const NATIVE: ReadonlySet<string> = new Set(['utf-8', 'utf-16le', 'utf-16be']);

let loaded: Promise<Charsets> | undefined;

/** Loads the tables of the legacy charsets, once; most pages are in UTF-8 and never need them. */
export function loadCharsets(): Promise<Charsets> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Charsets> {
  const { normalizeEncoding, TextDecoder: StandardDecoder } = await import('@exodus/bytes/encoding.js');
  return {
    decode: (bytes, charset) =>
      NATIVE.has(charset) ? new TextDecoder(charset).decode(bytes) : new StandardDecoder(charset).decode(bytes),
    nameOf: (label) => normalizeEncoding(label) ?? undefined,
  };
}

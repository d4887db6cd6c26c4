/** Fonts for cards out of installed packages of Fontsource, which keep each font in slices by the characters that they hold. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface CardFont {
  readonly name: string;
  readonly data: Buffer;
  readonly weight: 700;
  readonly style: 'normal';
}

/** Latin, Greek, Cyrillic, Hangul and the Han signs of Korean first; then whichever others are installed. */
export const FONT_PACKAGES = [
  'noto-sans-kr',
  'noto-sans-jp',
  'noto-sans-sc',
  'noto-sans-tc',
  'noto-sans',
  'noto-sans-thai',
].map((name) => `@fontsource/${name}`);

/** The font files needed to draw this text; a character comes from the first package that contains it. */
export async function fontsFor(text: string): Promise<CardFont[]> {
  let waiting = [...new Set([...text].map((sign) => sign.codePointAt(0) ?? 0))];
  const fonts: CardFont[] = [];
  for (const name of FONT_PACKAGES) {
    const folder = folderOf(name);
    if (folder === undefined || waiting.length === 0) continue;
    const slices = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Readonly<Record<string, string>>;
    for (const [slice, written] of Object.entries(slices)) {
      const ranges = rangesOf(written);
      const rest = waiting.filter((code) => !ranges.some(([first, last]) => code >= first && code <= last));
      if (rest.length === waiting.length) continue;
      waiting = rest;
      const base = name.replace('@fontsource/', '');
      const file = join(folder, 'files', `${base}-${slice.replace(/[[\]]/g, '')}-700-normal.woff`);
      fonts.push({ name: `${base} ${slice}`, data: await readFile(file), weight: 700, style: 'normal' });
    }
  }
  return fonts;
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/unicode.json`));
  } catch {
    return undefined;
  }
}

/** `U+f9ca-fa0b,U+ff03` */
function rangesOf(written: string): (readonly [number, number])[] {
  return written.split(',').map((range) => {
    const [first = 0, last = first] = range
      .trim()
      .replace(/^U\+/i, '')
      .split('-')
      .map((code) => Number.parseInt(code, 16));
    return [first, last];
  });
}

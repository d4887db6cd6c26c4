/** Draws a card as a PNG, offline, with packages that are loaded on use. */

import { createRequire } from 'node:module';
import { BloggerError } from '../../core/errors.ts';
import { type Box, CARD_SIZE } from './card-tree.ts';
import { FONT_PACKAGES, fontsFor } from './fonts.ts';

const PACKAGES = ['satori', '@resvg/resvg-js'];
const INSTALL = `npm install ${PACKAGES.join(' ')} ${FONT_PACKAGES[0]}`;

interface Drawing {
  readonly satori: (
    tree: Box,
    options: {
      readonly width: number;
      readonly height: number;
      readonly fonts: Awaited<ReturnType<typeof fontsFor>>;
      readonly loadAdditionalAsset: (code: string, segment: string) => Promise<never[]>;
    },
  ) => Promise<string>;
  readonly Resvg: new (
    svg: string,
    options: { readonly font: { readonly loadSystemFonts: false } },
  ) => { render(): { asPng(): Uint8Array } };
}

/** Throws `CONFIG_INVALID` where a package is not installed, with the command that installs it. */
export function requireDrawing(): void {
  const missing = [...PACKAGES, `${FONT_PACKAGES[0]}/unicode.json`].filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  throw new BloggerError(`To draw cards, ${missing.map(packageOf).join(' and ')} must be installed`, {
    code: 'CONFIG_INVALID',
    hint: `${INSTALL}; or set images to none.`,
  });
}

/** Throws `PICTURE_FAILED` where the fonts lack signs of the text: a reader would see boxes. */
export async function drawCard(tree: Box): Promise<Uint8Array> {
  const { satori, Resvg } = await load();
  const lacking = new Set<string>();
  const svg = await satori(tree, {
    ...CARD_SIZE,
    fonts: await fontsFor(wordsOf(tree)),
    async loadAdditionalAsset(_code, segment) {
      lacking.add(segment);
      return [];
    },
  });
  if (lacking.size > 0) throw lacksSigns([...lacking].join(' '));
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

/** Scripts that run from right to left or join their letters; they would be drawn one by one, and in the wrong order. */
const UNSHAPED =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]+/u;

/** Throws `PICTURE_FAILED` where the text cannot be drawn as it is read. */
export function refuseUnshaped(tree: Box): void {
  const found = UNSHAPED.exec(wordsOf(tree));
  if (found !== null) throw lacksSigns(found[0]);
}

function lacksSigns(signs: string): BloggerError {
  return new BloggerError(`No card can be drawn: no installed font has the signs "${signs.slice(0, 60)}"`, {
    code: 'PICTURE_FAILED',
    hint: `Install a font for them (${FONT_PACKAGES.slice(1).join(', ')}), give the post a picture of your own, or set images to none.`,
  });
}

function wordsOf({ props: { children = [] } }: Box): string {
  return typeof children === 'string' ? children : children.map(wordsOf).join(' ');
}

async function load(): Promise<Drawing> {
  // By variables, so that a program without cards needs none of these packages, not even to be compiled.
  const [satori, resvg] = (await Promise.all(PACKAGES.map((name) => import(name)))) as [
    { readonly default: Drawing['satori'] },
    Pick<Drawing, 'Resvg'>,
  ];
  return { satori: satori.default, Resvg: resvg.Resvg };
}

function isInstalled(name: string): boolean {
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
}

function packageOf(name: string): string {
  return name.replace('/unicode.json', '');
}

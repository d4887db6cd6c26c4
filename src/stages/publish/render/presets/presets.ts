/** The site generators that posts are written for, a row each. */

import { hugo, zola } from './hugo.ts';
import { jekyll } from './jekyll.ts';
import { astro, docusaurus, eleventy, hexo, vitepress } from './node-sites.ts';
import { pelican } from './pelican.ts';
import { type Preset, plain } from './preset.ts';

export const PRESET_TABLE = {
  generic: plain,
  hugo,
  jekyll,
  astro,
  eleventy,
  hexo,
  zola,
  pelican,
  docusaurus,
  vitepress,
  none: { ...plain, shape: () => ({}), front: () => '', buildsDrafts: true, needsHeading: true },
} as const satisfies Readonly<Record<string, Preset>>;

export type FrontMatterPreset = keyof typeof PRESET_TABLE;

export function presetOf(name: FrontMatterPreset): Preset {
  return PRESET_TABLE[name];
}

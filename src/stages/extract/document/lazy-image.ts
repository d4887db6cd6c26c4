import type { ElementNode } from './nodes.ts';
import { LAZY_IMAGE_ATTRIBUTES } from './tags.ts';

/** Puts the address that a lazy loader would load in the place of the placeholder, and leaves only what is read later. */
export function settleImage(image: ElementNode): void {
  const lazy = LAZY_IMAGE_ATTRIBUTES.map((name) => image.getAttribute(name)).find(
    (value) => value !== null && value.trim() !== '',
  );
  const src = image.getAttribute('src');
  if (
    lazy !== undefined &&
    lazy !== null &&
    (src === null || src === '' || src.startsWith('data:') || /blank|placeholder|spacer|lazy/i.test(src))
  ) {
    image.setAttribute('src', firstOfSrcset(lazy));
  } else if (src === null) {
    const srcset = image.getAttribute('srcset');
    if (srcset !== null) image.setAttribute('src', firstOfSrcset(srcset));
  }
  image.attributes = image.attributes.filter(
    ({ name }) => name === 'src' || name === 'alt' || name === 'class' || name === 'id' || name === 'title',
  );
}

function firstOfSrcset(srcset: string): string {
  return srcset.trim().split(/\s/, 1)[0]?.replace(/,$/, '') ?? '';
}

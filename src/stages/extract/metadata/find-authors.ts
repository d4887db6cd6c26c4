/** The byline near the title, where the head of the page names nobody. */

import type { Spot, Surroundings } from './surroundings.ts';

const BEFORE = 400;
const AFTER = 600;

/** Statements that may name authors, the likeliest first. */
export function bylineNear(title: string, { spots, placeOf }: Surroundings): string[][] {
  const place = placeOf(title);
  const found = spots
    .map((spot) => ({ spot, weight: weightOf(spot, place) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const [best] = found;
  if (best === undefined) return [];
  // Several authors stand side by side, each in an element of its own.
  const beside = spots.filter(
    (spot) => spot.kind === best.spot.kind && best.spot.kind === 'author' && Math.abs(spot.at - best.spot.at) < 120,
  );
  return [
    beside.length > 1 ? beside.map(({ text }) => text) : [best.spot.text],
    ...found.slice(1, 6).map(({ spot }) => [spot.text]),
  ];
}

const LEAD =
  /^(?:(?:written|posted|words|text|story) by|by|von|par|por|di|door)\s+\p{Lu}|^(?:글|작성자|作者|文|記者)\s*(?:[:：]\s*)?\S|^\p{Script=Hangul}{2,4}\s?기자/iu;

function weightOf({ kind, text, at, isProperty, isElsewhere }: Spot, place: number | undefined): number {
  if (text.length > 160 || text.length < 2) return 0;
  const distance = place === undefined ? 1_000 : at - place;
  if (distance < -BEFORE || distance > AFTER) return kind === 'author' && isProperty && !isElsewhere ? 0.5 : 0;
  const nearness = 1 - Math.abs(distance) / 1_000;
  const leads = LEAD.test(text) ? 1 : 0;
  if (kind === 'author') return 2 + nearness + leads;
  if (kind === 'byline') return 1.2 + nearness + leads - (text.length > 80 ? 0.8 : 0);
  return leads > 0 && text.length < 60 && kind === 'text' ? 1 + nearness : 0;
}

import type { Illustrator } from '../../core/ports.ts';
import { cardTextOf } from './card-text.ts';
import { cardTree } from './card-tree.ts';
import { chartOf } from './chart-of.ts';
import { drawCard, refuseUnshaped, requireDrawing } from './draw-card.ts';

/** Gives each post a card: its title, the name of the site, and a chart or a figure that its source states. Throws `CONFIG_INVALID`. */
export function openCards({ siteName }: { readonly siteName: string | undefined }): Illustrator {
  requireDrawing();
  return {
    async illustrate(checked, signal) {
      signal.throwIfAborted();
      const { articles, lang } = checked.draft.brief;
      const chart = chartOf(articles, checked.facts ?? [], lang);
      const words = cardTextOf(checked, siteName);
      const tree = cardTree(words, chart);
      refuseUnshaped(tree);
      return { bytes: await drawCard(tree), extension: 'png', alt: altOf(words.title, chart, words.figure?.value) };
    },
  };
}

/** What the card shows, for those who do not see it. */
function altOf(title: string, chart: ReturnType<typeof chartOf>, figure: string | undefined): string {
  if (chart !== undefined)
    return `${title}. ${chart.caption}: ${chart.rows.map(({ label, written }) => `${label} ${written}`).join(', ')} (${chart.source})`;
  return figure === undefined ? title : `${title}: ${figure}`;
}

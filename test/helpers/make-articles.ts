import { html, type SiteHandler } from './test-site.ts';

/** An article of its own for each number: other words, other figures, so that none is a near copy of another. */
export function makeArticle(seed: number, { sentences = 24 }: { readonly sentences?: number } = {}): string {
  const next = randomOf(seed);
  const words = Array.from({ length: 160 }, () => makeWord(next));
  const pick = () => words[Math.floor(next() * words.length)] ?? 'word';
  const sentence = () => {
    const count = 9 + Math.floor(next() * 8);
    const text = Array.from({ length: count }, pick).join(' ');
    const figure = next() < 0.4 ? ` by ${10 + Math.floor(next() * 900)} percent` : '';
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}${figure}.`;
  };
  const paragraphs = Array.from(
    { length: Math.ceil(sentences / 4) },
    () => `<p>${Array.from({ length: 4 }, sentence).join(' ')}</p>`,
  );
  const middle = Math.floor(paragraphs.length / 2);
  const title = `${pick()} ${pick()} number ${seed}`;
  return `<!doctype html><html lang="en"><head><title>${title}</title><meta property="og:title" content="${title}"></head>
<body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${paragraphs.slice(0, middle).join('\n')}<h2>${pick()} ${pick()}</h2>${paragraphs.slice(middle).join('\n')}</article><footer>© Test</footer></body></html>`;
}

export function articleRoutes(count: number, from = 1, delayMs = 0): Record<string, SiteHandler> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `/article-${from + index}`,
      html(makeArticle(from + index), { delayMs }),
    ]),
  );
}

function makeWord(next: () => number): string {
  const syllables = 2 + Math.floor(next() * 2);
  return Array.from(
    { length: syllables },
    () => `${'bcdfghklmnprstvz'.charAt(Math.floor(next() * 16))}${'aeiou'.charAt(Math.floor(next() * 5))}`,
  ).join('');
}

/** mulberry32: small, seeded, the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

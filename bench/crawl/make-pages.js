/** Believable HTML pages of 60 to 120 kB, the same ones every time. */

const WORDS =
  'market report council river engine garden signal forecast harbour student railway museum climate battery orchard village senate archive lantern voyage bakery factory canyon festival measure surgeon pilot harvest library coastline theatre budget compass glacier workshop stadium chapter verdict mineral satellite pasture bridge'.split(
    ' ',
  );
const VERBS =
  'opened changed followed reached described measured built carried left joined found crossed raised answered repaired'.split(
    ' ',
  );

/** Mulberry32: small, seeded, good enough for text. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function makePage(number) {
  const random = seeded(number + 1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const sentence = () => {
    const words = Array.from({ length: 8 + Math.floor(random() * 14) }, (_, at) =>
      at % 5 === 2 ? pick(VERBS) : pick(WORDS),
    );
    return `The ${words.join(' ')} ${1900 + Math.floor(random() * 125)}.`;
  };
  const paragraph = () =>
    `<p class="article__text">${Array.from({ length: 3 + Math.floor(random() * 4) }, sentence).join(' ')} <a href="/topic/${pick(WORDS)}">${pick(WORDS)}</a></p>`;
  const title = `${pick(WORDS)} and ${pick(WORDS)}, part ${number}`;
  const link = (kind) =>
    `<li class="${kind}__item"><a class="${kind}__link" href="/${kind}/${pick(WORDS)}-${Math.floor(random() * 1e6)}" data-track="${kind}">${sentence().slice(0, 60)}</a></li>`;
  const card = () =>
    `<div class="card card--related"><div class="card__media"><img loading="lazy" src="/img/${Math.floor(random() * 1e6)}.jpg" alt="${pick(WORDS)}" width="320" height="180"></div><h3 class="card__title"><a href="/story/${Math.floor(random() * 1e6)}">${sentence().slice(0, 70)}</a></h3><span class="card__meta">${1 + Math.floor(random() * 20)} min</span></div>`;
  const repeat = (count, make) => Array.from({ length: count }, make).join('\n');
  const head = `<meta charset="utf-8"><title>${title} | Daily ${pick(WORDS)}</title><meta name="description" content="${sentence()}"><meta property="og:title" content="${title}"><script type="application/ld+json">{"@type":"NewsArticle","headline":"${title}","datePublished":"2025-03-${String(1 + (number % 28)).padStart(2, '0')}","author":{"@type":"Person","name":"Ada ${pick(WORDS)}"}}</script><style>${repeat(60, () => `.${pick(WORDS)}-${Math.floor(random() * 999)}{margin:${Math.floor(random() * 40)}px;color:#${Math.floor(random() * 4096).toString(16)}}`)}</style>`;
  const target = 60_000 + Math.floor(random() * 60_000);
  const article = repeat(14 + Math.floor(random() * 25), (_, at) =>
    at % 6 === 5 ? `<h2>${sentence().slice(0, 50)}</h2>${paragraph()}` : paragraph(),
  );
  const frame = (filler) =>
    `<!doctype html><html lang="en"><head>${head}</head><body><header class="site"><nav><ul class="nav">${repeat(60, () => link('nav'))}</ul></nav></header><div class="cookie-banner" role="dialog"><p>We use cookies to improve your visit.</p><button>Accept</button></div><main><article><h1>${title}</h1><p class="byline">By Ada ${pick(WORDS)}</p>${article}</article><aside class="sidebar"><ul>${repeat(40, () => link('side'))}</ul></aside></main><section class="related">${repeat(30, card)}</section>${filler}<footer><ul>${repeat(50, () => link('foot'))}</ul></footer></body></html>`;
  const missing = Math.max(0, target - frame('').length);
  const script = `<script>window.__STATE__=${JSON.stringify(Array.from({ length: Math.ceil(missing / 2 / 70) }, () => sentence().slice(0, 66)))}</script>`;
  const comments = `<section class="comments"><ol>${repeat(Math.ceil(missing / 2 / 160), () => `<li class="comment"><b class="comment__name">${pick(WORDS)}</b><div class="comment__body"><p>${sentence()}</p></div></li>`)}</ol></section>`;
  return frame(script + comments);
}

// Hostile pages by number: the same seed gives the same 200 pages. A page is ordinary prose and one repeated piece in one place.

/** Pieces that are repeated; `#` becomes a number that grows. */
const PIECES = [
  'a', '가', ' ', '\n', '.', '"', "'", '[', '](', '![', '[a](', '**a', '*a ', '_a_', '`a', '~~', '<', '&lt;a ', '&amp;', '&#x41;',
  '((', '“', '”a', '« ', '1,', '1.', '1 May 2026 ', '12:30:', '€5 ', '% ', '10^', 'https://', 'a@b.', '/*', '*/', '{a:', '};', '\u200b', 'a\u0301', '\u202e',
  'DEPARTMENT OF ', 'By and ', 'a-', 'a | ', '\t', 'ab\u00ad', '🏳️‍🌈', '٣', '一二三', 'ก', '# ', '> ', '- ', '| a ', '---\n', '```\n', 'a: b\n', '1) ', '[^1]: ', '$x$ ',
  '<b>', '</b>', '<b><i>a', '<p>', '<div>', '</div></p>', '<span class="c#">a</span>', '<a href="/p/#">a</a>', '<a href="', '<img src="/i/#.jpg">', '<td>a', '<tr><td>a<td rowspan=900>b',
  '<li>a', '<ul><li>a', '<blockquote>a', '<pre>a</pre>', '<code>a</code> ', '<sup>6</sup>', '<math><mi>a', '<svg><g>', '<table><tr><td>a', '<h2>a</h2>', '<h2>a<a href="#a">#</a></h2>', '<br>', '<hr>a', '<font>',
  '<time datetime="2026-05-01">a</time>', '<noscript><p>', '<template><p>a', '<select><option>', '<form><input>', '<button aria-controls="a#">a?</button>', '<iframe src="/f#">', '<object>', '<video src="/v#">', '<dl><dt>a<dd>b', '<details><summary>a', '<div hidden>a</div>', '<div class="ad">a</div>', '<span style="display:none">a', '<p data-a#=1>a', '<!-- ', '<![CDATA[', '<?a ',
]; // biome-ignore format: a table

/** Where the pieces stand, in a page whose text is `prose`. */
const PLACES = {
  paragraph: (pieces, prose) => `${prose}<p>${pieces}</p>`,
  'before the text': (pieces, prose) => `<div>${pieces}</div>${prose}`,
  'in one bold word': (pieces, prose) => `${prose}<p>a<b>${pieces}</b>b</p>`,
  'in a list': (pieces, prose) => `${prose}<ul><li>${pieces}</li></ul>`,
  'in a cell': (pieces, prose) => `${prose}<table><tr><td>1</td><td>${pieces}</td></tr></table>`,
  'in code': (pieces, prose) => `${prose}<pre><code>${pieces}</code></pre>`,
  'in a heading': (pieces, prose) => `${prose}<h2>${pieces}</h2>`,
  'in a title': (pieces, prose) => `<title>${pieces}</title>${prose}`,
  'in a style': (pieces, prose) => `${prose}<p style="${pieces.replaceAll('"', '')}">x</p>`,
  'in a class': (pieces, prose) => `${prose}<p class="${pieces.replaceAll('"', '')}">x</p>`,
  'in an address': (pieces, prose) => `${prose}<p><a href="${pieces.replaceAll('"', '')}">x</a></p>`,
  'in a description': (pieces, prose) => `<meta name="description" content="${pieces.replaceAll('"', '')}">${prose}`,
  'in an author': (pieces, prose) => `<meta name="author" content="${pieces.replaceAll('"', '')}">${prose}`,
  'in JSON-LD': (pieces, prose) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'Article', headline: 'The quiet ferry', articleBody: pieces }).replaceAll('</', '<\\/')}</script>${prose}`,
  'as JSON-LD': (pieces, prose) =>
    `<script type="application/ld+json">[${pieces.replaceAll('</', '')}</script>${prose}`,
  'in a script': (pieces, prose) =>
    `<script id="__NEXT_DATA__" type="application/json">{"a":"${pieces.replaceAll('</', '')}"}</script>${prose}`,
  'as plain text': (pieces, prose) => `${prose.replace(/<[^>]+>/g, '\n')}\n${pieces}`,
  'as Markdown': (pieces, prose) => `# The quiet ferry\n\n${prose.replace(/<[^>]+>/g, '\n\n')}\n\n${pieces}`,
};

/** Numbers from 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the pages are, without their text: each piece in a place of its own, sizes from `least` to `most` bytes, evenly on a logarithmic scale. */
export function planPages({ count, seed, least, most }) {
  const random = seeded(seed);
  const places = Object.keys(PLACES);
  const taken = new Set();
  return Array.from({ length: count }, (_, index) => {
    for (;;) {
      const piece = PIECES[Math.floor(random() * PIECES.length)];
      const place = places[Math.floor(random() * places.length)];
      const name = `${JSON.stringify(piece)} ${place}`;
      if (taken.has(name)) continue;
      taken.add(name);
      const bytes = Math.round(least * (most / least) ** random());
      return { index, name, piece, place, bytes };
    }
  });
}

export function hostilePage({ index, piece, place, bytes }) {
  const length = Buffer.byteLength(piece);
  const count = Math.max(1, Math.floor((bytes - 1200) / length));
  const pieces =
    piece.includes('#') && piece.length > 2
      ? Array.from({ length: count }, (_, number) => piece.replace('#', String(number % 9999)))
          .join('')
          .slice(0, bytes)
      : piece.repeat(count);
  const type =
    place === 'as plain text' ? 'text/plain' : place === 'as Markdown' ? 'text/markdown' : 'text/html; charset=utf-8';
  const body = PLACES[place](pieces, prose(index));
  return { type, body: type.startsWith('text/html') ? `<html lang="en"><body>${body}` : body };
}

const WORDS =
  'ferry island harbour crew battery morning water ship quay window night engine county people gull passage tower charge metre winter road house garden letter market river bridge field stone light paper school street corner table answer season price report member system number result question market plan'.split(
    ' ',
  );

/** Sentences by number. */
function speaker(number) {
  const random = seeded(number);
  const word = () => WORDS[Math.floor(random() * WORDS.length)];
  const sentence = () => {
    const text = Array.from({ length: 8 + Math.floor(random() * 12) }, word).join(' ');
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  };
  return { word, sentence };
}

/** What makes each hostile page an article of its own. */
function prose(index) {
  const { word, sentence } = speaker(index + 7001);
  const paragraphs = Array.from({ length: 6 }, () => `<p>${sentence()} ${sentence()} ${sentence()}</p>`);
  return `<h1>The ${word()} ${word()} of ${word()} ${index}</h1>${paragraphs.join('')}`;
}

/** An ordinary page of that size: chapters with headings, paragraphs, links, a list and a picture now and then. */
export function ordinaryPage({ index, bytes }) {
  const { word, sentence } = speaker(index + 1);
  const parts = [];
  for (let size = 0; size < bytes; ) {
    const paragraphs = Array.from(
      { length: 4 },
      () => `<p>${Array.from({ length: 4 }, sentence).join(' ')} <a href="/${word()}">${word()}</a></p>`,
    );
    const part = `<h2>${sentence()}</h2>${paragraphs.join('\n')}<ul><li>${sentence()}</li><li>${sentence()}</li></ul><img src="/${word()}.jpg" alt="${word()}">\n`;
    parts.push(part);
    size += part.length;
  }
  return {
    type: 'text/html; charset=utf-8',
    body: `<html lang="en"><head><title>The ${word()} ${word()} of ${index}</title></head><body><article><h1>The ${word()} ${word()} ${index}</h1>${parts.join('')}</article></body></html>`,
  };
}

/** Pages that try to keep a reader busy: each grows with the wanted number of characters. */

const repeat = (text: string, size: number): string => text.repeat(Math.max(1, Math.floor(size / text.length)));
const numbered = (size: number, make: (index: number) => string): string => {
  const count = Math.max(1, Math.floor(size / (make(1000).length + 2)));
  return Array.from({ length: count }, (_, index) => make(index)).join('');
};
const json = (text: string): string => `<script type="application/ld+json">${text}</script>`;
const HEAD =
  '<html lang="en"><h1>The quiet ferry</h1><p>The ferry runs on batteries since the spring, says the crew.</p>';

const PAGE = `${HEAD}<article>${'<p>The crew says that it is quiet, and that the gulls come closer to the rail of the boat now.</p>'.repeat(9)}</article>`;

export const HOSTILE_PAGES: Readonly<Record<string, (size: number) => string>> = {
  'comments in a style that open again': (size) => `${HEAD}<p style="${repeat('/*a', size)}">x</p>`,
  'a style with an unclosed comment': (size) => `${HEAD}<p style="color:red;/*${repeat('*a', size)}">x</p>`,
  'a style of brackets': (size) => `${HEAD}<p style="background:${repeat('url(', size)}">x</p>`,
  'a style of declarations': (size) => `${HEAD}<p style="${repeat('color:red;', size)}">x</p>`,
  'a style of spaces': (size) => `${HEAD}<p style="font:${repeat(' ', size)}x">x</p>`,
  'many attributes': (size) => `${HEAD}<p ${numbered(size, (index) => `data-a${index}=1 `)}>x</p>`,
  'many attributes of a picture': (size) =>
    `${HEAD}<img ${numbered(size, (index) => `data-src${index}="/i/${index}.jpg" `)}>`,
  'a long class': (size) => `${HEAD}<p class="${repeat('d-none-x hidden-md-y ', size)}">x</p>`,
  'a class without spaces': (size) => `${HEAD}<p class="${repeat('sr-onl', size)}">x</p>`,
  'an unclosed comment': (size) => `${HEAD}<!-- ${repeat('-- ', size)}`,
  'an unclosed tag': (size) => `${HEAD}<p ${repeat('<a ', size)}`,
  'open brackets': (size) => `${HEAD}<p>${repeat('[', size)}</p>`,
  'open angles': (size) => `${HEAD}<p>${repeat('&lt;a ', size)}</p>`,
  'stars and words': (size) => `${HEAD}<p><b>${repeat('**a ', size)}</b></p>`,
  'closing signs in bold': (size) => `${HEAD}<p>a<b>${repeat(')', size)}</b>b</p>`,
  'marks of a line start': (size) => `${HEAD}<p>${repeat('1<br>', size)}</p>`,
  'spaces in a text': (size) => `${HEAD}<p>a${repeat(' ', size)}b</p>`,
  'spaces and lines in code': (size) => `${HEAD}<pre>a${repeat(' \n', size)}b</pre>`,
  backticks: (size) => `${HEAD}<pre>${repeat('`` ` ', size)}</pre>`,
  'numbers in code': (size) => `${HEAD}<pre>${numbered(size, (index) => `<span class="n">${index}</span>\n`)}</pre>`,
  'many small listings': (size) => `${HEAD}${repeat('<div><pre>a</pre></div>', size)}`,
  'listings in a cell': (size) =>
    `${HEAD}<table><tr><td>1 2 3</td><td>${repeat('<pre>a</pre>', size)}</td></tr></table>`,
  'rows of cells': (size) => `${HEAD}<table>${repeat('<tr><td>a</td><td rowspan=2000>b</td></tr>', size)}</table>`,
  'a wide table': (size) => `${HEAD}<table><tr>${repeat('<td colspan=40>a</td>', size)}</tr></table>`,
  'lists in lists': (size) => `${HEAD}${repeat('<ul><li>a', size)}`,
  'lists directly in lists': (size) => `${HEAD}<ol>${repeat('<li>a</li><ol><li>b</li></ol>', size)}</ol>`,
  'nested elements': (size) => `${HEAD}${repeat('<div>', size)}x`,
  'nested quotations': (size) => `${HEAD}${repeat('<blockquote>a', size)}x`,
  'nested formatting': (size) => `${HEAD}<p>${repeat('<b><i>a', size)}</p>`,
  'wrongly nested formatting': (size) => `${HEAD}<p>${repeat('<b><p>a</b>', size)}</p>`,
  'end tags of nothing': (size) => `${HEAD}<p>${repeat('</b></td></x>', size)}`,
  'powers in a row': (size) => `${HEAD}<p>${repeat('10<sup>6</sup>', size)}</p>`,
  'boxes in a row': (size) => `${HEAD}<p>${repeat('<span class="c">1</span>', size)}</p>`,
  'links in a row': (size) => `${HEAD}<p>${numbered(size, (index) => `<a href="/p/${index}">a</a>`)}</p>`,
  'marks of notes': (size) => `${HEAD}<p>${repeat('a<a href="#n">1</a>', size)}</p>`,
  headings: (size) => `${HEAD}${repeat('<h2>a<a href="#a">#</a></h2>', size)}`,
  'links in a heading': (size) => `${HEAD}<h2>${repeat('<span><a href="#a">b</a></span>', size)}</h2>`,
  buttons: (size) => `${HEAD}${repeat('<button aria-controls="a">What is it?</button>', size)}`,
  'copies for screen readers': (size) =>
    `${HEAD}<p>${repeat('<span class="sr-only">a</span><span aria-hidden="true">a</span>', size)}</p>`,
  formulas: (size) => `${HEAD}<p>${repeat('<math><mi>a</mi></math>', size)}</p>`,
  'nested formulas': (size) => `${HEAD}<p>${repeat('<math><msup>', size)}</p>`,
  'pictures in noscript': (size) =>
    `${HEAD}${repeat('<img src="data:,"><noscript><img src="/a.jpg"></noscript>', size)}`,
  'hidden parts': (size) => `${HEAD}${repeat('<div hidden><p>a</p></div>', size)}`,
  'boxes of comments': (size) =>
    `${PAGE}${repeat('<div class="comments"><p>A remark. And then another.</p></div>', size)}`,
  'comments in comments': (size) => `${PAGE}${repeat('<div class="comments"><p>A remark.</p>', size)}`,
  'forms for an address': (size) =>
    `${PAGE}${repeat('<form action="/newsletter"><p>Join us</p><input type="email"></form>', size)}`,
  'rows of cards': (size) =>
    `${PAGE}${repeat(`<div>${'<div class="card"><a href="/x">A title of another page</a></div>'.repeat(3)}</div>`, size)}`,
  'siblings of one kind': (size) => `${PAGE}<div>${repeat('<p class="a">b</p>', size)}</div>`,
  dates: (size) => `${HEAD}${repeat('<time datetime="2026-05-01">1 May 2026</time>', size)}`,
  'dates in a text': (size) => `${HEAD}<p class="date">${repeat('1 May 2026 ', size)}</p>`,
  'dates in the head': (size) => `${repeat('<meta name="date" content="1.1.1.1.1.1.">', size)}${HEAD}`,
  bylines: (size) => `${HEAD}${repeat('<a rel="author">By Ann and and and</a>', size)}`,
  'a long author': (size) => `<meta name="author" content="${repeat('By by By , and ', size)}">${HEAD}`,
  'a long title': (size) => `<title>${repeat('a | b - ', size)}</title>${HEAD}`,
  'a title of capitals': (size) => `<title>${repeat('DEPARTMENT OF ', size)}</title>${HEAD}`,
  'a long language': (size) => `<html lang="${repeat('en-', size)}">${HEAD}`,
  'a body in JSON-LD': (size) =>
    `${json(JSON.stringify({ '@type': 'Article', articleBody: repeat('<p <', size) }))}${HEAD}`,
  'an array in JSON-LD': (size) => `${json(`[${repeat('{"@type":"Article"},', size)}0]`)}${HEAD}`,
  'a nested array in JSON-LD': (size) => `${json(repeat('[', size))}${HEAD}`,
  'a graph in JSON-LD': (size) =>
    `${json(`{"@graph":[${repeat('{"@type":"Article","author":[{"name":"a"}]},', size)}{}]}`)}${HEAD}`,
  'broken JSON-LD': (size) => `${json(`{"a":"${repeat(',\n ', size)}`)}${HEAD}`,
  'many scripts of JSON-LD': (size) => `${repeat(json('{"@type":"Article","headline":"a"}'), size)}${HEAD}`,
  'entities in JSON-LD': (size) =>
    `${json(JSON.stringify({ '@type': 'Article', headline: repeat('&amp;', size) }))}${HEAD}`,
  'one word': (size) => `${HEAD}<p>${repeat('a', size)}</p>`,
  'one Korean word': (size) => `${HEAD}<p>${repeat('가', size)}</p>`,
  'invisible characters': (size) => `${HEAD}<p>${repeat('a\u200b\u200d', size)}</p>`,
};

/** Markdown and plain text of the same intent. */
export const HOSTILE_TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'open brackets': (size) => repeat('[', size),
  'open pictures': (size) => repeat('![', size),
  'links that do not end': (size) => repeat('[a](', size),
  'brackets and links': (size) => repeat('[a](b [', size),
  stars: (size) => repeat('*a ', size),
  'stars without space': (size) => repeat('**a', size),
  backticks: (size) => repeat('`a', size),
  fences: (size) => repeat('```\n', size),
  'signs of headings': (size) => `# ${repeat('# ', size)}`,
  'open front matter': (size) => `---\n${repeat('a: b\n', size)}`,
  'front matter of brackets': (size) =>
    `---\ntitle: ${repeat('[', Math.min(size, 19_000))}\n---\n${repeat('a ', size)}`,
  'front matter of anchors': (size) =>
    `---\n${repeat('a: &a [*a,*a]\n', Math.min(size, 19_000))}---\n${repeat('a ', size)}`,
  'front matter of dashes': (size) => `---\na:\n  ${repeat('- ', Math.min(size, 19_000))}\n---\n${repeat('a ', size)}`,
  'front matter of question marks': (size) =>
    `---\n${repeat('? ', Math.min(size, 19_000))}\n---\n${repeat('a ', size)}`,
  'TOML without values': (size) => `+++\n${repeat('a = "', size)}`,
  tags: (size) => repeat('<h1 ', size),
  'spaces at line ends': (size) => `a${repeat(' ', size)}\n=`,
  underlines: (size) => repeat('a\n===\n', size),
};

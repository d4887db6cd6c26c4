import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

test.each([
  ['<p style="font-size: 1em">SEEN</p>'],
  ['<p style="font-size:1rem;line-height:1.5">SEEN</p>'],
  ['<p style="font: 400 1rem/1.5 serif">SEEN</p>'],
  ['<p style="font-size:100%">SEEN</p>'],
  ['<div style="font-size:0"><span style="font-size:16px">SEEN</span></div>'],
  ['<div style="visibility:hidden"><p style="visibility:visible">SEEN</p></div>'],
  ['<div class="d-none d-md-block"><p>SEEN</p></div>'],
  ['<div class="hidden lg:flex"><p>SEEN</p></div>'],
  ['<div class="hidden-xs"><p>SEEN</p></div>'],
  ['<div class="is-hidden-mobile"><p>SEEN</p></div>'],
  ['<div class="dn db-l"><p>SEEN</p></div>'],
  ['<div class="uk-visible@m"><p>SEEN</p></div>'],
  ['<div class="d-print-none"><p>SEEN</p></div>'],
  ['<div class="max-md:hidden"><p>SEEN</p></div>'],
  [
    '<h2 style="background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent">SEEN</h2>',
  ],
  ['<h2 style="background-clip:text;color:transparent;background-image:url(a.png)">SEEN</h2>'],
  ['<p style="width:1em">SEEN</p>'],
  ['<p style="font-size:calc(1rem + 2px)">SEEN</p>'],
  ['<p style="width:calc(100% - 149px);overflow:hidden">SEEN</p>'],
  ['<div style="height:0;padding-bottom:56%;overflow:hidden"><p>SEEN</p></div>'],
  ['<div style="opacity:0;transform:translateY(20px)"><p>SEEN</p></div>'],
  ['<p style="color:#fff;background:#000">SEEN</p>'],
  ['<p style="color:white" class="badge">SEEN</p>'],
  ['<p style="margin-left:-20px">SEEN</p>'],
  ['<p style="content:\'display:none\'">SEEN</p>'],
  ['<p style="/*display:none*/">SEEN</p>'],
  ['<p style="background:url(data:image/png;display:none)">SEEN</p>'],
  ['<details><summary>More</summary><p>SEEN</p></details>'],
  ['<h3><button aria-controls="a1">Can I come?</button></h3><div id="a1" hidden><p>SEEN</p></div>'],
  ['<a data-toggle="collapse" href="#c1">More</a><div id="c1" style="display:none"><p>SEEN</p></div>'],
  [
    '<button role="tab" aria-controls="t2">Second of the tabs</button><div role="tabpanel" id="t2" class="hidden"><p>SEEN</p></div>',
  ],
  ['<div hidden="until-found"><p>SEEN</p></div>'],
  ['<ul role="tablist"><li role="tab">npm</li></ul><div role="tabpanel" hidden><p>SEEN</p></div>'],
  ['<p><span aria-hidden="true">S</span>EEN</p>'],
  ['<p><span aria-hidden="true">S</span><span class="screen-reader-text">S</span>EEN</p>'],
  ['<p><span class="visually-hidden">SEEN</span><span aria-hidden="true"><b>S</b>EEN</span></p>'],
  ['<div hidden id="S:1"><p>SEEN</p></div>'],
])('what a browser shows is read: %s', (html) => {
  const { text } = rendered(`<article>${html}<p>Other text.</p></article>`);

  expect(text.match(/SEEN/g)).toEqual(['SEEN']);
});

test.each([
  ['<p style="display:none">PAYLOAD</p>'],
  ['<p style="display:block;display:none">PAYLOAD</p>'],
  ['<p style="display:none!important;display:block">PAYLOAD</p>'],
  ['<p style="DISPLAY : NONE">PAYLOAD</p>'],
  ['<p style="font-size:0">PAYLOAD</p>'],
  ['<p style="font-size:.01em">PAYLOAD</p>'],
  ['<p style="font-size:calc(0px)">PAYLOAD</p>'],
  ['<p style="font-size:calc(16px - 1rem)">PAYLOAD</p>'],
  ['<p style="font-size:calc(1px / 4)">PAYLOAD</p>'],
  ['<p style="font-size:1px">PAYLOAD</p>'],
  ['<p style="font:0/0 a">PAYLOAD</p>'],
  ['<div style="font-size:0"><span style="font-size:2em">PAYLOAD</span></div>'],
  ['<p style="visibility:hidden">PAYLOAD</p>'],
  ['<p style="opacity:0">PAYLOAD</p>'],
  ['<p style="opacity:0.001">PAYLOAD</p>'],
  ['<p style="color:transparent">PAYLOAD</p>'],
  ['<p style="color:#ffff;background:#fff">PAYLOAD</p>'],
  ['<p style="color:rgb(255,255,255);background-color:white">PAYLOAD</p>'],
  ['<div style="background:#fff"><p style="color:white">PAYLOAD</p></div>'],
  ['<p style="position:absolute;left:-9999px">PAYLOAD</p>'],
  ['<p style="text-indent:-100em">PAYLOAD</p>'],
  ['<p style="position:absolute;clip:rect(0 0 0 0)">PAYLOAD</p>'],
  ['<p style="clip-path:inset(50%)">PAYLOAD</p>'],
  ['<p style="height:0;overflow:hidden">PAYLOAD</p>'],
  ['<p style="width:1px;height:1px;overflow:hidden">PAYLOAD</p>'],
  ['<p style="transform:scale(0)">PAYLOAD</p>'],
  ['<div class="d-none">PAYLOAD</div>'],
  ['<div class="d-block d-md-none">PAYLOAD</div>'],
  ['<div class="md:hidden">PAYLOAD</div>'],
  ['<div class="visible-xs">PAYLOAD</div>'],
  ['<div class="d-none d-print-block">PAYLOAD</div>'],
  ['<div class="uk-hidden@m">PAYLOAD</div>'],
  ['<span class="sr-only">PAYLOAD</span>'],
  ['<span class="sr-only">PAYLOAD</span><span aria-hidden="true">seen</span>'],
  ['<span data-copy="seen" class="sr-only">PAYLOAD</span>'],
  ['<div hidden id="x">PAYLOAD</div><button aria-controls="x">Late</button>'],
  ['<button aria-controls="m" aria-haspopup="true">Menu</button><div id="m" hidden>PAYLOAD</div>'],
  ['<i class="material-icons" aria-hidden="true">payload</i>'],
  ['<template>PAYLOAD</template>'],
  ['<div role="tabpanel" hidden>PAYLOAD</div>'],
  ['<ul role="tablist"><li role="tab">a</li></ul><div role="tabpanel"></div><div role="tabpanel" hidden>PAYLOAD</div>'],
  ['<dialog>PAYLOAD</dialog>'],
])('what a browser does not show is not read: %s', (html) => {
  expect(JSON.stringify(rendered(`<article><p>Other text.</p>${html}</article>`))).not.toMatch(/PAYLOAD|payload/);
});

const PROSE =
  'The ferry between the two islands runs on batteries since the spring, and the crew says that the quiet took some getting used to. '.repeat(
    4,
  );

test.each([
  ['hidden until a script shows it', `<div id="js_content" style="visibility:hidden;opacity:0"><p>${PROSE}</p></div>`],
  ['faded in', `<main style="opacity:0"><p>${PROSE}</p></main>`],
  ['displayed by a script', `<div style="display:none"><p>${PROSE}</p></div>`],
  ['in noscript', `<div id="app"></div><noscript><div><p>${PROSE}</p></div></noscript>`],
  ['hidden for screen readers behind a dialog', `<div aria-hidden="true"><p>${PROSE}</p></div>`],
  ['in a body without visibility', `<body style="visibility:hidden"><p>${PROSE}</p></body>`],
])('a page whose whole text is %s is read', (_name, html) => {
  expect(rendered(`<nav><a href="/">Home</a></nav>${html}`).text).toContain('took some getting used to');
});

test('a hidden part beside a text stays hidden, however long', () => {
  const { text } = rendered(
    `<p>${PROSE}</p><div style="display:none"><p>${'PAYLOAD and more of it. '.repeat(30)}</p></div><noscript><p>Please enable JavaScript in order to see the map.</p></noscript>`,
  );

  expect(text).not.toMatch(/PAYLOAD|JavaScript/);
});

test.each([
  ['<h2>Lines<a class="headerlink" href="#lines" title="Permalink">¶</a></h2>'],
  ['<h2><a href="#lines" class="anchor">#</a> Lines</h2>'],
  ['<h2>Lines <a href="#lines"><span>Copy link</span></a></h2>'],
  ['<h2>Lines <button>링크 복사</button></h2>'],
  ['<h2><a href="#lines">Lines</a></h2>'],
  [
    '<h2 class="share hidden-costs"><span class="mw-headline">Lines</span><span class="mw-editsection">[<a href="/w?title=A&amp;action=edit&amp;section=2">편집</a>]</span></h2>',
  ],
  [
    '<div class="mw-heading"><h2>Lines</h2><span class="mw-editsection">[<a href="/w?action=edit&amp;section=1">edit</a> | <a href="/w?veaction=edit">edit source</a>]</span></div>',
  ],
  ['<h2>Lines<div class="header-anchor-parent"><button aria-label="Link"><svg></svg></button></div></h2>'],
  ['<h2>Lines <a href="https://git.example/docs/edit/main/a.md">✎</a></h2>'],
  ['<h2 id="s1">Lines<a href="#s1">#s1</a></h2>'],
  ['<section id="s1"><h2>Lines <a href="#s1">Link to this heading</a></h2></section>'],
  ['<h2>Lines <a href="#top">Back to top</a></h2>'],
])('a heading is its words: %s', (html) => {
  expect(rendered(`<p>Before.</p>${html}<p>After.</p>`).markdown).toBe('Before.\n\n## Lines\n\nAfter.');
});

test.each([
  ['<section id="method.len"><h2>fn <a href="#method.len">len</a>(&amp;self)</h2></section>', 'fn len(&self)'],
  ['<section id="type.Item"><h2>type <a href="#type.Item">Item</a></h2></section>', 'type Item'],
  ['<h2 id="f">The <a href="#forms.Form"><code>Form</code></a> class<a href="#f">¶</a></h2>', 'The Form class'],
  ['<h2><span>1. </span><a class="toc-backref" href="#id3">Berths</a></h2>', '1. Berths'],
  ['<h2>Rules (see <a href="#s5">section 5</a>)</h2>', 'Rules (see section 5)'],
])('a link among the words of a heading is one of them: %s', (html, words) => {
  expect(rendered(html).text).toBe(words);
});

const ANSWER = '<p>Forty euros a night in summer, and half of it in winter.</p>';

test.each([
  [
    'a tab around a heading',
    `<div role="tab"><h4><a role="button" href="#a">What is a berth?</a></h4></div><div>${ANSWER}</div>`,
  ],
  ['a button around a heading', `<button><h4>What is a berth?</h4></button><div>${ANSWER}</div>`],
  ['a button above its answer', `<div><button><span>What is a berth?</span></button><div>${ANSWER}</div></div>`],
  ['a button in a box above its answer', `<div><div><button>What is a berth?</button></div><div>${ANSWER}</div></div>`],
])('a question stays above its answer: %s', (_name, html) => {
  expect(rendered(html).markdown).toMatch(/^#{2,4} What is a berth\?\n\nForty euros/);
});

test.each([
  ['a menu', `<nav><button>Need a berth now?</button><div>${ANSWER}</div></nav>`],
  ['a form', `<form><button>Need a berth now?</button><div>${ANSWER}</div></form>`],
  ['a label', `<div><button>Show more</button><div>${ANSWER}</div></div>`],
])('a button of %s is no question', (_name, html) => {
  expect(rendered(html).text).toBe('Forty euros a night in summer, and half of it in winter.');
});

test('a card that can be pressed is its text', () => {
  const card = `<div role="button" tabindex="0"><p>${PROSE}</p></div>`;
  expect(rendered(`<p>Before.</p>${card}`).text).toContain('took some getting used to');
});

test.each([
  [
    '<div><button aria-expanded="true" aria-controls="p0">Can I bring a bicycle?</button><div id="p0"><p>Yes, in the bow.</p></div></div>',
    '## Can I bring a bicycle?\n\nYes, in the bow.',
  ],
  [
    '<div><button data-bs-target="#p1">환불은 어떻게 받나요?</button><div id="p1"><p>창구에서 받는다.</p></div></div>',
    '## 환불은 어떻게 받나요?\n\n창구에서 받는다.',
  ],
  ['<dl><dt><button>Lee</button></dt><dd>Without wind.</dd></dl>', '**Lee**\n\nWithout wind.'],
  ['<details><summary>What is in the box?</summary><p>A rope.</p></details>', '**What is in the box?**\n\nA rope.'],
  ['<p>Press the red <button>Save</button> button.</p>', 'Press the red Save button.'],
  ['<p>Text.</p><button>Subscribe now for free</button>', 'Text.'],
  ['<nav><button aria-expanded="false">Show me the menu</button></nav><p>Text.</p>', 'Text.'],
])('a button is read where it is text: %s', (html, markdown) => {
  expect(rendered(html).markdown).toBe(markdown);
});

test.each([
  [
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="The quiet ferry"></iframe>',
    '[The quiet ferry](https://www.youtube.com/watch?v=dQw4w9WgXcQ)',
  ],
  ['<iframe data-src="//player.vimeo.com/video/12345"></iframe>', '[vimeo.com](https://vimeo.com/12345)'],
  ['<iframe src="https://tv.naver.com/embed/9876" title="영상"></iframe>', '[영상](https://tv.naver.com/v/9876)'],
  ['<lite-youtube videoid="dQw4w9WgXcQ"></lite-youtube>', '[youtube.com](https://www.youtube.com/watch?v=dQw4w9WgXcQ)'],
  ['<video controls><source src="/v/tide.mp4"></video>', '[tide.mp4](https://example.org/v/tide.mp4)'],
  ['<iframe src="https://ads.example/frame?x=1"></iframe>', ''],
  ['<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" width="1" height="1"></iframe>', ''],
])('a player is a link to what it plays: %s', (html, markdown) => {
  expect(rendered(`<p>Text.</p>${html}`).markdown).toBe(markdown === '' ? 'Text.' : `Text.\n\n${markdown}`);
});

test.each([
  ['<img alt="p" src="data:image/gif;base64,R0" data-src="/i/1.jpg">'],
  ['<img alt="p" src="/ph/1x1.png" data-original-src="/i/1.jpg">'],
  ['<img alt="p" src="/ph/loading.gif" data-orig-file="/i/1.jpg">'],
  ['<img alt="p" src="data:image/svg+xml;utf8,x" data-actualsrc="/i/1.jpg">'],
  ['<img alt="p" src="/ph/grey.svg" data-lazy="/i/1.jpg"><noscript><img alt="p" src="/i/1.jpg"></noscript>'],
  ['<img alt="p" src="data:image/gif;base64,R0"><noscript><img alt="p" src="/i/1.jpg"></noscript>'],
  ['<img alt="p" srcset="/i/1-small.jpg 400w, /i/1.jpg 1600w">'],
  ['<picture><source srcset="/i/1@small.webp 1x, /i/1.jpg 2x"><img alt="p"></picture>'],
  ['<amp-img alt="p" src="/i/1.jpg" width="10"></amp-img>'],
  ['<img alt="p" class="lazyload" data-srcset="/i/1-s.jpg 300w, /i/1.jpg 900w">'],
  ['<img alt="p" src="/i/1.jpg">'],
  ['<img alt="p" src="data:image/gif;base64,R0" data-src="/i/{width}.jpg" data-widths="[1, 4000]">'],
  ['<img alt="p" src="data:image/gif;base64,R0" data-src="/i/{w}.jpg"><noscript><img src="/i/1.jpg"></noscript>'],
])('a picture has its real address: %s', (html) => {
  expect(rendered(`<p>Text.</p>${html}`).markdown).toBe('Text.\n\n![p](https://example.org/i/1.jpg)');
});

test.each([
  [
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E = mc^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">E=mc2</span></span>',
  ],
  ['<math alttext="E = mc^2"><mi>E</mi><mo>=</mo><mi>m</mi></math>'],
  ['<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>', '$E = m c^2$'],
  [
    '<span class="MathJax_Preview">E=mc2</span><span class="MathJax">E=mc2</span><script type="math/tex">E = mc^2</script>',
  ],
  [
    '<img class="mwe-math-fallback-image-inline" aria-hidden="true" src="/math/render/svg/1" alt="{\\displaystyle E = mc^2}">',
  ],
  ['<img src="https://www.zhihu.com/equation?tex=E%3Dmc%5E2" alt="E = mc^2" eeimg="1">'],
  ['<img class="latex" src="https://s0.wp.com/latex.php?latex=E" alt="E = mc^2">'],
  [
    '<mjx-container><svg></svg><mjx-assistive-mml><math><mi>E</mi><mo>=</mo><msup><mi>mc</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container>',
    '$E = {mc}^2$',
  ],
  ['<math><mfrac><mn>1</mn><mrow><mn>2</mn><mi>n</mi></mrow></mfrac></math>', '$\\frac{1}{2 n}$'],
])('a formula is there once, as TeX: %s', (html, tex = '$E = mc^2$') => {
  expect(rendered(`<p>So ${html} holds.</p>`).markdown).toBe(`So ${tex} holds.`);
});

test.each([
  ['<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>は'],
  ['<ruby>\n<rb>東</rb>\n <rt>とう</rt>\n <rb>京</rb>\n <rt>きょう</rt>\n</ruby>は'],
  ['<ruby><rb>東</rb><rb>京</rb><rt>とう</rt><rt>きょう</rt></ruby>は'],
  ['<ruby><rb><img class="gaiji" src="/7.gif" alt="東"></rb><rt>とう</rt></ruby>京は'],
])('readings of ruby do not become a part of the word: %s', (html) => {
  expect(rendered(`<p>${html}</p>`).text).toBe('東京は');
});

test.each([
  ['二つの島を\n結ぶ船', '二つの島を結ぶ船'],
  ['二つの島を\n  <b>結ぶ</b>\n船、\n「静か」', '二つの島を結ぶ船、「静か」'],
  ['两座岛屿\n和 2026\n年', '两座岛屿和 2026 年'],
  ['두 섬을\n잇는 배', '두 섬을 잇는 배'],
  ['two\nislands', 'two islands'],
  ['島 と 島', '島 と 島'],
])('a line end in a source is a space where the script writes spaces: %j', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['髙<img src="/g.png" alt="﨑">さん', '髙﨑さん'],
  ['the sign <img src="/g.png" alt="﨑"> alone', 'the sign  alone'],
])('the picture of a rare character in a word is that character: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test('a picture in the form of a title stays a picture', () => {
  expect(rendered('<h2><img src="/t.png" alt="The old pier"></h2><p>A.</p>').markdown).toBe(
    '![The old pier](https://example.org/t.png)\n\nA.',
  );
});

test('300 levels deep, headings and lists are what they are', () => {
  const deep = `${'<div>'.repeat(600)}<p>One.</p><h2>Two</h2><ul><li>three</li></ul>${'</div>'.repeat(600)}<p>End.</p>`;
  expect(rendered(deep).markdown).toBe('One.\n\n## Two\n\n- three\n\nEnd.');
});

test('the end of a very long page is not lost', () => {
  const law = Array.from(
    { length: 9_000 },
    (_, index) =>
      `<p><a name="p${index}"></a><b>Art. ${index}</b> <i>The</i> <span>law</span> <em>of</em> <span>${index}</span></p>`,
  ).join('');
  const { markdown } = rendered(`${law}<h2>End</h2><p>Here ends the law.</p>`);
  expect(markdown.endsWith('## End\n\nHere ends the law.')).toBe(true);
  expect(markdown).toContain('law of 8999\n\n');
});

test.each([
  ['<d-math>\\lambda_i = 2</d-math>', '$\\lambda_i = 2$'],
  [
    '<inline-formula><tex-math>\\documentclass{article} \\begin{document} $x_1$ \\end{document}</tex-math></inline-formula>',
    '$x_1$',
  ],
])('an element whose text is TeX is a formula: %s', (html, tex) => {
  expect(rendered(`<p>So ${html} holds.</p>`).markdown.replaceAll('$$', '$')).toBe(
    `So ${tex.replaceAll('$$', '$')} holds.`,
  );
});

test.each([
  ['<img class="emoji" alt="😀" src="/72x72/1f600.png">', '😀'],
  ['<img class="wp-smiley" alt="👩‍🚀" src="/e.svg">', '👩‍🚀'],
  ['<img alt="🇰🇷" src="/flag.png">', '🇰🇷'],
  ['<img alt="👍🏽" src="/e.png">', '👍🏽'],
  ['<img alt="1️⃣" src="/e.png">', '1️⃣'],
  ['<img alt="❤️" src="/e.png">', '❤️'],
])('the picture of an emoji is that character: %s', (image, sign) => {
  expect(rendered(`<p>She laughed ${image} and left.</p>`).markdown).toBe(`She laughed ${sign} and left.`);
});

test.each(['1', '#', '42', 'A', '', 'Smile 😀 now'])('a picture with another alternative text stays one: %j', (alt) => {
  expect(rendered(`<p>See <img alt="${alt}" src="/a.png"> here.</p>`).markdown).toContain('/a.png');
});

test.each([
  ['<div role="heading" aria-level="3">Part</div>', '### Part'],
  ['<div role="heading">Part</div>', '## Part'],
  ['<p role="heading" aria-level="2"><b>Part</b></p>', '## Part'],
  ['<span role="heading" aria-level="9">Part</span>', '## Part'],
  ['<h4 role="heading" aria-level="2">Part</h4>', '### Part'],
])('what is called a heading is one: %s', (html, markdown) => {
  expect(rendered(`<h2>Whole</h2><p>Text.</p>${html}<p>Text.</p>`).markdown).toBe(
    `## Whole\n\nText.\n\n${markdown}\n\nText.`,
  );
});

test.each([
  ['<dl><dt>sail()<a class="headerlink" href="#sail">¶</a></dt><dd>It sails.</dd></dl>'],
  ['<figure><figcaption>sail() <a href="#f1" title="Link">#</a></figcaption></figure><p>It sails.</p>'],
  ['<p id="a">sail() <a href="#a">🔗</a> It sails.</p>'],
  ['<p id="a">sail()<a href="#a">\u200b</a> It sails.</p>'],
])('a sign that leads to its own place is not read: %s', (html) => {
  const { text } = rendered(html);
  expect(text).not.toMatch(/[¶#🔗\u200b]/u);
  expect(text).toContain('It sails.');
});

test('other signs that are links stay', () => {
  expect(rendered('<p>See <a href="/c">#</a> and <a href="#x">§ 5</a>.</p>').text).toBe('See # and § 5.');
});

test.each([
  ['<div style="white-space: pre-wrap">Dear Ann,\nwe came.\n\nBo</div>', 'Dear Ann,\\\nwe came.\n\nBo'],
  ['<p style="color:red;white-space:pre-line">\n  one\n  two\n</p>', 'one\\\ntwo'],
  ['<div class="text whitespace-pre-line">one\r\ntwo</div>', 'one\\\ntwo'],
  ['<p style="white-space:pre-wrap">a <b>b\nc</b> d</p>', 'a **b**\\\n**c** d'],
  ['<p style="white-space: nowrap">one\ntwo</p>', 'one two'],
  ['<p style="white-space: normal">one\ntwo</p>', 'one two'],
])('line breaks that a style shows are kept: %s', (html, markdown) => {
  expect(rendered(html).markdown).toBe(markdown);
});

test.each([
  ['<td>One.<br><br>Two.<br>Three.</td>', 'One.\n\nTwo.\\\nThree.'],
  ['<font>One.<br>&nbsp;<br>Two.</font>', 'One.\n\nTwo.'],
  ['<p>One.<br> <br><br>\n<br>Two.</p>', 'One.\n\nTwo.'],
  ['<p><b>One.<br><br>Two.</b></p>', '**One.**\n\n**Two.**'],
])('two line breaks part paragraphs: %s', (html, markdown) => {
  expect(rendered(html.startsWith('<td') ? `<table><tr>${html}</tr></table>` : html).markdown).toBe(markdown);
});

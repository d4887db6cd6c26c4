import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

test.each([
  ['10<sup>6</sup> times', '10⁶ times'],
  ['4 × 10<sup>9</sup> joules', '4 × 10⁹ joules'],
  ['3 × 10<sup>−4</sup> grams', '3 × 10⁻⁴ grams'],
  ['6.02 × 10<sup><small>23</small></sup> mol<sup>-1</sup>', '6.02 × 10²³ mol⁻¹'],
  ['10<b><sup>12</sup></b> bytes', '10¹² bytes'],
  ['only 2<sup>80</sup> keys', 'only 2⁸⁰ keys'],
  ['5 m<sup>2</sup> of paint', '5 m² of paint'],
  ['120 km<sup>2</sup>', '120 km²'],
  ['9.8 m s<sup>-2</sup>', '9.8 m s⁻²'],
  ['x<sup>2</sup> + y<sup>2</sup>', 'x² + y²'],
  ['e<sup>x</sup>', 'e^x'],
  ['2<sup>n</sup> paths', '2^n paths'],
  ['x<sup>n+1</sup>', 'x^(n+1)'],
  ['sin<sup>2</sup> x', 'sin² x'],
  ['(a + b)<sup>2</sup>', '(a + b)²'],
  ['<sup>14</sup>C dating', '¹⁴C dating'],
  ['R<sup>2</sup> = 0.9', 'R² = 0.9'],
  ['1.05<sup>10</sup>', '1.05¹⁰'],
  ['CO<sub>2</sub> and H<sub>2</sub>O', 'CO2 and H2O'],
  ['C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>', 'C6H12O6'],
  ['1011<sub>2</sub> is 11', '1011₂ is 11'],
  ['v<sub>max</sub> = 4', 'v_max = 4'],
  ['a<sub>n+1</sub>', 'a_(n+1)'],
  ['log<sub>2</sub>8 is 3, log<sub>10</sub> n', 'log₂8 is 3, log₁₀ n'],
  ['Na<sup>+</sup>, Ca<sup>2+</sup>, SO<sub>4</sub><sup>2−</sup>', 'Na⁺, Ca²⁺, SO4²⁻'],
  ['10<span style="vertical-align: super; font-size: smaller">6</span> times', '10⁶ times'],
  ['10<span style="position:relative;top:-0.4em;font-size:.7em">3</span> m', '10³ m'],
  ['10<small style="vertical-align:35%;font-size:60%">9</small>', '10⁹'],
  ['1011<span style="vertical-align:sub">2</span>', '1011₂'],
  ['2<span class="superscript">80</span> keys', '2⁸⁰ keys'],
])('a power or an index keeps its meaning: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['the 1<sup>st</sup> of May', 'the 1st of May'],
  ['the 22<sup>nd</sup> boat', 'the 22nd boat'],
  ['le 1<sup>er</sup> mai, XX<sup>e</sup> siècle', 'le 1er mai, XXe siècle'],
  ['la 3<sup>ª</sup> vez', 'la 3ª vez'],
  ['M<sup>me</sup> Arden', 'Mme Arden'],
  ['Brand<sup>TM</sup> lamp', 'Brand™ lamp'],
  ['Brand<sup>®</sup> lamp', 'Brand® lamp'],
  ['20<sup>o</sup>C', '20°C'],
])('an ending is written on the line: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['1<sup>1</sup>/<sub>2</sub> cups', '1½ cups'],
  ['<sup>3</sup>⁄<sub>4</sub> cup', '¾ cup'],
  ['2 <sup>7</sup>/<sub>16</sub> in', '2 7/16 in'],
  ['2<sup>7</sup>⁄<sub>16</sub> in', '2 7/16 in'],
  [
    '<span class="sfrac"><span class="num">22</span><span class="sr-only">/</span><span class="den">7</span></span>',
    '22/7',
  ],
  [
    '<span class="frac">2<span class="sr-only">+</span><span class="num">1</span>⁄<span class="den">2</span></span>',
    '2+1⁄2',
  ],
])('a fraction is a fraction: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['$12<sup>99</sup>', '$12.99'],
  ['<span>$</span><span>1,299</span><sup>99</sup>', '$1,299.99'],
  ['£4<sup>50</sup> each', '£4.50 each'],
  ['12<sup>99</sup> €', '12,99 €'],
  ['1.299<sup>00</sup> €', '1.299,00 €'],
  [
    '<span class="a-offscreen sr-only">$12.99</span><span aria-hidden="true"><span>$</span><span>12</span><sup>99</sup></span>',
    '$12.99',
  ],
  ['<span>12<span>.</span></span><span>99</span>', '12.99'],
  ['$<span>12</span><span class="visually-hidden">.</span><sup>99</sup>', '$12.99'],
  ['<s>40</s>30 kg', '40 30 kg'],
  ['It weighs <s>40</s>30 kg.', 'It weighs 40 30 kg.'],
  ['<s>₩12,000</s>₩9,900', '₩12,000 ₩9,900'],
  ['<del>12</del><ins>15</ins> euros', '12 15 euros'],
  ['1<span style="margin-left:.25em">234</span><span style="margin-left:.25em">567</span> km', '1 234 567 km'],
  ['<span style="float:left;margin-right:.3em">M</span>ister 12', 'Mister 12'],
  ['wo<span style="margin-left:1px">rd</span>', 'word'],
])('a price keeps its cents apart: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['40<a class="footnote-anchor" href="#footnote-1">1</a> percent', '40 percent'],
  ['52 decibels<sup id="fnref:3"><a href="#fn:3">3</a></sup> in', '52 decibels in'],
  [
    'said so.<sup class="reference" id="cite_ref-1"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup> Later',
    'said so. Later',
  ],
  ['in 2021<a href="#_ftn2" name="_ftnref2"><sup>[2]</sup></a>.', 'in 2021.'],
  ['the end<a role="doc-noteref" href="#n1"><sup>1</sup></a>', 'the end'],
  ['12 percent<sup>3</sup> of', '12 percent[3] of'],
  ['in 2019<sup>4</sup>, says', 'in 2019[4], says'],
  ['300,000<sup>5</sup> on', '300,000[5] on'],
  ['배터리<sup>1</sup>로', '배터리[1]로'],
  ['quiet.”<sup>7</sup> Then', 'quiet.”[7] Then'],
  ['the boat<sup>*</sup> sails', 'the boat* sails'],
  ['as said<sup><a href="https://example.org/source">12</a></sup>', 'as said[12]'],
  ['about 40<sup>1,2</sup> of them', 'about 40[1,2] of them'],
  ['in 20<sup>12–14</sup> towns', 'in 20[12–14] towns'],
  ['of 30<sup><a href="#r14">14</a>–<a href="#r16">16</a></sup>.', 'of 30.'],
  ['x<sup>3-5</sup>', 'x^(3-5)'],
  ['in 2019<span style="vertical-align:super"><a href="#fn4">4</a></span>, says', 'in 2019, says'],
  ['in 2019 <sup><a href="#_ftn1">[1]</a></sup>, says', 'in 2019, says'],
  ['in 2019<span class="footnote-ref" id="fnref:1"><a href="#fn:1">1</a></span>, says', 'in 2019, says'],
  ['in 2019<label class="footref" for="fn.1">1</label>, says', 'in 2019, says'],
  ['studies [<span><a href="#ref1">1</a></span>-<span><a href="#ref3">3</a></span>] say', 'studies [1-3] say'],
  ['in 2019<span class="inline-footnote">1<span style="display:none">By May.</span></span>, says', 'in 2019, says'],
  ['<span>^ <a href="#r2a"><sup>a</sup></a> <a href="#r2b"><sup>b</sup></a></span> Smith, 2020', 'Smith, 2020'],
])('the mark of a note never becomes a digit: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

const NOTE = 'Some say that it was nine.';

test.each([
  [`<span class="sidenote"><span class="sidenote-number">1. </span>${NOTE}</span>`],
  [
    `<label for="sn" class="margin-toggle"></label><input type="checkbox" id="sn"><small class="marginnote">${NOTE}</small>`,
  ],
  [
    `<span class="ltx_note"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag">1</span>${NOTE}</span></span></span>`,
  ],
])('a note that stands beside the text is set apart in it: %s', (note) => {
  expect(rendered(`<p>Eight boats${note} sailed.</p>`).text).toBe(`Eight boats (${NOTE}) sailed.`);
});

test.each([
  ['<span class="k">Weight</span><span class="v">1.2 kg</span>', 'Weight 1.2 kg'],
  ['<span>Seats</span><b>96</b>', 'Seats 96'],
  ['Sizes: <span class="chip">S</span><span class="chip">M</span><span class="chip">L</span>', 'Sizes: S M L'],
  ['<a href="/x">Boats</a><a href="/y">Piers</a>', 'Boats Piers'],
  ['<kbd>Ctrl</kbd><kbd>C</kbd>', 'Ctrl C'],
  ['<span class="tag">boats</span><span class="tag">ferries</span>', 'boats ferries'],
  ['<span>조용한</span><span>여객선</span>', '조용한 여객선'],
  ['<span>12</span><span>34</span>', '12 34'],
  ['<b>Weight:</b><span>1.2 kg</span>', 'Weight: 1.2 kg'],
  ['<span>12:</span><span>30</span>', '12:30'],
  ['<span class="label">Note</span><span>Never plug it in at 400 V.</span>', 'Note Never plug it in at 400 V.'],
  ['<span class="label">참고</span><span>밤에만 충전한다.</span>', '참고 밤에만 충전한다.'],
  ['<span class="tag">船</span><span class="tag">港</span>', '船 港'],
  ['<span style="display:block">One</span><span style="display:block">Two</span>', 'One\n\nTwo'],
])('boxes that touch are not glued: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['<span class="dropcap">M</span>ister Arden', 'Mister Arden'],
  ['the <b>Java</b><i>Script</i> file', 'the JavaScript file'],
  ['un<em>believ</em>able', 'unbelievable'],
  ['<span>H</span><span>e</span><span>l</span><span>l</span><span>o</span>', 'Hello'],
  ['super<wbr>cali', 'supercali'],
  ['<code><span>tide</span><span>2</span></code>', 'tide2'],
  [
    '<span class="c0">In 20</span><span class="c0 c1">26 the price was </span><span class="c0">$1</span><span class="c0">2.50.</span>',
    'In 2026 the price was $12.50.',
  ],
  ['<span>Speed: 1</span><span>4 knots</span>', 'Speed: 14 knots'],
  [
    '<span class="se-fs-">두 섬을 잇는 여</span><span class="se-fs- se-b">객선</span><span class="se-fs-">은 조용하다.</span>',
    '두 섬을 잇는 여객선은 조용하다.',
  ],
  ['<span>배터리</span><span>는</span> <b>4,300</b><b>kWh</b>이다.', '배터리는 4,300kWh이다.'],
  ['<span>连接两座</span><span>岛屿</span><span>的渡轮</span>', '连接两座岛屿的渡轮'],
  ['<a href="/a">電池</a><a href="/b">連絡船</a>が走る', '電池連絡船が走る'],
])('words in several elements stay words: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test.each([
  ['<span style="text-decoration: line-through;">80€</span> 70€', '~~80€~~ 70€'],
  ['<b style="text-decoration-line:line-through">80€</b> 70€', '~~80€~~ 70€'],
  ['<span class="price line-through">₩12,000</span><span>₩9,900</span>', '~~₩12,000~~ ₩9,900'],
  ['<span style="text-decoration:underline">80€</span> 70€', '80€ 70€'],
])('what a style strikes out is struck out: %s', (html, markdown) => {
  expect(rendered(`<p>${html}</p>`).markdown).toBe(markdown);
});

test('a style strikes out whole blocks', () => {
  const html = '<ul><li style="text-decoration:line-through">Buy rope</li><li>Sail</li></ul>';
  expect(rendered(`${html}<p style="text-decoration:line-through">Old <a href="/b">plan</a></p>`).markdown).toBe(
    '- ~~Buy rope~~\n- Sail\n\n~~Old~~ [~~plan~~](https://example.org/b)',
  );
});

test.each([
  [
    '<span class="elementor-counter-number" data-duration="2000" data-to-value="4500" data-from-value="0">0</span>+',
    '4500+',
  ],
  ['<span class="counter" data-target="98">0</span>%', '98%'],
  ['<b class="stat-number" data-count="1,250">0</b> trips', '1,250 trips'],
  ['<span data-end-value="3.5">$0</span> m', '$3.5 m'],
  ['<span class="n" data-id="17">0</span> fires', '0 fires'],
  ['<span class="votes" data-value="17">0</span> votes', '0 votes'],
  ['<span class="counter" data-duration="2000">0</span> fires', '0 fires'],
  ['<span class="counter" data-target="98">97</span>%', '97%'],
])('a figure that a script counts up to is there: %s', (html, text) => {
  expect(rendered(`<p>${html}</p>`).text).toBe(text);
});

test('stars that count are read, signs for the eye only are not', () => {
  const sign = (text: string) => `<p>Rating <span aria-hidden="true">${text}</span>here</p>`;
  expect(rendered(sign('★★★★☆')).text).toBe('Rating ★★★★☆here');
  expect(rendered(sign('→')).text).toBe('Rating here');
});

import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

test.each([
  ['WeChat', '<span data-formula="v = \\frac{s}{t}"><svg><g></g></svg></span>'],
  [
    'Gemini, whose drawing is in the page',
    '<span class="math-inline" data-math="v = \\frac{s}{t}"><span class="katex"><span class="katex-html" aria-hidden="true"><span>v</span><span>=</span><span>s</span><span>t</span></span></span></span>',
  ],
  ['Zhihu', '<span class="ztext-math" data-tex="v = \\frac{s}{t}">v = \\frac{s}{t}</span>'],
  [
    'Temml',
    '<span class="hurmet-tex" data-entry="v = \\frac{s}{t}"><math><mi>v</mi><mo>=</mo><mfrac><mi>s</mi><mi>t</mi></mfrac></math></span>',
  ],
  [
    'MathJax 4',
    '<mjx-container class="MathJax"><mjx-math data-latex="v = \\frac{s}{t}"><mjx-mi data-latex="v"><mjx-c>v</mjx-c></mjx-mi></mjx-math></mjx-container>',
  ],
  [
    'Canvas',
    '<img class="equation_image" alt="LaTeX: v = \\frac{s}{t}" data-equation-content="v = \\frac{s}{t}" src="/e/1">',
  ],
  ['a picture with TeX as its text', '<img src="/e/1.svg" alt="v = \\frac{s}{t}">'],
  ['a service that draws its address', '<img src="https://tex.example/svg.image?v%20=%20%5Cfrac%7Bs%7D%7Bt%7D">'],
  [
    'a service with a parameter',
    '<img alt="" src="https://chart.example/chart?cht=tx&chl=v%20%3D%20%5Cfrac%7Bs%7D%7Bt%7D">',
  ],
])('the source of a formula is read from %s', (_name, formula) => {
  expect(rendered(`<p>The speed ${formula} is constant.</p>`).markdown).toBe(
    'The speed $v = \\frac{s}{t}$ is constant.',
  );
});

test.each([
  [
    'a picture in a folder of Windows',
    '<img alt="C:\\Users\\pier" src="/a.jpg">',
    '![C:\\\\Users\\\\pier](https://example.org/a.jpg)',
  ],
  ['the number of a formula', '<span data-formula="12">(12)</span>', '(12)'],
  ['data of a script', '<span data-math=\'{"display":true}\'>(12)</span>', '(12)'],
  ['a word', '<span data-latex="inline">(12)</span>', '(12)'],
])('%s is no formula', (_name, html, shown) => {
  expect(rendered(`<p>It is ${html} here.</p>`).markdown).toBe(`It is ${shown} here.`);
});

test.each([
  ['a vector', '<mover><mi>F</mi><mo>→</mo></mover>', '\\vec{F}'],
  ['a mean', '<mover accent="true"><mi>x</mi><mo>¯</mo></mover>', '\\bar{x}'],
  ['an estimate', '<mover><mi>x</mi><mo>^</mo></mover>', '\\hat{x}'],
  ['a line over two letters', '<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>‾</mo></mover>', '\\overline{A B}'],
  ['an enclosed sum', '<menclose notation="box"><mi>a</mi><mo>+</mo><mi>b</mi></menclose>', '\\boxed{a + b}'],
  ['fences', '<mfenced open="[" close="]"><mi>x</mi><mi>y</mi></mfenced>', '[x, y]'],
  ['words', '<mi>x</mi><mtext> if </mtext><mi>y</mi>', 'x \\text{ if } y'],
  ['what is not seen', '<mi>x</mi><mphantom><mi>y</mi></mphantom>', 'x'],
  [
    'a matrix',
    '<mo>(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo>)</mo>',
    '( \\begin{matrix} a & b \\\\ c & d \\end{matrix} )',
  ],
  [
    'a numbered equation',
    '<mtable><mlabeledtr><mtd><mtext>(7)</mtext></mtd><mtd><mi>a</mi><mo>=</mo><mi>b</mi></mtd></mlabeledtr></mtable>',
    'a = b \\tag{7}',
  ],
])('MathML becomes TeX: %s', (_name, inner, tex) => {
  expect(rendered(`<p>Here <math>${inner}</math> ends.</p>`).markdown).toBe(`Here $${tex}$ ends.`);
});

const FRACTION =
  '<mjx-mfrac><mjx-frac><mjx-num><mjx-mn><mjx-c class="mjx-c31"></mjx-c></mjx-mn></mjx-num><mjx-dbox><mjx-dtable><mjx-line></mjx-line><mjx-row><mjx-den><mjx-mi><mjx-c class="mjx-c1D45B TEX-I"></mjx-c></mjx-mi></mjx-den></mjx-row></mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac>';
const SUM =
  '<mjx-munderover><mjx-over><mjx-mi><mjx-c>n</mjx-c></mjx-mi></mjx-over><mjx-box><mjx-munder><mjx-row><mjx-base><mjx-mo><mjx-c>∑</mjx-c></mjx-mo></mjx-base></mjx-row><mjx-row><mjx-under><mjx-mi><mjx-c>i</mjx-c></mjx-mi></mjx-under></mjx-row></mjx-munder></mjx-box></mjx-munderover>';
const INDEXED =
  '<mjx-msubsup><mjx-mi><mjx-c>x</mjx-c></mjx-mi><mjx-script><mjx-mn><mjx-c>2</mjx-c></mjx-mn><mjx-spacer></mjx-spacer><mjx-mi><mjx-c>i</mjx-c></mjx-mi></mjx-script></mjx-msubsup>';

test('a drawing of MathJax without its source is read back', () => {
  const { markdown } = rendered(
    `<p>It is <mjx-container jax="CHTML"><mjx-math>${FRACTION}${SUM}${INDEXED}</mjx-math></mjx-container> here.</p>`,
  );

  expect(markdown).toBe('It is $\\frac{1}{n} ∑_i^n x_i^2$ here.');
});

const SCRIPT = '<script src="https://cdn.example/mathjax/tex-chtml.js"></script>';

test.each([
  ['brackets', 'Here \\(v = \\frac{s}{t}\\) ends.', 'Here $v = \\frac{s}{t}$ ends.'],
  ['double dollars', 'Here $$v = \\frac{s}{t}$$ ends.', 'Here $$v = \\frac{s}{t}$$ ends.'],
  ['a price', 'It costs $5 or $6 here.', 'It costs $5 or $6 here.'],
  ['code', 'Write <code>\\(x_1\\)</code> here.', 'Write `\\(x_1\\)` here.'],
])('delimiters that a script of the page reads are formulas: %s', (_name, html, shown) => {
  expect(rendered(`${SCRIPT}<p>${html}</p>`).markdown).toBe(shown);
});

test('single dollars are formulas where the page says so', () => {
  const html = `<script>MathJax = { tex: { inlineMath: [['$', '$'], ['\\\\(', '\\\\)']] } }</script>${SCRIPT}<p>Let $x_1$ be 5 and $y$ be 6.</p>`;

  expect(rendered(html).text).toBe('Let x_1 be 5 and y be 6.');
  expect(rendered(html.replace(/<script>[^<]*<\/script>/, '')).text).toBe('Let $x_1$ be 5 and $y$ be 6.');
});

test('without such a script the text is what it says', () => {
  expect(rendered('<p>Here \\(x\\) ends.</p>').text).toBe('Here \\(x\\) ends.');
});

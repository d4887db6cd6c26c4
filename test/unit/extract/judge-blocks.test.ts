import { expect, test } from 'vitest';
import { readDocument } from '../../../src/stages/extract/document/read-document.ts';
import { chooseBlocks } from '../../../src/stages/extract/judge/choice/choose-blocks.ts';
import { chooseThreshold } from '../../../src/stages/extract/judge/choice/threshold.ts';
import { measureLine } from '../../../src/stages/extract/judge/line.ts';
import { readOutline } from '../../../src/stages/extract/judge/outline.ts';
import { sumTrees, unpackTrees } from '../../../src/stages/extract/judge/trees.ts';
import { keepOnly } from '../../../src/stages/extract/keep-only.ts';

const outlineOf = (html: string) => readOutline(readDocument(html, 'https://example.org/').document.body);
const linesOf = (html: string) => outlineOf(html).blocks.map(({ text }) => text);

test.each([
  ['paragraphs', '<p>One <b>two</b></p><p>Three</p>', ['One two', 'Three']],
  ['two line breaks part, one does not', 'One<br>two<br><br>Three', ['One two', 'Three']],
  [
    'a row of short cells is one block',
    '<table><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>',
    ['A 1', 'B 2'],
  ],
  ['code is one block', '<pre>let a;\n\nlet b;</pre>', ['let a; let b;']],
  ['text without a word is none', '<p>***</p><p>One</p><div>|</div>', ['One']],
])('cuts a page into blocks: %s', (_case, html, lines) => {
  expect(linesOf(html)).toEqual(lines);
});

test.each([
  ['A plain sentence, with a comma.', { words: 6, sentenceEnds: 1, commas: 1 }],
  ['Version 1.5 costs 3.20', { sentenceEnds: 0, digits: 5 }],
  ['会议结束了。大家都走了。', { sentenceEnds: 2, wide: 10 }],
  ['Home | News | Sport', { words: 3, separators: 2 }],
])('measures the line %s', (text, facts) => {
  expect(measureLine(text)).toMatchObject(facts);
});

/** Keeps by chances, given in the order of the blocks. */
function kept(html: string, chances: readonly number[]): string[] {
  const outline = outlineOf(html);
  const choice = chooseBlocks(outline, chances);
  return outline.blocks.filter((_, index) => choice[index] === true).map(({ text }) => text);
}

const P = `<p>${'A sentence of the article. '.repeat(5)}</p>`;
const TEXT = 'A sentence of the article. '.repeat(5).trim();

test.each([
  ['a doubtful heading stays above kept text', `${P}<h2>Prices</h2>${P}`, [0.9, 0.15, 0.9], [TEXT, 'Prices', TEXT]],
  ['a likely heading after the last text goes', `${P}<h2>Related</h2>${P}`, [0.9, 0.6, 0.01], [TEXT]],
  ['a heading at the end announces nothing', `${P}<h2>More</h2>`, [0.9, 0.6], [TEXT]],
  [
    'a likely heading above what is left out stays within the text',
    `${P}<h2>Pictures</h2><ul><li>Share</li><li>Save</li></ul>${P}`,
    [0.9, 0.6, 0.01, 0.01, 0.9],
    [TEXT, 'Pictures', TEXT],
  ],
  [
    'a heading of a higher level stays above a kept one',
    `<h2>Part</h2><h3>Step</h3>${P}`,
    [0.2, 0.9, 0.9],
    ['Part', 'Step', TEXT],
  ],
  [
    'a list has no holes',
    '<ol><li>Preheat the oven.</li><li>Sign up.</li><li>Bake it for an hour.</li></ol>',
    [0.9, 0.1, 0.9],
    ['Preheat the oven.', 'Sign up.', 'Bake it for an hour.'],
  ],
  [
    'a list of two is whole',
    `${P}<ul><li>First</li><li>Second</li></ul>${P}`,
    [0.9, 0.2, 0.6, 0.9],
    [TEXT, 'First', 'Second', TEXT],
  ],
  [
    'what is surely not an item stays out',
    '<ul><li>First</li><li>Share</li><li>Last</li></ul>',
    [0.9, 0.01, 0.9],
    ['First', 'Last'],
  ],
  [
    'a quotation is whole',
    `${P}<blockquote><p>It has been so quiet today.</p><p>Ann Lee, captain</p></blockquote>${P}`,
    [0.9, 0.9, 0.2, 0.9],
    [TEXT, 'It has been so quiet today.', 'Ann Lee, captain', TEXT],
  ],
  [
    'a term stays with its definition',
    `<dl><dt>Lee</dt><dd>Side without wind</dd></dl>`,
    [0.3, 0.9],
    ['Lee', 'Side without wind'],
  ],
  [
    'a question stays above its answer',
    `<details><summary>What is in the box?</summary>${P}</details>`,
    [0.3, 0.9],
    ['What is in the box?', TEXT],
  ],
  [
    'the caption of a table stays',
    '<table><caption>Times</caption><tr><td>a</td><td>10</td></tr><tr><td>b</td><td>20</td></tr></table>',
    [0.2, 0.9, 0.9],
    ['Times', 'a 10', 'b 20'],
  ],
  [
    'steps in boxes that count are one list',
    '<section><div><div>1. Boats</div><div>2. Pick the boat</div></div><div><div>3. Cabin</div></div></section>',
    [0.3, 0.9, 0.1],
    ['1. Boats', '2. Pick the boat', '3. Cabin'],
  ],
  [
    'steps that count in fullwidth digits',
    '<div>１．門を開ける</div><div>２．料金を払う</div><div>３．船に乗る</div>',
    [0.9, 0.1, 0.9],
    ['１．門を開ける', '２．料金を払う', '３．船に乗る'],
  ],
  [
    'numbers that do not count up are no list',
    `<div>1. Boats</div><div>7. Other news</div><div>3. Share</div>`,
    [0.9, 0.1, 0.1],
    ['1. Boats'],
  ],
  [
    'a doubtful paragraph between kept ones stays',
    `${P}<p>The plan from 1931</p>${P}`,
    [0.9, 0.4, 0.9],
    [TEXT, 'The plan from 1931', TEXT],
  ],
  [
    'a doubtful link between kept paragraphs goes',
    `${P}<p><a href="/x">Read this too</a></p>${P}`,
    [0.9, 0.4, 0.9],
    [TEXT, TEXT],
  ],
  ['an advertisement between kept paragraphs goes', `${P}<p>Buy now</p>${P}`, [0.9, 0.1, 0.9], [TEXT, TEXT]],
  [
    'a doubtful box between two parts of a page goes',
    `<main><article><div><section>${P}</section></div></article></main><p>Other news</p><div><div><div><section>${P}</section></div></div></div>`,
    [0.9, 0.3, 0.9],
    [TEXT, TEXT],
  ],
  [
    'the last of a long row of like paragraphs stays',
    `<div>${Array.from({ length: 14 }, (_, index) => `<p>Article ${index} of the law</p>`).join('')}</div>`,
    [...Array.from({ length: 13 }, () => 0.9), 0.1],
    Array.from({ length: 14 }, (_, index) => `Article ${index} of the law`),
  ],
  [
    'rows of data stay together',
    '<table><tr><td>a</td><td>10</td></tr><tr><td>b</td><td>20</td></tr><tr><td>c</td><td>30</td></tr></table>',
    [0.9, 0.1, 0.9],
    ['a 10', 'b 20', 'c 30'],
  ],
])('chooses a text that hangs together: %s', (_case, html, chances, lines) => {
  expect(kept(html, chances)).toEqual(lines);
});

test('the threshold is near one half for a sure judge and lower for a doubtful one', () => {
  expect(chooseThreshold([0.99, 0.98, 0.01], [100, 100, 100])).toBeGreaterThan(0.45);
  expect(chooseThreshold([0.5, 0.4, 0.3], [100, 100, 100])).toBeLessThan(0.4);
});

test('keeps only the chosen blocks, their container and what stands between them', () => {
  const outline = outlineOf(
    '<body><nav>Menu</nav><div id="a"><p>One</p><p>***</p><p>Two</p><aside>Ad</aside><figure><img src="/x.jpg" alt="X"></figure></div><footer>End</footer></body>',
  );
  const choice = outline.blocks.map(({ text }) => text === 'One' || text === 'Two');

  const root = keepOnly(outline, choice);

  expect(root?.id).toBe('a');
  expect(root?.textContent).toBe('One***Two');
  expect(root?.getElementsByTagName('img')).toHaveLength(1);
});

test('a picture in the text stays without its caption and has it as its title', () => {
  const outline = outlineOf(
    '<body><div><p>One</p><figure><img src="/x.jpg" alt="X"><figcaption>The pier in May</figcaption></figure><p>Two</p></div><figure><img src="/y.jpg"><figcaption>Other</figcaption></figure></body>',
  );
  const root = keepOnly(
    outline,
    outline.blocks.map(({ text }) => text === 'One' || text === 'Two'),
  );

  expect(root?.textContent).toBe('OneTwo');
  const pictures = root?.getElementsByTagName('img') ?? [];
  expect(pictures.map((picture) => [picture.src, picture.getAttribute('data-caption')])).toEqual([
    ['/x.jpg', 'The pier in May'],
  ]);
});

test('a list stays a list when all that is kept stands in it', () => {
  const outline = outlineOf('<body><div><ul><li>One</li><li>Two</li></ul></div><p>Other</p></body>');

  expect(keepOnly(outline, [true, true, false])?.getElementsByTagName('ul')).toHaveLength(1);
});

test('trees are stored and read back', () => {
  const model = unpackTrees({
    bias: 0.5,
    thresholds: [[1, 2], [10]],
    nodes: [[0, 1, 1, -1, 1, 0, -2, -3], []],
    leaves: [[100, -200, 300], [1000]],
  });

  expect(sumTrees(model, Float32Array.from([3, 0]), 0)).toBeCloseTo(0.5 + 0.1 + 1);
  expect(sumTrees(model, Float32Array.from([2, 10]), 0)).toBeCloseTo(0.5 - 0.2 + 1);
  expect(sumTrees(model, Float32Array.from([2, 11]), 0)).toBeCloseTo(0.5 + 0.3 + 1);
});

test.each<readonly [string, number, number, boolean]>([
  ['between kept texts', 0.45, 0.9, true],
  ['doubtful between kept texts', 0.25, 0.9, true],
  ['that the judge is sure about', 0.1, 0.9, false],
  ['behind the last text', 0.25, 0.02, false],
])('a listing %s (%d)', (_name, chance, after, stays) => {
  const html = `<main>${P}<div class="example"><div class="frame"><pre>let a = 1;</pre></div></div><section>${P}</section></main>`;
  expect(kept(html, [0.95, chance, after]).includes('let a = 1;')).toBe(stays);
});

import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

test.each([
  ['reversed with a start', '<ol reversed start="7"><li>fog</li><li>ice</li></ol>', '7. fog\n6. ice'],
  ['reversed without a start', '<ol reversed><li>a</li><li>b</li><li>c</li></ol>', '3. a\n2. b\n1. c'],
  ['a start', '<ol start="5"><li>five</li><li>six</li></ol>', '5. five\n6. six'],
  ['a start of zero', '<ol start="0"><li>zero</li><li>one</li></ol>', '0. zero\n1. one'],
  [
    'values',
    '<ol><li value="3">three</li><li value="10">ten</li><li>eleven</li></ol>',
    '3. three\n10. ten\n11. eleven',
  ],
  [
    'reversed with a value',
    '<ol reversed><li>three</li><li value="9">nine</li><li>eight</li></ol>',
    '3. three\n9. nine\n8. eight',
  ],
  ['letters', '<ol type="a" start="2"><li>x</li><li>y</li></ol>', '- b. x\n- c. y'],
  ['letters by its style', '<ol style="list-style-type:lower-alpha"><li>x</li><li>y</li></ol>', '- a. x\n- b. y'],
  ['Roman numbers by its style', '<ol start="4" style="list-style:upper-roman inside"><li>x</li></ol>', '- IV. x'],
  [
    'Korean letters by its style',
    '<ol style="list-style-type:hangul"><li>배</li><li>섬</li></ol>',
    '- 가. 배\n- 나. 섬',
  ],
  [
    'no numbers by its style',
    '<ol style="list-style-type:none"><li>1.1 First</li><li>1.2 On</li></ol>',
    '- 1.1 First\n- 1.2 On',
  ],
  ['a style that is not known', '<ol style="list-style-type:tamil"><li>x</li></ol>', '1. x'],
  ['Roman numbers', '<ol type="I"><li>x</li><li>y</li></ol>', '- I. x\n- II. y'],
  ['a list in an item', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '- a\n  - b\n- c'],
  ['a list directly in a list', '<ul><li>a</li><ul><li>b</li><li>c</li></ul><li>d</li></ul>', '- a\n  - b\n  - c\n- d'],
  ['an ordered list directly in a bulleted one', '<ul><li>a</li><ol start="4"><li>b</li></ol></ul>', '- a\n  4. b'],
  ['a list that begins with a list', '<ol><ol><li>a</li></ol><li>b</li></ol>', '1. 1. a\n2. b'],
  [
    'tasks',
    '<ul><li><input type="checkbox" checked disabled> done</li><li><label><input type="checkbox"> open</label></li></ul>',
    '- [x] done\n- [ ] open',
  ],
  ['items without end tags', '<ol><li>one<li>two</ol>', '1. one\n2. two'],
])('a list with %s keeps its numbers and its levels', (_name, html, markdown) => {
  expect(rendered(html).markdown).toBe(markdown);
});

test('numbers that an author chose stand in the text, those that only count do not', () => {
  expect(rendered('<ol start="5"><li>close the gate</li></ol>').text).toBe('5. close the gate');
  expect(rendered('<ol><li>close the gate</li></ol>').text).toBe('close the gate');
});

test('each term stands above its definitions', () => {
  const { text, markdown } = rendered(
    '<dl><div><dt>Bollard</dt><dd>A post.</dd></div><dt>Lee</dt><dt>Leeward</dt><dd>Without wind.</dd></dl>',
  );
  expect(text).toBe('Bollard\n\nA post.\n\nLee\n\nLeeward\n\nWithout wind.');
  expect(markdown).toContain('**Bollard**\n\nA post.');
});

test.each([
  [
    'a list in a cell',
    '<tr><th>x</th><th>y</th></tr><tr><td><ul><li>storms</li><li>winter</li></ul></td><td>b</td></tr>',
    '| storms; winter | b |',
  ],
  ['line breaks', '<tr><th>x</th><th>y</th></tr><tr><td>12<br>34</td><td>b</td></tr>', '| 12 34 | b |'],
  ['paragraphs', '<tr><th>x</th><th>y</th></tr><tr><td><p>One.</p><p>Two</p></td><td>b</td></tr>', '| One. Two | b |'],
  [
    'a picture',
    '<tr><th>x</th><th>y</th></tr><tr><td><img src="/r.png" alt="red flag"></td><td>no boat</td></tr>',
    '| ![red flag](https://example.org/r.png) | no boat |',
  ],
  ['a pipe', '<tr><th>x</th><th>y</th></tr><tr><td>a|b</td><td>c</td></tr>', '| a\\|b | c |'],
  ['heads of rows', '<tr><th>Length</th><td>31 m</td></tr><tr><th>Seats</th><td>96</td></tr>', '| Seats | 96 |'],
  [
    'a head over two rows',
    '<tr><th>x</th><th>y</th></tr><tr><th rowspan="2">North</th><td>1</td></tr><tr><td>2</td></tr>',
    '| North | 2 |',
  ],
  [
    'a value for two rows',
    '<tr><th>Day</th><th>Boat</th><th>Price</th></tr><tr><td>Mon</td><td rowspan="2">Red</td><td rowspan="2">$5</td></tr><tr><td>Tue</td></tr>',
    '| Tue | Red | $5 |',
  ],
  [
    'a value for all further rows',
    '<tr><th>Day</th><th>Boat</th></tr><tr><td>Mon</td><td rowspan="0">Red</td></tr><tr><td>Tue</td></tr><tr><td>Wed</td></tr>',
    '| Wed | Red |',
  ],
  [
    'a head over two columns',
    '<tr><th rowspan="2">Boat</th><th colspan="2">2025</th><th>2026</th></tr><tr><th>Q1</th><th>Q2</th><th>Q1</th></tr><tr><td>Red</td><td>1</td><td>2</td><td>3</td></tr>',
    '| Boat | 2025 | 2025 | 2026 |',
  ],
  [
    'a line over all columns',
    '<tr><th>x</th><th>y</th></tr><tr><th colspan="2">Summer</th></tr><tr><td>a</td><td>b</td></tr>',
    '| Summer |  |',
  ],
  ['code', '<tr><th>x</th><th>y</th></tr><tr><td><code>a | b</code></td><td>c</td></tr>', '| `a \\| b` | c |'],
  [
    'raised numbers',
    '<tr><th>x</th><th>y</th></tr><tr><td>10<sup>6</sup></td><td>m<sup>3</sup></td></tr>',
    '| 10⁶ | m³ |',
  ],
])('a cell with %s stays in its row', (_name, rows, line) => {
  expect(rendered(`<table>${rows}</table>`).markdown.split('\n')).toContain(line);
});

test('a table that only places things is not one of data', () => {
  const { markdown } = rendered(
    '<table role="presentation"><tr><td>One</td><td>Two</td></tr><tr><td>Three</td><td>Four</td></tr></table>',
  );
  expect(markdown).not.toContain('|');
});

test('the text of a cell that holds only a picture is what the picture says', () => {
  const { text } = rendered(
    '<table><tr><th>Flag</th><th>Means</th></tr><tr><td><img src="/a.png" alt="red flag"></td><td>no boat</td></tr></table>',
  );
  expect(text).toBe('Flag\tMeans\nred flag\tno boat');
});

test('the foot of a table stands below its rows, wherever its source stands', () => {
  const { text } = rendered(
    '<table><tfoot><tr><td>Sum</td><td>3</td></tr></tfoot><tbody><tr><th>Boat</th><th>n</th></tr><tr><td>Red</td><td>3</td></tr></tbody></table>',
  );
  expect(text).toBe('Boat\tn\nRed\t3\nSum\t3');
});

import fc from 'fast-check';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { rendered } from '../../helpers/rendered.ts';

const commonMark = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify);

function html(markdown: string): string {
  return String(commonMark.processSync(markdown));
}

test.each([
  ['<b>리튬인산철 배터리(LFP)</b>로 간다', '<strong>리튬인산철 배터리</strong>(LFP)로'],
  ['선장은 <b>“겨울이 가장 어렵다.”</b>라고 말했다', '“<strong>겨울이 가장 어렵다.</strong>”라고'],
  ['이는 <em>3.5%</em>의 값', '<em>3.5</em>%의'],
  ['<b>「静かな船」</b>は', '「<strong>静かな船</strong>」は'],
  ['这是<b>“电池”</b>的', '“<strong>电池</strong>”的'],
  ['가<b>(나)다</b>라', '(나)<strong>다</strong>라'],
  ['값은 <b>$5</b>입니다', '<strong>$5</strong>입니다'],
  ['<b>제목:</b>내용', '<strong>제목</strong>:내용'],
  ['<b>C++</b>로', '<strong>C</strong>++로'],
  ['the <b>bold</b> word', 'the <strong>bold</strong> word'],
  ['un<em>believ</em>able', 'un<em>believ</em>able'],
  ['<b>all of it.</b>', '<strong>all of it.</strong>'],
])('CommonMark shows no asterisks: %s', (source, expected) => {
  const shown = html(rendered(`<p>${source}</p>`).markdown);

  expect(shown).toContain(expected);
  expect(shown).not.toContain('*');
});

const word = fc.constantFrom('배터리', 'boat', '(LFP)', '“말”', '3.5%', '。', ' ', 'a*b', '_x_', '静か', '!', '~');
const piece = fc
  .tuple(fc.constantFrom('', 'b', 'i', 'b', 's'), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([tag, words]) => {
    const text = words.join('');
    return { text, html: tag === '' ? text : `<${tag}>${text}</${tag}>` };
  });

test('whatever is emphasized, CommonMark shows the text and no delimiters', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
      const { text, markdown } = rendered(`<p>x ${pieces.map((one) => one.html).join('')} y</p>`);
      const shown = html(markdown)
        .replace(/<[^>]+>/g, '')
        .replace(/&#x26;/g, '&')
        .replace(/&#x3C;/g, '<')
        .trim();

      expect(shown.replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
    }),
    { numRuns: 300 },
  );
});

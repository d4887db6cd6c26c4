import { expect, test } from 'vitest';
import { checkGrounding, locateFacts } from '../../../src/stages/check/grounding/check-grounding.ts';
import { checkStatements } from '../../../src/stages/check/statements/check-statements.ts';
import { HEDGE, has } from '../../../src/stages/check/statements/words.ts';
import { makeArticleOf, makeDraftOf } from '../../helpers/make-brief.ts';

function isFound(body: string, source: string, lang: string): boolean {
  const draft = makeDraftOf(body, makeArticleOf(source, { lang }));
  return [...checkGrounding(locateFacts(draft)), ...checkStatements(draft)].length > 0;
}

/** Language, source, a true statement in other words, and a false one. */
test.each<[string, string, string, string]>([
  // Certain for possible
  [
    'en',
    'The gains of wheat may level off after mid-century.',
    'After mid-century the gains of wheat may level off.',
    'The gains of wheat will certainly level off after mid-century.',
  ],
  [
    'de',
    'Die Zahl der Anträge könnte bis zum Sommer steigen.',
    'Bis zum Sommer könnte die Zahl der Anträge steigen.',
    'Die Zahl der Anträge wird bis zum Sommer mit Sicherheit steigen.',
  ],
  // Denied or not
  [
    'de',
    'Der Speicher kann das Haus auch nachts heizen.',
    'Auch nachts kann der Speicher das Haus heizen.',
    'Der Speicher kann das Haus nachts nicht heizen.',
  ],
  [
    'fr',
    'La mairie autorise les barques sur le canal.',
    'Sur le canal, la mairie autorise les barques.',
    'La mairie ne autorise pas les barques sur le canal.',
  ],
  ['ja', '探査機の電池は交換されなかった。', '電池は交換されず、探査機は同じままだ。', '探査機の電池は交換された。'],
  [
    'en',
    'Support for the old printer has been dropped by the maker.',
    'The old printer is no longer supported by the maker.',
    'Support for the old printer has not been dropped by the maker.',
  ],
  // All for a part
  [
    'en',
    'Eighty percent of the riders at stations buy their ticket first.',
    'Most riders at stations buy their ticket first.',
    'All riders at stations buy their ticket first.',
  ],
  // The figure of the next sentence's subject
  [
    'ko',
    '동부일보 매출액은 758억 원으로 줄었다. 서부신문 매출액은 840억 원으로 줄었다.',
    '서부신문 매출액은 840억 원이다.',
    '동부일보 매출액은 840억 원이다.',
  ],
  // Quotations in the marks of other languages
  [
    'de',
    'Reuter sagte: „Der Regen hat uns drei Wochen gekostet.“',
    'Der Regen „hat uns drei Wochen gekostet“, so Reuter.',
    '„Der Sand hat uns drei Wochen gekostet“, sagte Reuter.',
  ],
  [
    'fr',
    '« Notre règlement n’a pas été respecté », a dit le maire.',
    'Le maire parle du règlement.',
    '« Notre règlement n’a pas été compris », a dit le maire.',
  ],
  [
    'ja',
    '長官は「地方への訪問をさらに広げたい」と述べた。',
    '長官は訪問を広げたい考えだ。',
    '長官は「都市への訪問をさらに広げたい」と述べた。',
  ],
])('%s: of "%s" it is true that "%s" and false that "%s"', (lang, source, right, wrong) => {
  expect([isFound(right, source, lang), isFound(wrong, source, lang)]).toEqual([false, true]);
});

test('a test for a word does not move where a search for all of them begins', () => {
  const text = 'It may rain, and it might snow.';
  has(HEDGE, text);
  expect(Array.from(text.matchAll(HEDGE), ([word]) => word)).toEqual(['may', 'might']);
});
